import cors from 'cors';

// Right after the app is created: before authentication, body parsers, redirects and routes.
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

app.use(cors((request, callback) => {
  const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
  callback(null, isPreflight ? preflightOptions : responseOptions);
}));
