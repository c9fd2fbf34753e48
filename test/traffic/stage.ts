import { readFile } from 'node:fs/promises';
import { type HeaderLine, type RawAnswer, type RawRequest, type RawResponse, headerValue, startRawServer } from '../playground/raw-server.ts';
import { fill } from '../oracle/placeholders.ts';
import { type Content, ways } from './kinds.ts';
import { type Round, type TrafficRequest, mostHops } from './requests.ts';

/** The servers of the traffic: two have the pages, the others answer the requests. */
export interface TrafficStage {
  readonly ports: TrafficPorts;
  readonly pageUrl: string;
  /** From now on these are the requests, by their ids. */
  perform(requests: Round): readonly PageRequest[];
  /** The requests that came to a server, by their ids. */
  reached(): ReadonlySet<number>;
  close(): Promise<void>;
}

/** `other`: of the pages, too. `hops`: where each hop of a request goes. */
export interface TrafficPorts {
  readonly app: number;
  readonly other: number;
  readonly hops: readonly number[];
}

/** A request as page/traffic.js takes it. */
export interface PageRequest {
  readonly id: number;
  readonly context: string;
  readonly way: string;
  readonly url: string;
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  readonly credentials: RequestCredentials;
  readonly mode: RequestMode;
  readonly redirect: RequestRedirect;
  readonly cache: RequestCache;
  /** After how many milliseconds the page gives up; 0: never. */
  readonly timeout: number;
  readonly times: number;
  readonly atOnce: boolean;
}

/** Every answer there is blocked. */
export const endPath = '/end/';

const giveUpAfter = 200;

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

const contents: Readonly<Record<Content, { readonly type: string; readonly body: string | Uint8Array }>> = {
  text: { type: 'text/plain', body: 'body' },
  'event-stream': { type: 'text/event-stream', body: 'retry: 1\ndata: 1\n\n' },
  font: { type: 'font/woff2', body: 'no font' },
  image: { type: 'image/gif', body: gif },
  video: { type: 'video/mp4', body: 'no video' },
  stylesheet: { type: 'text/css', body: '.none { color: red }' },
  script: { type: 'text/javascript', body: '0;' },
};

const types: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript; charset=utf-8' };
const pageFiles = ['index.html', 'frame.html', 'traffic.js', 'contexts.js'];

export async function openTrafficStage(): Promise<TrafficStage> {
  const files = new Map(await Promise.all(pageFiles.map(async (name) => [name, await readFile(new URL(`page/${name}`, import.meta.url))] as const)));
  let current: Round = new Map();
  const answer = (request: RawRequest): RawAnswer | Promise<RawAnswer> => fileAnswer(request, files) ?? answerOf(request, current, ports);
  // Chromium keeps the connection of a redirect until the preflight of the next hop has passed. Were there two servers, a
  // few requests on their way from one to the other could wait for each other for good.
  const servers = await Promise.all(Array.from({ length: 2 + mostHops }, () => startRawServer(answer)));
  const [app = 0, other = 0, ...hops] = servers.map(({ port }) => port);
  const ports: TrafficPorts = { app, other, hops };
  return {
    ports,
    pageUrl: `http://localhost:${ports.app}/index.html`,
    perform(requests) {
      current = requests;
      for (const server of servers) server.requests.length = 0;
      return [...requests].map(([id, one]) => pageRequest(id, one, ports));
    },
    reached: () => new Set(servers.flatMap(({ requests }) => requests.map(({ target }) => trafficIdOf(target)))),
    close: async () => void (await Promise.all(servers.map((server) => server.close()))),
  };
}

/** The files of the page, also below the path that a service worker controls. */
function fileAnswer({ target }: RawRequest, files: ReadonlyMap<string, Buffer>): RawAnswer | null {
  const name = target.replace(/^\/(controlled\/)?/, '');
  const body = files.get(name);
  if (body === undefined) return null;
  return { status: 200, headers: [['Content-Type', types[name.split('.').at(-1) ?? ''] ?? '']], body };
}

