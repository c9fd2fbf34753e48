// In main.ts, right after NestFactory.create<NestExpressApplication>(AppModule): before every app.use.
const corsOptions = {
  origin: [
    'http://localhost:3000',
    'http://localhost:5173',
    'http://127.0.0.1:5173',
    'http://[::1]:5173',
  ],
  credentials: true,
};
const preflightOptions = {
  ...corsOptions,
  methods: ['PUT'],
  allowedHeaders: [],
  maxAge: 0,
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
