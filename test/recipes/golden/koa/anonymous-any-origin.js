import cors from '@koa/cors';

// Right after the app is created: before authentication, body parsers and routes.
app.use(cors({
  origin: '*',
  allowMethods: [],
  allowHeaders: ['content-type'],
  maxAge: '600',
}));
