import { cors } from 'hono/cors';

// Right after the app is created: before every other app.use and every route.
const grantCors = cors({
  origin: [
    'https://feature-cors-inspector-recipes-of-a-long-branch-name.preview.app.example:8443',
  ],
  allowMethods: [],
  // An empty list would grant whatever a preflight asks for. No script can set this one.
  allowHeaders: ['origin'],
});
app.use((c, next) => {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method');
  return isPlainOptions ? next() : grantCors(c, next);
});
