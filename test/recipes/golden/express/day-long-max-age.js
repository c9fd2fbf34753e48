import cors from 'cors';

// Right after the app is created: before authentication, body parsers, redirects and routes.
const corsOptions = {
  origin: ['https://app.example'],
};
const preflightOptions = {
  ...corsOptions,
  methods: ['PUT'],
  allowedHeaders: [],
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
