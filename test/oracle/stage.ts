import { headerValue, type HeaderLine, type RawAnswer, type RawRequest, type RawServer, startRawServer } from '../playground/raw-server.ts';
import type { OracleCase } from './cases.ts';
import { fill } from './placeholders.ts';

/** The servers that a run needs: one has the pages, two have the APIs and answer as the current cases say. */
export interface Stage {
  readonly ports: Ports;
  /** From now on these are the cases. The index of each is its id, which is part of its URLs. */
  perform(cases: readonly OracleCase[]): void;
  pageRequest(id: number, one: OracleCase): PageRequest;
  /** The cases of which any request came. */
  reached(): ReadonlySet<number>;
  close(): Promise<void>;
}

export interface Ports {
  readonly app: number;
  readonly api: number;
  readonly other: number;
}

export async function openStage(): Promise<Stage> {
  let current: readonly OracleCase[] = [];
  const answer = (request: RawRequest): RawAnswer => answerOf(request, current, ports);
  const [app, api, other] = await Promise.all([startRawServer(appPage), startRawServer(answer), startRawServer(answer)]);
  const ports: Ports = { app: app.port, api: api.port, other: other.port };
  const servers: readonly RawServer[] = [app, api, other];
  return {
    ports,
    perform(cases) {
      current = cases;
      for (const { requests } of servers) requests.length = 0;
    },
    pageRequest: (id, one) => pageRequest(id, one, ports),
    reached: () => new Set([...api.requests, ...other.requests].map(({ target }) => caseIdOf(target))),
    close: async () => void (await Promise.all(servers.map((server) => server.close()))),
  };
}

const isPreflight = (request: RawRequest): boolean => headerValue(request, 'access-control-request-method') !== undefined;

/** Every answer there is blocked. */
export const blockedPath = '/blocked/';

const appPage = (request: RawRequest): RawAnswer => ({
  status: 200,
  headers: [
    ['Content-Type', 'text/html; charset=utf-8'],
    ...(request.target === '/sandboxed' ? [['Content-Security-Policy', 'sandbox allow-scripts'] as const] : []),
  ],
  body: '<!doctype html><title>Oracle</title><link rel="icon" href="data:,">',
});

const caseUrl = (id: number, hop: number, one: OracleCase, ports: Ports): string =>
  `http://${one.host === 'same-site' ? 'localhost' : '127.0.0.1'}:${hop % 2 === 0 ? ports.api : ports.other}/${one.cookie ? 'cookie' : 'plain'}/${id}/${hop}`;

const idAndHopOf = (url: string): [number, number] => {
  const [, id, hop] = /\/(?:cookie|plain)\/(\d+)\/(\d+)/.exec(url) ?? [];
  return [Number(id ?? -1), Number(hop ?? 0)];
};

/** The case that a URL, or a text with one in it, belongs to; -1: none. */
export const caseIdOf = (url: string): number => idAndHopOf(url)[0];

function answerOf(request: RawRequest, cases: readonly OracleCase[], ports: Ports): RawAnswer {
  const [id, index] = idAndHopOf(request.target);
  const one = cases[id];
  const hop = one?.hops[index];
  if (request.target.startsWith(blockedPath)) return { status: 200, headers: [] };
  if (!one || !hop) return { status: 200, headers: [['Access-Control-Allow-Origin', '*']] };
  return fill(isPreflight(request) ? hop.preflight : hop.actual, request, {
    app: `http://localhost:${ports.app}`, api: `http://127.0.0.1:${ports.api}`, method: one.method,
    next: caseUrl(id, index + 1, one, ports), elsewhere: new URL(caseUrl(id, one.hops.length, one, ports)).pathname,
  });
}

export interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  readonly credentials: RequestCredentials;
  readonly mode: RequestMode;
  readonly redirect: RequestRedirect;
}

const pageRequest = (id: number, one: OracleCase, ports: Ports): PageRequest => ({
  url: caseUrl(id, 0, one, ports), method: one.method, headers: one.headers, credentials: one.credentials, mode: one.mode, redirect: one.redirect,
});

/** How many requests of a page are under way at once. */
export const concurrency = 24;

/** What the script saw of a request; `refused`: it is none that a script may make. */
export type Saw = 'readable' | 'error' | 'refused';

/** Runs in the page: plays every request, so many at a time, and tells what the script saw of each. */
export async function playInPage(requests: readonly PageRequest[], atOnce: number): Promise<readonly Saw[]> {
  const saw: Saw[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < requests.length) {
      const index = next++;
      const { url, ...init } = requests[index] as PageRequest;
      saw[index] = 'refused';
      try {
        const headers = new Headers();
        for (const [name, value] of init.headers) headers.append(name, value);
        const request = new Request(url, { ...init, headers, cache: 'no-store' });
        saw[index] = 'error';
        await (await fetch(request)).arrayBuffer();
        saw[index] = 'readable';
      } catch {}
    }
  }));
  return saw;
}
