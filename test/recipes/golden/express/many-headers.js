import cors from 'cors';

// Right after the app is created: before authentication, body parsers, redirects and routes.
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
  exposedHeaders: [],
  // An OPTIONS request that is no preflight goes on to the routes, without the headers of one.
  preflightContinue: true,
  methods: [],
  allowedHeaders: [],
};

app.use(cors((request, callback) => {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
  callback(null, isPreflight ? preflightOptions : responseOptions);
}));
