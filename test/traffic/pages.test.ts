import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeReport } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import type { DevTools, InspectedPage } from '../browser/driven.ts';
import { type InspectedBrowser, inspectInChromium, inspectInFirefox } from '../browser/inspect.ts';
import { type RawServer, headerValue, startRawServer } from '../playground/raw-server.ts';

/** Where a page is that asks: what a browser does with the page as a whole, not with one request. */
interface Visit {
  readonly name: string;
  readonly browsers: readonly (keyof typeof browsers)[];
  /** The pages by their paths; `{ask:NAME}` makes one request that is allowed and one that is refused. */
  readonly pages: Readonly<Record<string, string>>;
  /** Leads the tab to where it makes the requests of these names. */
  play(tab: InspectedPage, site: Site): Promise<void>;
  readonly asks: readonly string[];
}

interface Site {
  readonly origin: string;
  /** The URL of a page as a file on this machine. */
  file(path: string): Promise<string>;
  /** Resolves once a server has had the requests of this name. */
  asked(name: string): Promise<void>;
}

const browsers: Readonly<Record<'chromium' | 'firefox', () => Promise<InspectedBrowser>>> = { chromium: () => inspectInChromium(), firefox: () => inspectInFirefox() };

const visits: readonly Visit[] = [
  {
    name: 'a page that is a file', browsers: ['chromium', 'firefox'],
    pages: { '/file': '<script>{ask:file}</script>' },
    play: async (tab, site) => tab.goto(await site.file('/file')),
    asks: ['file'],
  },
  {
    name: 'a page that the user goes back to', browsers: ['chromium', 'firefox'],
    pages: { '/left': '<script>onpageshow = ({ persisted }) => { if (persisted || history.state) {ask:back} else {ask:first} history.replaceState(1, ""); }</script>', '/next': '' },
    async play(tab, site) {
      await tab.goto(`${site.origin}/left`);
      await site.asked('first');
      await tab.goto(`${site.origin}/next`);
      await tab.evaluate('void history.back()');
    },
    asks: ['back'],
  },
  {
    name: 'a page that is rendered before the user goes there', browsers: ['chromium'],
    pages: { '/before': '<script type="speculationrules">{ "prerender": [{ "urls": ["/ahead"], "eagerness": "immediate" }] }</script>', '/ahead': '<script>if (document.prerendering) {ask:ahead}</script>' },
    play: async (tab, site) => {
      await tab.goto(`${site.origin}/before`);
      await site.asked('ahead');
    },
    asks: ['ahead'],
  },
];

describe.each(Object.keys(browsers) as (keyof typeof browsers)[])('in %s the report tells both requests of', (name) => {
  let browser: InspectedBrowser;
  let tab: InspectedPage;
  let devTools: DevTools;
  let app: RawServer;
  let api: RawServer;
  let folder = '';
  let pages: Visit['pages'] = {};

  const paths = (ask: string): readonly string[] => [`/allowed/${ask}`, `/refused/${ask}`];
  const htmlOf = (path: string): string => `<!doctype html><title>Page</title><link rel="icon" href="data:,">${(pages[path] ?? '')
    .replace(/\{ask:(\w+)\}/g, (_, ask: string) => `{ ${paths(ask).map((each) => `fetch('http://127.0.0.1:${api.port}${each}').catch(() => undefined);`).join(' ')} }`)}`;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cors-inspector-pages-'));
    // Readable whatever the credentials mode: Firefox lets no extension see whether a page that is a file got its response.
    api = await startRawServer((request) => ({
      status: 200,
      headers: request.target.startsWith('/allowed/') ? [['Access-Control-Allow-Origin', headerValue(request, 'origin') ?? ''], ['Access-Control-Allow-Credentials', 'true']] : [],
    }));
    app = await startRawServer(({ target }) => ({ status: 200, headers: [['Content-Type', 'text/html']], body: htmlOf(target) }));
    browser = await browsers[name]();
    tab = await browser.newPage();
    await tab.goto(`http://localhost:${app.port}/`);
    devTools = await (await tab.openDevTools())();
  });
  afterAll(() => Promise.all([browser?.close(), app?.close(), api?.close(), rm(folder, { recursive: true, force: true })]));

  test.each(visits.filter((visit) => visit.browsers.includes(name)).map((visit) => [visit.name, visit] as const))('%s', async (_title, visit) => {
    ({ pages } = visit);
    const has = (path: string): boolean => api.requests.some(({ target }) => target === path);
    await visit.play(tab, {
      origin: `http://localhost:${app.port}`,
      async file(path) {
        const file = join(folder, `${path.slice(1)}.html`);
        await writeFile(file, htmlOf(path));
        return pathToFileURL(file).href;
      },
      asked: (ask) => waitFor(`the requests ${ask}`, () => paths(ask).every(has) || undefined).then(() => undefined),
    });
    let exchanges: readonly ExchangeReport[] = [];
    const told = (): unknown => Object.fromEntries(visit.asks.flatMap(paths).map((path) =>
      [path, exchanges.filter(({ url }) => url.endsWith(path)).map(({ outcome, error }) => error?.code ?? outcome)]));
    const expected = Object.fromEntries(visit.asks.flatMap((ask) => [[`/allowed/${ask}`, ['allowed']], [`/refused/${ask}`, ['MissingAllowOriginHeader']]]));
    await waitFor(() => `${JSON.stringify(expected)} in the report, which says ${JSON.stringify(told())}`, async () => {
      ({ exchanges } = await devTools.panel.evaluate(() => corsInspector.report()));
      return JSON.stringify(told()) === JSON.stringify(expected) || undefined;
    });
    expect(told()).toEqual(expected);
  });
});
