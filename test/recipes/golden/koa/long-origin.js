import cors from '@koa/cors';

const corsOrigins = [
  'https://feature-cors-inspector-recipes-of-a-long-branch-name.preview.app.example:8443',
];

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',
  allowMethods: [],
  // An empty list would grant whatever a preflight asks for. No script can set this one.
  allowHeaders: ['origin'],
}));
