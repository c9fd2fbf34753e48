import type { Protocol } from 'devtools-protocol';
import type { Browser, Page } from 'puppeteer-core';
import { launchChromium, openPanel, waitFor, type DevTools } from '../browser/chromium.ts';
import { headerValue, type HeaderLine, type RawAnswer, type RawRequest, startRawServer } from '../playground/raw-server.ts';
import type { ExchangeReport, Report } from '../../src/index.ts';
import type { OracleCase } from './cases.ts';

/** What the browser did with one case. */
export type BrowserVerdict =
  | { readonly outcome: 'allowed' }
  | { readonly outcome: 'blocked'; readonly code: Protocol.Network.CorsError; readonly parameter: string }
  | { readonly outcome: 'failed'; readonly netError: string }
  /** The script's own error: the request never reached the network. */
  | { readonly outcome: 'not-sent' };

export interface PlayedCase {
  readonly case: OracleCase;
  readonly verdict: BrowserVerdict;
  /** What the panel says of it; null: it is not in the report. */
  readonly reported: ExchangeReport | null;
  /** Whether the browser sent any request but preflights. */
  readonly actualSent: boolean;
  /** Whether the browser sent the request of the hop at which it stopped. */
  readonly lastHopSent: boolean;
}

/** A real Chromium with the built extension, its panel open on two pages, and the servers that answer as the cases say. */
export interface Arena {
  play(cases: readonly OracleCase[]): Promise<readonly PlayedCase[]>;
  readonly browserVersion: string;
  close(): Promise<void>;
}

const concurrency = 24;

export async function openArena(extension: string): Promise<Arena> {
  let current: readonly OracleCase[] = [];
  const answer = (request: RawRequest): RawAnswer => answerOf(request, current, ports);
  const ports: Ports = { api: 0, other: 0, app: 0 };
  const api = await startRawServer(answer);
  const other = await startRawServer(answer);
  const app = await startRawServer(appPage);
  Object.assign(ports, { api: api.port, other: other.port, app: app.port });
  const browser = await launchChromium({ extension });
  const pages = {
    tuple: await openPage(browser, `http://localhost:${app.port}/`),
    opaque: await openPage(browser, `http://localhost:${app.port}/sandboxed`),
  };
  for (const host of ['localhost', '127.0.0.1']) {
    await browser.setCookie({ name: 'session', value: '1', domain: host, path: '/cookie', sameSite: 'Lax' });
  }

  async function playOn(page: InspectedPage, ids: readonly number[]): Promise<ReadonlyMap<number, Omit<PlayedCase, 'case'>>> {
    await page.page.bringToFront();
    await page.devTools.panel.evaluate(() => corsInspector.clear());
    page.verdicts.clear();
    page.begun.clear();
    const sent = [api, other].map((server) => server.requests.length);
    const requests = ids.map((id) => pageRequest(id, current[id] as OracleCase, ports));
    const readable = await page.page.evaluate(playInPage, requests, concurrency);
    const results = new Map<number, Omit<PlayedCase, 'case'>>();
    await settledReport(page);
    await networkLogCatchesUp(page, ids.filter((id) => needsNetworkLog(current[id] as OracleCase, page.verdicts.get(id))));
    const report = await page.devTools.panel.evaluate(() => corsInspector.report());
    const reports = new Map(report.exchanges.map((exchange) => [caseIdOf(exchange.url), exchange]));
    const seen = [api, other].flatMap((server, index) => server.requests.slice(sent[index]));
    const actualHops = new Map<number, Set<number>>();
    for (const request of seen) {
      if (headerValue(request, 'access-control-request-method') !== undefined) continue;
      const [id, hop] = idAndHopOf(request.target);
      actualHops.set(id, (actualHops.get(id) ?? new Set()).add(hop));
    }
    const hops = new Map<number, number>();
    for (const request of seen) {
      const [id, hop] = idAndHopOf(request.target);
      hops.set(id, Math.max(hops.get(id) ?? 0, hop));
    }
    ids.forEach((id, index) => {
      const verdict = page.verdicts.get(id) ?? { outcome: 'not-sent' };
      const saw = readable[index] === 'readable';
      if (saw !== (verdict.outcome === 'allowed') && verdict.outcome === 'blocked') {
        throw new Error(`The page read what the browser reports as blocked: ${JSON.stringify({ case: current[id], verdict })}`);
      }
      results.set(id, {
        verdict: saw ? { outcome: 'allowed' } : verdict,
        reported: reports.get(id) ?? null,
        actualSent: (actualHops.get(id)?.size ?? 0) > 0,
        lastHopSent: actualHops.get(id)?.has(hops.get(id) ?? 0) ?? false,
      });
    });
    return results;
  }

  return {
    browserVersion: await browser.version(),
    async play(cases) {
      current = cases;
      const results = new Map<number, Omit<PlayedCase, 'case'>>();
      for (const kind of ['tuple', 'opaque'] as const) {
        const ids = cases.flatMap((one, id) => (one.page === kind ? [id] : []));
        if (ids.length === 0) continue;
        for (const [id, result] of await playOn(pages[kind], ids)) results.set(id, result);
      }
      return cases.map((one, id) => ({ case: one, ...(results.get(id) as Omit<PlayedCase, 'case'>) }));
    },
    async close() {
      await browser.close();
      await Promise.all([api, other, app].map((server) => server.close()));
    },
  };
}

