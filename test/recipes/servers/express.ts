import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { readCorsPackage, type CorsDelegate } from '../cors-package.ts';
import { checkModules, ownPackages, serveModules } from '../node-module.ts';
import { run } from '../process.ts';
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
app.listen(port, '127.0.0.1');
`;

export const server: RecipeServer = {
  version: async () => `Express ${packageVersion('express')} with cors ${packageVersion('cors')}`,
  check: checkModules,
  promises: { active: { command: 'npm ls cors', run: () => run('npm', ['ls', 'cors']), shows: () => [`cors@${packageVersion('cors')}`] } },
  start: (snippets) => serveModules(snippets.map(application), ownPackages),
  read: async (snippets) => snippets.map((snippet) =>
    readCorsPackage(runInNewContext(`let used; const app = { use: (given) => { used = given; } }; const cors = (given) => given;
      ${snippet.replace("import cors from 'cors';", '')}; used;`) as CorsDelegate)),
};
