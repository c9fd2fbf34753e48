import { cors } from 'hono/cors';

// Right after the app is created: before every other app.use and every route.
const grantCors = cors({
  origin: ['https://app.example'],
  allowMethods: ['PUT'],
  // An empty list would grant whatever a preflight asks for. No script can set this one.
  allowHeaders: ['origin'],
  maxAge: 7200,
});
app.use((c, next) => {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method');
  return isPlainOptions ? next() : grantCors(c, next);
});
