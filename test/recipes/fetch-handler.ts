import { createContext, runInContext } from 'node:vm';
import type { Header } from '../../src/fetch/header-list.ts';
import type { SnippetReader } from './recipe-server.ts';

/** An application that takes a Request and gives a Response: the expression `handler`. It throws for a 500, and sends a stray CORS header of its own. */
export const fetchApplication = `
const stray = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'x-stray', Vary: 'Accept-Encoding' };
const answer = (body, status = 200, headers = {}) => new Response(body, { status, headers: { ...stray, ...headers } });
const handler = async (request) => {
  switch (new URL(request.url).pathname) {
    case '/data': return request.method === 'GET' ? answer('data', 200, { 'x-trace': '7' }) : answer(request.method + ' was here');
    case '/cacheable': return answer('cacheable', 200, { 'Cache-Control': 'max-age=600' });
    case '/login': return answer('welcome', 200, { 'Set-Cookie': 'session=alice; HttpOnly' });
    case '/session': return answer(request.headers.get('Cookie') ?? 'nobody');
    case '/private': return request.headers.has('Authorization') ? answer('private') : answer('log in', 401);
    // Its headers cannot be changed.
    case '/moved': return Response.redirect(new URL('/data', request.url), 308);
    case '/broken': throw new Error('broken');
    case '/unreachable': return answer('unreachable', 502);
    case '/upload': return answer('upload', (await request.text()).length > 1024 ? 413 : 200);
    default: return answer('missing', 404);
  }
};
`;

/** Headers and Response, as far as snippets use them; every header is kept as it is set. */
const fakes = `
function Headers() {
  let kept = [];
  this.keys = () => kept.map(([name]) => name.toLowerCase());
  this.delete = (name) => { kept = kept.filter(([other]) => other.toLowerCase() !== name.toLowerCase()); };
  this.set = this.append = (name, value) => { kept.push([name, value]); };
  this.list = () => kept;
}
function Response(body, from) {
  this.status = from?.status ?? 200;
  this.headers = new Headers();
}
`;

/** One for all the snippets, thousands of them: each is in a function of its own. */
const context = createContext({ console });
runInContext(fakes, context);

/** Every type in the snippets. */
const types = [
  '<Rest extends unknown[]>', ': (request: Request, ...rest: Rest) => Response | Promise<Response>', ': { next(): Promise<Response> }',
  ': HttpHandler', ': HttpHandler', ': HttpResponseInit', ': Request', ': Rest', ': Promise<Response>',
];

export const withoutTypes = (snippet: string): string => types.reduce((code, type) => code.replace(type, ''), snippet);

/**
 * Runs a snippet without its types and its waiting; `call` is the expression that answers `request` with it, for a handler
 * that sends nothing of its own.
 */
export function readFetchHandler(snippet: string, call: string): SnippetReader {
  const code = withoutTypes(snippet)
    .replace(/^import .*\n/, '')
    .replace('export default', 'const edge =')
    .replace(/^export /gm, '')
    .replace(/async |await /g, '');
  const answer: (request: object) => { readonly headers: { list(): readonly Header[] } } =
    runInContext(`(() => { ${code}\nreturn (request) => ${call}; })()`, context);
  return ({ origin, isPreflight }) => answer({
    method: isPreflight ? 'OPTIONS' : 'GET',
    headers: { has: () => isPreflight, get: () => origin },
  }).headers.list();
}