const urlOf = (id: number, hop: number, { case: one }: TrafficRequest, ports: TrafficPorts): string =>
  `http://${one.host === 'same-site' ? 'localhost' : '127.0.0.1'}:${ports.hops[hop] ?? ports.other}/${one.cookie ? 'cookie' : 'plain'}/${id}/${hop}`;

/** The request that a URL, or a text with one in it, belongs to, and the hop of it; -1: none. */
export const idAndHopOf = (url: string): readonly [number, number] => {
  const [, id, hop] = /\/(?:cookie|plain)\/(\d+)\/(\d+)/.exec(url) ?? [];
  return [Number(id ?? -1), Number(hop ?? 0)];
};

/** The request that a URL, or a text with one in it, belongs to; -1: none. */
export const trafficIdOf = (url: string): number => idAndHopOf(url)[0];

function pageRequest(id: number, request: TrafficRequest, ports: TrafficPorts): PageRequest {
  const { context, way, turn, case: one } = request;
  const isRepeated = turn === 'cached' || turn === 'revalidated';
  return {
    id, context, way, url: urlOf(id, 0, request, ports),
    method: one.method, headers: one.headers, credentials: one.credentials, mode: one.mode, redirect: one.redirect,
    cache: isRepeated ? 'default' : 'no-store',
    timeout: turn === 'given-up' ? giveUpAfter : 0,
    times: turn === 'identical' ? 100 : isRepeated ? 3 : 1,
    atOnce: turn === 'identical',
  };
}

function answerOf(request: RawRequest, requests: Round, ports: TrafficPorts): RawAnswer | Promise<RawAnswer> {
  const [id, index] = idAndHopOf(request.target);
  if (request.target.startsWith(endPath)) return { status: 200, headers: [] };
  const one = requests.get(id);
  const hop = one?.case.hops[index];
  if (!one || !hop) return { status: 404, headers: [['Access-Control-Allow-Origin', '*']] };
  const filled = (isPreflight: boolean): RawResponse =>
    fill(isPreflight ? hop.preflight : hop.actual, request, {
      app: `http://localhost:${ports.app}`, api: `http://127.0.0.1:${ports.hops[0]}`, method: one.case.method,
      next: urlOf(id, index + 1, one, ports), elsewhere: new URL(urlOf(id, one.case.hops.length, one, ports)).pathname,
    });
  if (headerValue(request, 'access-control-request-method') !== undefined) return filled(true);
  const { type, body } = contents[ways[one.way]];
  const answer = filled(false);
  // A video without a body Firefox requests again and again, for as long as the page is open.
  const status = answer.status === 204 && one.way === 'video' ? 200 : answer.status;
  const withBody = { ...answer, status, headers: [['Content-Type', type] as const, ...answer.headers], ...(status === 204 ? {} : { body }) };
  switch (one.turn) {
    case 'dropped':
      return 'drop';
    case 'given-up':
      return new Promise(() => undefined);
    case 'cached':
      return { ...withBody, headers: [...withBody.headers, ['Cache-Control', 'max-age=600']] };
    case 'revalidated':
      return headerValue(request, 'if-none-match') === '"tag"'
        // Half of the servers send no CORS headers with a 304.
        ? { status: 304, headers: id % 2 === 0 ? answer.headers : [] }
        : { ...withBody, headers: [...withBody.headers, ['ETag', '"tag"'], ['Cache-Control', 'no-cache']] };
    case 'challenged':
      // For Basic a browser asks a person, if the request may carry credentials.
      return { ...withBody, status: 401, headers: [...withBody.headers, ['WWW-Authenticate', `${one.case.credentials === 'omit' ? 'Basic' : 'Bearer'} realm="traffic"`]] };
    case 'answered':
    case 'identical':
    case 'long-redirected':
      return withBody;
  }
}
