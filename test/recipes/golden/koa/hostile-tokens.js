import cors from '@koa/cors';

const corsOrigins = ['https://app.example'];

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',
  allowMethods: ['M\'`$%|#!*^~', '$M'],
  allowHeaders: ['x-\'`$%|#!*^~', '$0', '%o', '\'', '#'],
  exposeHeaders: ['y-\'`$%|#!*^~', '%e', '$1'],
  maxAge: '1',
}));
