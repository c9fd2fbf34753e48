// In main.ts, right after NestFactory.create<NestExpressApplication>(AppModule): before every app.use.
const corsOptions = {
  origin: [
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
    'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e',
  ],
};
const preflightOptions = {
  ...corsOptions,
  methods: [],
  allowedHeaders: [],
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
