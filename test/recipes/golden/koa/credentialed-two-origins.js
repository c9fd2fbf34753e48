import cors from '@koa/cors';

const corsOrigins = ['https://app.example', 'https://admin.example'];

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: (ctx) => corsOrigins.find((origin) => origin === ctx.get('Origin')) ?? '',
  credentials: true,
  allowMethods: ['PUT', 'DELETE'],
  allowHeaders: ['authorization', 'content-type'],
  exposeHeaders: ['etag'],
  maxAge: '600',
}));
