import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Answer, Entry, Origins, PageRequest } from './entry.ts';
import { themes } from './entries.ts';
import { selfSigned } from './self-signed.ts';
import { headerValue, startRawServer, type RawAnswer, type RawHandler, type RawRequest, type RawResponse } from './raw-server.ts';

export interface Playground {
  /** The page; `?run=all`, `?run=failing` or `?run=<id>` starts entries at once. */
  readonly appUrl: string;
  readonly origins: Origins;
  readonly entries: readonly Entry[];
  /** What the servers received at the entry's paths, oldest first. */
  requestsOf(entry: Entry): readonly RawRequest[];
  close(): Promise<void>;
}

/** Starts the app, the API and a third origin on loopback ports. */
export async function startPlayground(): Promise<Playground> {
  let byId: ReadonlyMap<string, Entry> = new Map();
  const answerEntry: RawHandler = (request) => answerOf(request, byId);
  let files: ReadonlyMap<string, RawResponse> = new Map();
  const app = await startRawServer((request) => files.get(pathOf(request)) ?? answerEntry(request));
  const api = await startRawServer(answerEntry);
  const other = await startRawServer(answerEntry);
  // A certificate that no browser trusts: no request ever gets there. And what speaks first, and does not speak TLS.
  const untrusted = await listen(createTlsServer(selfSigned, (socket) => socket.destroy()).on('tlsClientError', (_, socket) => socket.destroy()));
  const plain = await listen(createServer((socket) => socket.on('error', () => socket.destroy()).end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  const origins: Origins = {
    app: `http://localhost:${app.port}`,
    api: `http://localhost:${api.port}`,
    crossSiteApi: `http://127.0.0.1:${api.port}`,
    other: `http://localhost:${other.port}`,
    closed: `http://localhost:${await unusedPort()}`,
    selfSigned: `https://localhost:${untrusted.port}`,
    notTls: `https://localhost:${plain.port}`,
    unknownHost: 'http://nowhere.invalid',
  };
  const groups = themes.map(({ title, entries }) => ({ title, entries: entries(origins) }));
  const entries = groups.flatMap((group) => group.entries);
  byId = new Map(entries.map((entry) => [entry.id, entry]));
  files = pageFiles(groups, origins);
  const servers = [app, api, other];
  return {
    appUrl: `${origins.app}/`,
    origins,
    entries,
    requestsOf: ({ id }) =>
      servers.flatMap((server) => server.requests).filter((request) => pathOf(request).split('/')[1] === id),
    close: async () => {
      await Promise.all([...servers, untrusted, plain].map((server) => server.close()));
    },
  };
}

/** An entry as the page knows it: what to do and what to say, not how the server answers. */
interface PageEntry {
  readonly id: string;
  readonly title: string;
  readonly explanation: string;
  readonly fails: boolean;
  readonly request: PageRequest & { readonly url: string; readonly frame?: string };
}

const pageEntry = ({ id, title, explanation, request, expect }: Entry, origins: Origins): PageEntry => ({
  id,
  title,
  explanation,
  fails: expect.outcome !== 'allowed',
  request: { ...request, url: `${origins[request.to ?? 'api']}/${id}`, ...frameOf(request, origins) },
});

function frameOf({ from }: PageRequest, { app }: Origins): { readonly frame?: string } {
  switch (from) {
    case undefined: return {};
    case 'sandboxed frame': return { frame: `${app}/frame.html` };
    // Of another origin, so that the browser refuses at once: from this one it would ask the user for permission.
    case 'public frame': return { frame: `${app.replace('localhost', 'public.localhost')}/public-frame.html` };
    default: return { frame: `${app.replace('localhost', from)}/frame.html` };
  }
}

const isPreflight = (request: RawRequest): boolean =>
  request.method === 'OPTIONS' && headerValue(request, 'access-control-request-method') !== undefined;

const pathOf = (request: RawRequest): string => request.target.split('?', 1)[0] ?? request.target;

function answerOf(request: RawRequest, byId: ReadonlyMap<string, Entry>): RawAnswer | Promise<RawAnswer> {
  const [, id = '', hop] = pathOf(request).split('/');
  const entry = byId.get(id);
  const responses = hop === 'then' ? entry?.then : entry;
  const answer: Answer | undefined = isPreflight(request) ? responses?.preflight : responses?.response;
  if (answer === undefined) return { status: 404, headers: [], body: 'The playground has nothing here.' };
  return typeof answer === 'function' ? answer(request) : answer;
}

function pageFiles(groups: readonly { readonly title: string; readonly entries: readonly Entry[] }[], origins: Origins): ReadonlyMap<string, RawResponse> {
  const index = page('text/html; charset=utf-8', readPage('index.html'));
  // A sandboxed frame would load a script of its own host from another origin, so its scripts stand in the document.
  const frame = page('text/html; charset=utf-8', `<!doctype html><title>Frame</title><script>${readPage('perform.js')}${readPage('frame.js')}</script>`);
  const listed = groups.map(({ title, entries }) => ({ title, entries: entries.map((entry) => pageEntry(entry, origins)) }));
  return new Map([
    // A cookie has no port: it is sent to the API under the same host name whenever credentials are.
    ['/', { ...index, headers: [...index.headers, ['Set-Cookie', 'playground-session=signed-in; Path=/; SameSite=Lax']] }],
    ['/index.js', page('text/javascript; charset=utf-8', readPage('index.js'))],
    ['/perform.js', page('text/javascript; charset=utf-8', readPage('perform.js'))],
    ['/page.css', page('text/css; charset=utf-8', readPage('page.css'))],
    ['/entries.json', page('application/json', JSON.stringify(listed))],
    ['/frame.html', frame],
    ['/public-frame.html', { ...frame, headers: [...frame.headers, ['Content-Security-Policy', 'treat-as-public-address']] }],
    ['/favicon.ico', { status: 204, headers: [] }],
  ]);
}

const readPage = (name: string): string => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');

const page = (type: string, body: string): RawResponse => ({
  status: 200,
  headers: [['Content-Type', type], ['Cache-Control', 'no-store']],
  body,
});

async function listen(server: Server): Promise<{ readonly port: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

/** A port that was free a moment ago, and where nobody listens now. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
