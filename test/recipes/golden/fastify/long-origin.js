import cors from '@fastify/cors';

// Right after the app is created: before every other plugin, hook and route.
const corsOptions = {
  origin: [
    'https://feature-cors-inspector-recipes-of-a-long-branch-name.preview.app.example:8443',
  ],
};
const preflightOptions = {
  ...corsOptions,
  methods: [],
  allowedHeaders: [],
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
