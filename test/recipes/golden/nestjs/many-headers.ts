// In main.ts, right after NestFactory.create<NestExpressApplication>(AppModule): before every app.use.
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

app.enableCors((request, callback) => {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
  callback(null, isPreflight ? preflightOptions : responseOptions);
});
