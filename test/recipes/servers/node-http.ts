import { runInNewContext } from 'node:vm';
import type { Header } from '../../../src/fetch/header-list.ts';
import { checkModules, ownPackages, serveModules } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';

const application = (snippet: string): string => `
import { createServer } from 'node:http';

${snippet}

createServer((request, response) => {
  if (cors(request, response)) return;
  response.appendHeader('Vary', 'Accept-Encoding');
  let size = 0;
  request.on('data', (chunk) => { size += chunk.length; });
  request.on('end', () => {
    const answer = (status, body, headers = {}) => response.writeHead(status, headers).end(body);
    switch (request.url) {
      case '/data': return request.method === 'GET' ? answer(200, 'data', { 'x-trace': '7' }) : answer(200, request.method + ' was here');
      case '/cacheable': return answer(200, 'cacheable', { 'Cache-Control': 'max-age=600' });
      case '/login': return answer(200, 'welcome', { 'Set-Cookie': 'session=alice; HttpOnly' });
      case '/session': return answer(200, request.headers.cookie ?? 'nobody');
      case '/private': return request.headers.authorization === undefined ? answer(401, 'log in') : answer(200, 'private');
      case '/moved': return answer(308, '', { Location: '/data' });
      case '/broken': return answer(500, 'broken');
      case '/unreachable': return answer(502, 'unreachable');
      case '/upload': return answer(size > 1024 ? 413 : 200, 'upload');
      default: return answer(404, 'missing');
    }
  });
}).listen(port, '127.0.0.1');
`;

export const server: RecipeServer = {
  version: async () => `Node ${process.versions.node}`,
  check: checkModules,
  start: (snippets) => serveModules(snippets.map(application), ownPackages),
  read: async (snippets) => snippets.map((snippet) => {
    const cors: (request: object, response: object) => boolean = runInNewContext(`${snippet}; cors;`);
    return ({ origin, isPreflight }) => {
      const headers: Header[] = [];
      const add = (name: string, value: string): void => void headers.push([name, value]);
      const response = { setHeader: add, appendHeader: add, writeHead: () => ({ end: () => undefined }) };
      const request = {
        method: 'OPTIONS',
        headers: { ...(origin === null ? {} : { origin }), ...(isPreflight ? { 'access-control-request-method': 'PUT' } : {}) },
      };
      cors(request, response);
      return headers;
    };
  }),
};
