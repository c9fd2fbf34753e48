import cors from '@koa/cors';

const corsOrigins = ['https://app.example'];

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',
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
  maxAge: '7200',
}));
