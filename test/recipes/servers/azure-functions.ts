import { readFetchHandler, withoutTypes } from '../fetch-handler.ts';
import { serveModules } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';
import { checkTypescript } from '../typescript.ts';

// The Functions host comes from no registry. Between it and a handler stand the classes of this package, which are used here.
const program = (snippet: string): string => `
import { createServer } from 'node:http';
import azure from '@azure/functions';
${withoutTypes(snippet).replace(/^import .*\n/, '')}

const { HttpRequest, HttpResponse, InvocationContext } = azure;

const stray = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'x-stray', Vary: 'Accept-Encoding' };
const answer = (body, status = 200, headers = {}) => ({ body, status, headers: { ...stray, ...headers } });
const application = async (request) => {
  switch (new URL(request.url).pathname) {
    case '/data': return request.method === 'GET' ? answer('data', 200, { 'x-trace': '7' }) : new HttpResponse(answer(request.method + ' was here'));
    case '/cacheable': return answer('cacheable', 200, { 'Cache-Control': 'max-age=600' });
    case '/login': return { ...answer('welcome'), cookies: [{ name: 'session', value: 'alice', httpOnly: true }] };
    case '/session': return answer(request.headers.get('Cookie') ?? 'nobody');
    case '/private': return request.headers.has('Authorization') ? answer('private') : answer('log in', 401);
    case '/moved': return answer(undefined, 308, { Location: '/data' });
    case '/broken': throw new Error('broken');
    case '/unreachable': return answer('unreachable', 502);
    case '/upload': return answer('upload', (await request.text()).length > 1024 ? 413 : 200);
    default: return answer('missing', 404);
  }
};
const handler = withCors(application);

createServer(async (incoming, outgoing) => {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method, headers } = incoming;
  const request = new HttpRequest({ method, url: 'http://functions.example' + incoming.url, headers, ...(chunks.length > 0 && { body: { bytes: Buffer.concat(chunks) } }) });
  const response = new HttpResponse(await handler(request, new InvocationContext({ functionName: 'api', logHandler: () => {} })));
  outgoing.statusCode = response.status;
  outgoing.setHeaders(response.headers);
  for (const { name, value } of response.cookies) outgoing.appendHeader('Set-Cookie', name + '=' + value + '; HttpOnly');
  outgoing.end(Buffer.from(await response.arrayBuffer()));
}).listen(port, '127.0.0.1');
`;

export const server: RecipeServer = {
  version: async () => `@azure/functions ${await npmVersion('azure-functions', '@azure/functions')} in Node ${process.versions.node.split('.')[0]}, without the Functions host`,
  check: (snippets) => checkTypescript('azure-functions', snippets),
  read: async (snippets) => snippets.map((snippet) => readFetchHandler(snippet, 'withCors(() => ({}))(request)')),
  start: async (snippets) => serveModules(snippets.map(program), await npmPackages('azure-functions')),
};
