import { launchChromium, openPanel } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';
import { type BrowserVerdicts, recordVerdicts } from '../playground/browser-verdicts.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import { headerValue, type RawAnswer, type RawRequest, type RawServer, startRawServer } from '../playground/raw-server.ts';
import type { ExchangeReport } from '../../src/index.ts';

/** One request of the page's script, as `fetch` takes it. */
export interface FetchRequest extends Omit<RequestInit, 'headers' | 'signal' | 'window'> {
  /** Default: GET. */
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What stands behind the path of the case in the URL. */
  readonly suffix?: string;
}

/** Where a redirect of the case may lead: the same path at the API's own and at a third origin; where the page is. */
export interface Places {
  readonly api: string;
  readonly other: string;
  readonly app: string;
}

/** Requests, and how the servers answer them. */
export interface Duel {
  /** Unique; the path at which it is played. */
  readonly id: string;
  /** One after the other: the last one is judged, those before it fill the preflight cache. */
  readonly requests: readonly FetchRequest[];
  readonly answer: (request: RawRequest, places: Places) => RawAnswer;
}

/** What one browser made of the last request. */
export interface Played {
  /** `allowed`, `failed`, Chromium's code or Firefox's reason without its digit; behind it the header that is not allowed. */
  readonly verdict: string;
  /** What reached the servers, `preflight` or the method for each request. */
  readonly sent: readonly string[];
  /** What the panel says of it. */
  readonly reported: ExchangeReport | undefined;
}

export interface Contestant {
  readonly version: string;
  /** Plays it, and resolves to what tells what became of it so far: the browser's word and the panel's come later. */
  play(duel: Duel): Promise<() => Promise<Played>>;
}

export interface Arena {
  readonly contestants: Readonly<Record<'chromium' | 'firefox', Contestant>>;
  close(): Promise<void>;
}

/** A page of each browser, its panel open, and servers that answer as the duels say. */
export async function openArena(): Promise<Arena> {
  let current: Duel | null = null;
  const answer = (request: RawRequest): RawAnswer => current?.answer(request, places(current.id)) ?? { status: 404, headers: [] };
  const app = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html']], body: '<!doctype html><title>Duel</title><link rel="icon" href="data:,">' }));
  const api = await startRawServer(answer);
  const other = await startRawServer(answer);
  const servers = [app, api, other];
  const appOrigin = `http://localhost:${app.port}`;
  const places = (id: string): Places => ({ app: appOrigin, api: `http://localhost:${api.port}/${id}`, other: `http://localhost:${other.port}/${id}` });
  const chromium = await launchChromium({ extension: extensionFolder });
  const firefox = await launchFirefox({ extension: firefoxExtensionFolder });

  const contestant = async (version: string, browser: InspectedBrowser): Promise<Contestant> => ({
    version,
    async play(duel) {
      current = duel;
      const url = places(duel.id).api;
      const requests = duel.requests.map(({ suffix = '', ...init }) => ({ url: url + suffix, init }));
      const last = requests.at(-1);
      if (last === undefined) throw new Error(`${duel.id} has no request.`);
      await browser.show();
      for (const request of requests.slice(0, -1)) await browser.fetch(request);
      for (const { requests: received } of servers) received.length = 0;
      await browser.clear();
      const isReadable = await browser.fetch(last);
      return async () => ({
        verdict: isReadable ? 'allowed' : await browser.verdict(last.url),
        reported: (await browser.report()).find(({ url: reported }) => reported === last.url),
        sent: sentTo([api, other]),
      });
    },
  });

  const chromiumPage = await chromium.newPage();
  await chromiumPage.goto(appOrigin);
  const { panel: chromiumPanel } = await openPanel(chromiumPage);
  const verdicts: BrowserVerdicts = await recordVerdicts(chromiumPage);
  const firefoxPage = await firefox.newPage();
  await firefoxPage.goto(appOrigin);
  const { panel: firefoxPanel } = await (await firefoxPage.openDevTools())();

  return {
    contestants: {
      chromium: await contestant(await chromium.version(), {
        show: () => chromiumPage.bringToFront(),
        fetch: (request) => chromiumPage.evaluate(fetchInPage, request),
        clear: () => chromiumPanel.evaluate(() => corsInspector.clear()),
        report: async () => (await chromiumPanel.evaluate(() => corsInspector.report())).exchanges,
        verdict: async (url) => {
          const verdict = verdicts.of(url);
          return verdict?.code === undefined ? 'failed' : withHeader(verdict.code, verdict.parameter);
        },
      }),
      firefox: await contestant(firefox.version, {
        show: () => firefoxPage.bringToFront(),
        fetch: (request) => firefoxPage.evaluate(fetchInPage, request),
        clear: async () => {
          await firefoxPanel.evaluate(() => corsInspector.clear());
          await firefox.clearConsole();
        },
        report: async () => (await firefoxPanel.evaluate(() => corsInspector.report())).exchanges,
        verdict: async () => {
          // A refused preflight is followed by a second message, about the actual request: the first is the reason.
          const message = (await firefox.consoleMessages()).find(({ category }) => /^CORS.*(?<!Deprecation)$/.test(category));
          return message === undefined ? 'failed' : withHeader(message.category.replace(/\d$/, ''), /header ‘(.*?)’ is not allowed/.exec(message.text)?.[1]);
        },
      }),
    },
    async close() {
      await Promise.all([chromium.close(), firefox.close()]);
      await Promise.all(servers.map((server) => server.close()));
    },
  };
}

/** One browser's page and panel. */
interface InspectedBrowser {
  show(): Promise<unknown>;
  /** Resolves to whether the script could read the response. */
  fetch(request: { readonly url: string; readonly init: Omit<FetchRequest, 'suffix'> }): Promise<boolean>;
  /** Forgets what was recorded and logged. */
  clear(): Promise<unknown>;
  report(): Promise<readonly ExchangeReport[]>;
  /** The browser's own word on a request that the script could not read; `failed` as long as it gives no CORS reason. */
  verdict(url: string): Promise<string>;
}

async function fetchInPage({ url, init }: { readonly url: string; readonly init: RequestInit }): Promise<boolean> {
  try {
    const response = await fetch(url, init);
    await response.arrayBuffer();
    return response.type !== 'opaque';
  } catch {
    return false;
  }
}

const withHeader = (reason: string, parameter = ''): string => (/Header(Disallowed|FromPreflight)/.test(reason) ? `${reason} ${parameter}` : reason);

export const isPreflight = (request: RawRequest): boolean => headerValue(request, 'access-control-request-method') !== undefined;

const sentTo = (servers: readonly RawServer[]): readonly string[] =>
  servers.flatMap(({ requests }) => requests).map((request) => (isPreflight(request) ? 'preflight' : request.method));
