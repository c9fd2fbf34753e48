// In main.ts, right after NestFactory.create<NestExpressApplication>(AppModule): before every app.use.
const corsOptions = {
  origin: ['https://app.example'],
};
const preflightOptions = {
  ...corsOptions,
  methods: ['M\'`$%|#!*^~', '$M'],
  allowedHeaders: ['x-\'`$%|#!*^~', '$0', '%o', '\'', '#'],
  maxAge: 1,
};
const responseOptions = {
  ...corsOptions,
  exposedHeaders: ['y-\'`$%|#!*^~', '%e', '$1'],
  // An OPTIONS request that is no preflight goes on to the routes, without the headers of one.
  preflightContinue: true,
  methods: [],
  allowedHeaders: [],
};

app.enableCors((request, callback) => {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
  callback(null, isPreflight ? preflightOptions : responseOptions);
});
