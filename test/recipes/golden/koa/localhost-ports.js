import cors from '@koa/cors';

const corsOrigins = [
  'http://localhost:3000',
  'http://localhost:5173',
  'http://127.0.0.1:5173',
  'http://[::1]:5173',
];

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',
  credentials: true,
  allowMethods: ['PUT'],
  // An empty list would grant whatever a preflight asks for. No script can set this one.
  allowHeaders: ['origin'],
  maxAge: '0',
}));
