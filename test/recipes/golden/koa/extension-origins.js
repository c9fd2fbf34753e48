import cors from '@koa/cors';

const corsOrigins = [
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e',
];

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',
  allowMethods: [],
  // An empty list would grant whatever a preflight asks for. No script can set this one.
  allowHeaders: ['origin'],
}));
