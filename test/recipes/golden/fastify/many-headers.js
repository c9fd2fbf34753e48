import cors from '@fastify/cors';

// Right after the app is created: before every other plugin, hook and route.
const corsOptions = {
  origin: ['https://app.example'],
};
const preflightOptions = {
  ...corsOptions,
  methods: [],
  allowedHeaders: [
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
};
const responseOptions = {
  ...corsOptions,
  // An OPTIONS request that is no preflight goes on to the routes.
  preflight: false,
};

await app.register(cors, {
  delegator: (request, callback) => {
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
    callback(null, isPreflight ? preflightOptions : responseOptions);
  },
});
