import cors from '@fastify/cors';

// Right after the app is created: before every other plugin, hook and route.
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
  // An OPTIONS request that is no preflight goes on to the routes.
  preflight: false,
};

await app.register(cors, {
  delegator: (request, callback) => {
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
    callback(null, isPreflight ? preflightOptions : responseOptions);
  },
});
