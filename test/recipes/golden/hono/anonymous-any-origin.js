import { cors } from 'hono/cors';

// Right after the app is created: before every other app.use and every route.
const grantCors = cors({
  origin: '*',
  allowMethods: [],
  allowHeaders: ['content-type'],
  maxAge: 600,
});
app.use((c, next) => {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method');
  return isPlainOptions ? next() : grantCors(c, next);
});
