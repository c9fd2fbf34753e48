import cors from '@koa/cors';

const corsOrigins = ['https://app.example'];

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',
  allowMethods: ['PUT'],
  // An empty list would grant whatever a preflight asks for. No script can set this one.
  allowHeaders: ['origin'],
  maxAge: '7200',
}));
