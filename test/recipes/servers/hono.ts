import { runInNewContext } from 'node:vm';
import { respond } from '../../../src/fix/respond.ts';
import { checkModules, serveModules } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';

// 404, 413 and 500 are left to Hono.
const application = (snippet: string): string => `
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';

const app = new Hono();

${snippet}

app.use(async (c, next) => {
  c.header('Vary', 'Accept-Encoding', { append: true });
  if (c.req.path === '/private' && c.req.header('Authorization') === undefined) throw new HTTPException(401, { message: 'log in' });
  if (c.req.path === '/moved') return c.redirect('/data', 308);
  await next();
});
app.use(bodyLimit({ maxSize: 1024 }));
app.get('/data', (c) => c.text('data', 200, { 'x-trace': '7' }));
app.all('/data', (c) => c.text(c.req.method + ' was here'));
app.get('/cacheable', (c) => c.text('cacheable', 200, { 'Cache-Control': 'max-age=600' }));
app.get('/login', (c) => c.text('welcome', 200, { 'Set-Cookie': 'session=alice; HttpOnly' }));
app.get('/session', (c) => c.text(c.req.header('Cookie') ?? 'nobody'));
app.all('/private', (c) => c.text('private'));
app.get('/broken', () => { throw new Error('broken'); });
app.get('/unreachable', () => { throw new HTTPException(502, { message: 'unreachable' }); });
app.post('/upload', (c) => c.text('upload'));
serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
`;

/** What the snippet gives to the middleware. */
interface CorsOptions {
  readonly origin: readonly string[] | '*';
  readonly credentials?: true;
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly maxAge?: number;
}

export const server: RecipeServer = {
  version: async () => `Hono ${await npmVersion('hono', 'hono')}`,
  check: checkModules,
  start: async (snippets) => serveModules(snippets.map(application), await npmPackages('hono')),
  read: async (snippets) => snippets.map((snippet) => {
    const given: CorsOptions = runInNewContext(`let used; const app = { use: () => {} }; const cors = (given) => { used = given; };
      ${snippet.replace("import { cors } from 'hono/cors';", '')}; used;`);
    if (given.allowHeaders.length === 0) throw new Error('The middleware would grant every header.');
    return (request) => respond({
      origins: given.origin,
      credentialed: given.credentials ?? false,
      methods: given.allowMethods,
      requestHeaders: given.allowHeaders.filter((name) => name !== 'origin'),
      exposedHeaders: given.exposeHeaders ?? [],
      maxAge: given.maxAge ?? null,
    }, request);
  }),
};