interface Ports {
  api: number;
  other: number;
  app: number;
}

interface InspectedPage {
  readonly page: Page;
  readonly devTools: DevTools;
  /** By case. */
  readonly verdicts: Map<number, BrowserVerdict>;
  /** Cases whose request reached the network. */
  readonly begun: Set<number>;
}

async function openPage(browser: Browser, url: string): Promise<InspectedPage> {
  const page = await browser.newPage();
  await page.goto(url);
  const devTools = await openPanel(page);
  const verdicts = new Map<number, BrowserVerdict>();
  const session = await page.createCDPSession();
  const begun = new Set<number>();
  const caseOf = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator }) => {
    if (initiator.type === 'preflight' || caseOf.has(requestId) || caseIdOf(request.url) < 0) return;
    caseOf.set(requestId, caseIdOf(request.url));
    begun.add(caseIdOf(request.url));
  });
  session.on('Network.responseReceived', ({ requestId }) => {
    const id = caseOf.get(requestId);
    if (id !== undefined) verdicts.set(id, { outcome: 'allowed' });
  });
  session.on('Network.loadingFailed', ({ requestId, errorText, corsErrorStatus }) => {
    const id = caseOf.get(requestId);
    if (id === undefined) return;
    if (corsErrorStatus) verdicts.set(id, { outcome: 'blocked', code: corsErrorStatus.corsError, parameter: corsErrorStatus.failedParameter });
    // A HEAD response has no body, and Chromium reports its load as aborted after it was read.
    else if (verdicts.get(id)?.outcome !== 'allowed') verdicts.set(id, { outcome: 'failed', netError: errorText });
  });
  await session.send('Network.enable');
  return { page, devTools, verdicts, begun };
}

/** The report once nothing in it is pending and every request that reached the network is in it. */
async function settledReport(page: InspectedPage): Promise<Report> {
  let last: Report | undefined;
  const unsettled = (): readonly unknown[] => [...page.begun]
    .map((id) => ({ id, browser: page.verdicts.get(id), panel: last?.exchanges.find((exchange) => caseIdOf(exchange.url) === id) }))
    .filter(({ browser, panel }) => !browser || !panel || panel.outcome === 'pending');
  return waitFor(() => `the report to settle, all but ${JSON.stringify(unsettled())}`, async () => {
    const report = await page.devTools.panel.evaluate(() => corsInspector.report());
    const reported = new Set(report.exchanges.map((exchange) => caseIdOf(exchange.url)));
    const settled = [...page.begun].every((id) => page.verdicts.has(id) && reported.has(id))
      && report.exchanges.every((exchange) => exchange.outcome !== 'pending')
      && last !== undefined && JSON.stringify(last.exchanges) === JSON.stringify(report.exchanges);
    last = report;
    return settled ? report : undefined;
  });
}

