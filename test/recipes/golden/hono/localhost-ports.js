import { cors } from 'hono/cors';

// Right after the app is created: before every other app.use and every route.
const grantCors = cors({
  origin: [
    'http://localhost:3000',
    'http://localhost:5173',
    'http://127.0.0.1:5173',
    'http://[::1]:5173',
  ],
  credentials: true,
  allowMethods: ['PUT'],
  // An empty list would grant whatever a preflight asks for. No script can set this one.
  allowHeaders: ['origin'],
  maxAge: 0,
});
app.use((c, next) => {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method');
  return isPlainOptions ? next() : grantCors(c, next);
});
