import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import type { Header } from '../../../src/fetch/header-list.ts';
import { freePorts, run, serve } from '../process.ts';
import type { RecipeServer, RunningServers, SnippetReader } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';
import { checkTypescript } from '../typescript.ts';

/** Names of the policies' modules beside `proxy.js`. */
const moduleOf = (index: number): string => `cors/policy${index}`;

const all = (body: string): string => ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS'].map((method) => `export async function ${method}(request) { ${body} }\n`).join('');

// 404 and 500 are left to Next.js.
const routes: Readonly<Record<string, string>> = {
  data: all("return request.method === 'GET' ? new Response('data', { headers: { 'x-trace': '7', Vary: 'Accept-Encoding' } }) : new Response(request.method + ' was here');"),
  cacheable: "export async function GET(request) { return new Response('cacheable', { headers: { 'Cache-Control': 'max-age=600' } }); }\n",
  login: "export async function GET(request) { return new Response('welcome', { headers: { 'Set-Cookie': 'session=alice; HttpOnly' } }); }\n",
  session: "export async function GET(request) { return new Response(request.headers.get('Cookie') ?? 'nobody'); }\n",
  private: all("return request.headers.has('Authorization') ? new Response('private') : new Response('log in', { status: 401 });"),
  moved: all("return new Response(null, { status: 308, headers: { Location: '/data' } });"),
  unreachable: "export async function GET(request) { return new Response('unreachable', { status: 502 }); }\n",
  upload: "export async function POST(request) { return new Response('upload', { status: (await request.text()).length > 1024 ? 413 : 200 }); }\n",
};

/** One build for all snippets: each port has a number, which goes to the application in a header and chooses the snippet. */
async function start(snippets: readonly string[]): Promise<RunningServers> {
  const packages = await npmPackages('nextjs');
  // Below the packages, because the bundler follows no link out of its root.
  const folder = await mkdtemp(join(packages, 'site-'));
  const ports = await freePorts(snippets.length);
  const files: Readonly<Record<string, string>> = {
    'package.json': '{ "type": "module" }',
    'next.config.mjs': `export default { turbopack: { root: ${JSON.stringify(packages)} }, typescript: { ignoreBuildErrors: true } };\n`,
    'app/layout.js': 'export default function Layout({ children }) { return <html><body>{children}</body></html>; }\n',
    'app/page.js': 'export default function Page() { return null; }\n',
    // A page: when a route handler throws, the response of Next.js has no body that could be read.
    'app/broken/page.js': "export const dynamic = 'force-dynamic';\nexport default function Page() { throw new Error('broken'); }\n",
    ...Object.fromEntries(Object.entries(routes).map(([name, route]) => [`app/${name}/route.js`, `export const dynamic = 'force-dynamic';\n${route}`])),
    ...Object.fromEntries(snippets.map((snippet, index) => [`${moduleOf(index)}.ts`, snippet])),
    'proxy.js': [
      ...snippets.map((_, index) => `import { proxy as proxy${index} } from './${moduleOf(index)}';`),
      `const proxies = [${snippets.map((_, index) => `proxy${index}`).join(', ')}];`,
      "export const proxy = (request) => proxies[Number(request.headers.get('x-policy'))](request);",
    ].join('\n'),
    'server.js': `
import { createServer } from 'node:http';
import next from 'next';
const app = next({ dev: false, quiet: true, dir: ${JSON.stringify(folder)} });
await app.prepare();
const handle = app.getRequestHandler();
${JSON.stringify(ports)}.forEach((port, index) => createServer((request, response) => {
  request.headers['x-policy'] = String(index);
  handle(request, response);
}).listen(port, '127.0.0.1'));
`,
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const env = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' };
  await run(process.execPath, [join(packages, 'node_modules/next/dist/bin/next'), 'build', folder], { cwd: folder, env });
  const server = await serve(process.execPath, [join(folder, 'server.js')], ports, { cwd: folder, env });
  return { ports, close: async () => { await server.close(); await rm(folder, { recursive: true, force: true }); } };
}

/** Runs the snippet with a response that keeps what is set. */
function reader(snippet: string): SnippetReader {
  const code = snippet
    .replace("import { NextResponse, type NextRequest } from 'next/server';", '')
    .replace('export function proxy(request: NextRequest)', 'function proxy(request)');
  const proxy: (request: object) => { readonly kept: readonly Header[] } = runInNewContext(`
    const responseOf = () => {
      const kept = [];
      const keep = (name, value) => { kept.push([name, value]); };
      return { kept, headers: { set: keep, append: keep } };
    };
    const NextResponse = function () { return responseOf(); };
    NextResponse.next = responseOf;
    ${code}; proxy;`);
  return ({ origin, isPreflight }) => proxy({
    method: 'OPTIONS',
    headers: { has: () => isPreflight, get: () => origin },
  }).kept;
}

export const server: RecipeServer = {
  version: async () => `Next.js ${await npmVersion('nextjs', 'next')}`,
  check: (snippets) => checkTypescript('nextjs', snippets),
  read: async (snippets) => snippets.map(reader),
  start,
};
