import { runInNewContext } from 'node:vm';
import { respond } from '../../../src/fix/respond.ts';
import { checkModules, serveModules } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';

// 404, 413 and 500 are left to Fastify.
const application = (snippet: string): string => `
import Fastify from 'fastify';

const app = Fastify({ bodyLimit: 1024 });

${snippet}

app.addHook('onRequest', async (request, reply) => {
  reply.header('Vary', [reply.getHeader('Vary'), 'Accept-Encoding'].filter(Boolean).join(', '));
  if (request.url === '/private' && request.headers.authorization === undefined) return reply.code(401).send('log in');
  if (request.url === '/moved') return reply.redirect('/data', 308);
});
app.all('/data', (request, reply) => request.method === 'GET' ? reply.header('x-trace', '7').send('data') : reply.send(request.method + ' was here'));
app.get('/cacheable', (request, reply) => reply.header('Cache-Control', 'max-age=600').send('cacheable'));
app.get('/login', (request, reply) => reply.header('Set-Cookie', 'session=alice; HttpOnly').send('welcome'));
app.get('/session', (request, reply) => reply.send(request.headers.cookie ?? 'nobody'));
app.all('/private', (request, reply) => reply.send('private'));
app.get('/broken', () => { throw new Error('broken'); });
app.get('/unreachable', (request, reply) => reply.code(502).send('unreachable'));
app.post('/upload', (request, reply) => reply.send('upload'));
await app.listen({ port, host: '127.0.0.1' });
`;

/** What the snippet gives to the plugin. */
interface CorsOptions {
  readonly origin: readonly string[] | '*';
  readonly credentials?: true;
  readonly methods?: readonly string[];
  readonly allowedHeaders?: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAge?: number;
}

type Delegator = (request: object, callback: (error: unknown, options: CorsOptions) => void) => void;

export const server: RecipeServer = {
  version: async () => `Fastify ${await npmVersion('fastify', 'fastify')} with @fastify/cors ${await npmVersion('fastify', '@fastify/cors')}`,
  check: checkModules,
  start: async (snippets) => serveModules(snippets.map(application), await npmPackages('fastify')),
  read: async (snippets) => snippets.map((snippet) => {
    const code = snippet.replace("import cors from '@fastify/cors';", '').replace('await app.register', 'app.register');
    const delegator: Delegator = runInNewContext(`let used; const app = { register: (plugin, { delegator }) => { used = delegator; } }; const cors = null;\n${code}; used;`);
    return (request) => {
      let given: CorsOptions | undefined;
      delegator({ method: 'OPTIONS', headers: request.isPreflight ? { 'access-control-request-method': 'PUT' } : {} }, (_, options) => { given = options; });
      if (given === undefined || (request.isPreflight && !(given.methods && given.allowedHeaders))) throw new Error('The plugin would grant what nobody stated.');
      return respond({
        origins: given.origin,
        credentialed: given.credentials ?? false,
        methods: given.methods ?? [],
        requestHeaders: given.allowedHeaders ?? [],
        exposedHeaders: given.exposedHeaders ?? [],
        maxAge: given.maxAge ?? null,
      }, request);
    };
  }),
};