/** Part of the panel's evidence is DevTools' own log: which of several headers comes first, and what became of a redirect. */
function needsNetworkLog(one: OracleCase, verdict: BrowserVerdict | undefined): boolean {
  if (verdict?.outcome === 'blocked') return verdict.code === 'HeaderDisallowedByPreflightResponse';
  const redirects = one.hops[0]?.actual.headers.some(([name, value]) => name === 'Location' && value.startsWith('{next}')) ?? false;
  return one.redirect !== 'follow' && redirects && verdict?.outcome === 'failed';
}

/** The log comes later than the verdicts: waits until it tells of these cases. */
async function networkLogCatchesUp({ devTools: { panel } }: InspectedPage, ids: readonly number[]): Promise<void> {
  let missing = ids;
  await waitFor(() => `the network log of ${JSON.stringify(missing)}`, async () => {
    const urls = await panel.evaluate(() => new Promise<string[]>((resolve) => {
      chrome.devtools.network.getHAR(({ entries }) => resolve(entries.filter(({ response }) => '_error' in response && response._error).map(({ request }) => request.url)));
    }));
    const logged = new Set(urls.map(caseIdOf));
    missing = ids.filter((id) => !logged.has(id));
    return missing.length === 0 || undefined;
  });
}

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

const caseIdOf = (url: string): number => idAndHopOf(url)[0];

function answerOf(request: RawRequest, cases: readonly OracleCase[], ports: Ports): RawAnswer {
  const [id, index] = idAndHopOf(request.target);
  const one = cases[id];
  const hop = one?.hops[index];
  if (!one || !hop) return { status: 200, headers: [['Access-Control-Allow-Origin', '*']] };
  const isPreflight = headerValue(request, 'access-control-request-method') !== undefined;
  const { status, headers } = isPreflight ? hop.preflight : hop.actual;
  const origin = headerValue(request, 'origin') ?? `http://localhost:${ports.app}`;
  const next = caseUrl(id, index + 1, one, ports);
  const placeholders: Readonly<Record<string, string>> = {
    origin,
    ORIGIN: origin.toUpperCase(),
    otherPort: `http://localhost:${ports.app + 1}`,
    otherScheme: origin.replace('http:', 'https:'),
    otherHost: `http://localhost.example:${ports.app}`,
    apiOrigin: `http://127.0.0.1:${ports.api}`,
    method: one.method,
    METHOD: one.method.toUpperCase(),
    lowerMethod: one.method.toLowerCase(),
    headers: headerValue(request, 'access-control-request-headers') ?? 'x-none',
    HEADERS: (headerValue(request, 'access-control-request-headers') ?? 'x-none').toUpperCase(),
    next,
    nextUserInfo: next.replace('http://', 'http://user:secret@'),
  };
  return {
    status,
    headers: headers.map(([name, value]): HeaderLine => [name, value.replace(/\{(\w+)\}/g, (whole, key: string) => placeholders[key] ?? whole)]),
    body: status === 204 || status === 304 || request.method === 'HEAD' ? '' : 'body',
  };
}

interface PageRequest {
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

/** Runs in the page: plays every request, a few at a time, and tells what the script saw of each. */
async function playInPage(requests: readonly PageRequest[], atOnce: number): Promise<readonly ('readable' | 'error')[]> {
  const saw: ('readable' | 'error')[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: atOnce }, async () => {
    while (next < requests.length) {
      const index = next++;
      const { url, ...init } = requests[index] as PageRequest;
      try {
        const headers = new Headers();
        for (const [name, value] of init.headers) headers.append(name, value);
        const response = await fetch(url, { ...init, headers, cache: 'no-store' });
        await response.arrayBuffer();
        saw[index] = 'readable';
      } catch {
        saw[index] = 'error';
      }
    }
  }));
  return saw;
}
