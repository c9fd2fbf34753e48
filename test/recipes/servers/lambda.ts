import { createContext, runInContext } from 'node:vm';
import { canonicalName } from '../header-name.ts';
import { checkModules, ownPackages, serveModules } from '../node-module.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';

// The adapter makes the events of a function URL, payload format 2.0, and takes its responses. A handler that throws is a 502.
const program = (snippet: string): string => `
import { createServer } from 'node:http';
${snippet}

const stray = { 'Access-Control-Allow-Origin': '*', 'access-control-expose-headers': 'x-stray', vary: 'Accept-Encoding' };
const answer = (body, statusCode = 200, headers = {}) => ({ body, statusCode, headers: { ...stray, ...headers } });
const handler = withCors(async (event) => {
  const { method } = event.requestContext.http;
  switch (event.rawPath) {
    case '/data': return method === 'GET' ? answer('data', 200, { 'x-trace': '7' }) : method + ' was here';
    case '/cacheable': return answer('cacheable', 200, { 'Cache-Control': 'max-age=600' });
    case '/login': return { ...answer('welcome'), cookies: ['session=alice; HttpOnly'] };
    case '/session': return answer(event.headers.cookie ?? 'nobody');
    case '/private': return answer(...(event.headers.authorization === undefined ? ['log in', 401] : ['private']));
    case '/moved': return answer('', 308, { Location: '/data' });
    case '/broken': throw new Error('broken');
    case '/unreachable': return answer('unreachable', 502);
    case '/upload': return answer('upload', event.body.length > 1024 ? 413 : 200);
    default: return answer('missing', 404);
  }
});

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { method, url: rawPath, headers } = request;
  const event = { version: '2.0', rawPath, headers, requestContext: { http: { method, path: rawPath } }, body, isBase64Encoded: false };
  const result = await handler(event, {}).catch(() => ({ statusCode: 502, body: 'Internal Server Error' }));
  // What is no JSON does not arrive.
  const { statusCode, headers: given = {}, cookies = [], body: text = '' } = JSON.parse(JSON.stringify(result));
  response.writeHead(statusCode, { ...given, ...(cookies.length > 0 && { 'Set-Cookie': cookies }) }).end(text);
}).listen(port, '127.0.0.1');
`;

/** One for all the snippets, thousands of them: each is in a function of its own. */
const context = createContext({ console });

function reader(snippet: string): SnippetReader {
  const answer: (event: object) => { readonly headers: Readonly<Record<string, string>> } =
    runInContext(`(() => { ${snippet.replace(/async |await /g, '')}; return withCors(() => ({ statusCode: 200 })); })()`, context);
  return ({ origin, isPreflight }) => {
    const method = isPreflight ? 'OPTIONS' : 'GET';
    const headers = { ...(origin === null ? {} : { Origin: origin }), ...(isPreflight ? { 'Access-Control-Request-Method': 'PUT' } : {}) };
    // A function URL and a REST API say it differently.
    const [url, rest] = [{ headers, requestContext: { http: { method } } }, { headers, httpMethod: method, requestContext: {} }].map((event) => JSON.stringify(answer(event).headers));
    if (url === undefined || url !== rest) throw new Error(`${url} is not ${rest}`);
    return Object.entries(JSON.parse(url) as Readonly<Record<string, string>>).map(([name, value]) => [canonicalName(name), value]);
  };
}

export const server: RecipeServer = {
  version: async () => `Node ${process.versions.node.split('.')[0]} behind an adapter of ours for the events of a function URL`,
  check: checkModules,
  read: async (snippets) => snippets.map(reader),
  start: (snippets) => serveModules(snippets.map(program), ownPackages),
};
