import { runInNewContext } from 'node:vm';
import { respond } from '../../../src/fix/respond.ts';
import { checkModules, serveModules } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';

// 404 and 500 are left to Koa, and so is what becomes of the error 413.
const application = (snippet: string): string => `
import Koa from 'koa';

const app = new Koa({ asyncLocalStorage: false });
app.silent = true;

${snippet}

app.use(async (ctx, next) => {
  ctx.vary('Accept-Encoding');
  if (ctx.path === '/private' && ctx.get('Authorization') === '') ctx.throw(401, 'log in');
  if (ctx.path === '/moved') {
    ctx.status = 308;
    ctx.redirect('/data');
    return;
  }
  let size = 0;
  for await (const chunk of ctx.req) size += chunk.length;
  if (size > 1024) ctx.throw(413);
  await next();
});
app.use((ctx) => {
  switch (ctx.path) {
    case '/data':
      if (ctx.method === 'GET') ctx.set('x-trace', '7');
      ctx.body = ctx.method === 'GET' ? 'data' : ctx.method + ' was here';
      return;
    case '/cacheable':
      ctx.set('Cache-Control', 'max-age=600');
      ctx.body = 'cacheable';
      return;
    case '/login':
      ctx.set('Set-Cookie', 'session=alice; HttpOnly');
      ctx.body = 'welcome';
      return;
    case '/session':
      ctx.body = ctx.get('Cookie') || 'nobody';
      return;
    case '/private':
      ctx.body = 'private';
      return;
    case '/broken':
      throw new Error('broken');
    case '/unreachable':
      ctx.throw(502);
  }
});
app.listen(port, '127.0.0.1');
`;

/** What the snippet gives to the middleware. */
interface CorsOptions {
  readonly origin: '*' | ((ctx: { get(name: string): string }) => string);
  readonly credentials?: true;
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: string;
}

export const server: RecipeServer = {
  version: async () => `Koa ${await npmVersion('koa', 'koa')} with @koa/cors ${await npmVersion('koa', '@koa/cors')}`,
  check: checkModules,
  start: async (snippets) => serveModules(snippets.map(application), await npmPackages('koa')),
  read: async (snippets) => snippets.map((snippet) => {
    const given: CorsOptions = runInNewContext(`let used; const app = { use: (given) => { used = given; } }; const cors = (given) => given;
      ${snippet.replace("import cors from '@koa/cors';", '')}; used;`);
    if (given.allowHeaders.length === 0) throw new Error('The middleware would grant every header.');
    return (request) => {
      const allowed = given.origin === '*' ? '*' : given.origin({ get: () => request.origin ?? '' });
      return respond({
        origins: given.origin === '*' ? '*' : [allowed],
        credentialed: given.credentials ?? false,
        methods: given.allowMethods,
        requestHeaders: given.allowHeaders.filter((name) => name !== 'origin'),
        exposedHeaders: given.exposeHeaders ?? [],
        maxAge: given.maxAge === undefined ? null : Number(given.maxAge),
      }, request);
    };
  }),
};
