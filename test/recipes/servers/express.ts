import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import type { Header } from '../../../src/fetch/header-list.ts';
import { checkModule, serveModule } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';

const packageVersion = (name: string): string => createRequire(import.meta.url)(`${name}/package.json`).version;

// 404, 413 and 500 are left to Express and its body parser.
const application = (snippet: string): string => `
import express from 'express';

const app = express();

${snippet}

app.use((request, response, next) => {
  response.vary('Accept-Encoding');
  if (request.path !== '/private' || request.headers.authorization !== undefined) next();
  else response.status(401).send('log in');
});
app.use((request, response, next) => {
  if (request.path === '/moved') response.redirect(308, '/data');
  else next();
});
app.use(express.text({ limit: 1024, type: '*/*' }));
app.get('/data', (request, response) => response.set('x-trace', '7').send('data'));
app.all('/data', (request, response) => response.send(request.method + ' was here'));
app.get('/cacheable', (request, response) => response.set('Cache-Control', 'max-age=600').send('cacheable'));
app.get('/login', (request, response) => response.set('Set-Cookie', 'session=alice; HttpOnly').send('welcome'));
app.get('/session', (request, response) => response.send(request.headers.cookie ?? 'nobody'));
app.all('/private', (request, response) => response.send('private'));
app.get('/broken', () => { throw new Error('broken'); });
app.get('/unreachable', (request, response) => response.status(502).send('unreachable'));
app.listen(Number(process.argv[2]), '127.0.0.1');
`;

/** What the snippet gives to the package `cors`. */
interface CorsOptions {
  readonly origin: readonly string[] | '*';
  readonly credentials?: true;
  readonly methods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders?: readonly string[];
  readonly maxAge?: number;
}

const list = (name: string, values: readonly string[] = []): Header[] => (values.length === 0 ? [] : [[name, values.join(', ')]]);

export const server: RecipeServer = {
  version: async () => `Express ${packageVersion('express')} with cors ${packageVersion('cors')}`,
  check: checkModule,
  start: (snippet) => serveModule(application(snippet)),
  read: (snippet) => {
    type Delegate = (request: object, callback: (error: unknown, options: CorsOptions) => void) => void;
    const delegate: Delegate = runInNewContext(`let used; const app = { use: (given) => { used = given; } }; const cors = (given) => given;
      ${snippet.replace("import cors from 'cors';", '')}; used;`);
    return (request) => {
      let headers: Header[] = [];
      delegate({ method: 'OPTIONS', headers: request.isPreflight ? { 'access-control-request-method': 'PUT' } : {} }, (_, options) => {
        const { origin } = options;
        const allowed = origin === '*' || (request.origin !== null && origin.includes(request.origin));
        headers = [
          ...(allowed ? [['Access-Control-Allow-Origin', origin === '*' ? origin : request.origin ?? ''] as const] : []),
          ...(origin === '*' ? [] : [['Vary', 'Origin'] as const]),
          ...(options.credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
          ...list('Access-Control-Allow-Methods', options.methods),
          ...list('Access-Control-Allow-Headers', options.allowedHeaders),
          ...(options.maxAge === undefined ? [] : [['Access-Control-Max-Age', String(options.maxAge)] as const]),
          ...list('Access-Control-Expose-Headers', options.exposedHeaders),
        ];
      });
      return headers;
    };
  },
};
