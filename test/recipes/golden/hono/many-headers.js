import { cors } from 'hono/cors';

// Right after the app is created: before every other app.use and every route.
const grantCors = cors({
  origin: ['https://app.example'],
  allowMethods: [],
  allowHeaders: [
    'authorization',
    'content-type',
    'baggage',
    'sentry-trace',
    'traceparent',
    'tracestate',
    'x-client-info',
    'x-csrf-token',
    'x-datadog-parent-id',
    'x-requested-with',
    'x-request-id',
    'if-match',
    'if-none-match',
    'idempotency-key',
  ],
  maxAge: 7200,
});
app.use((c, next) => {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPlainOptions = c.req.method === 'OPTIONS' && !c.req.header('Access-Control-Request-Method');
  return isPlainOptions ? next() : grantCors(c, next);
});
