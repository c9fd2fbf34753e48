import cors from '@fastify/cors';

// Right after the app is created: before every other plugin, hook and route.
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
  // An OPTIONS request that is no preflight goes on to the routes.
  preflight: false,
};

await app.register(cors, {
  delegator: (request, callback) => {
    const isPreflight = request.method === 'OPTIONS' && request.headers['access-control-request-method'];
    callback(null, isPreflight ? preflightOptions : responseOptions);
  },
});
