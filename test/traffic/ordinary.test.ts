import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ExchangeReport } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import type { DevTools, InspectedPage } from '../browser/driven.ts';
import { type InspectedBrowser, inspectInChromium, inspectInFirefox } from '../browser/inspect.ts';
import { type HeaderLine, type RawAnswer, type RawRequest, type RawServer, headerValue, startRawServer } from '../playground/raw-server.ts';

/** A page as there are many, on which nothing is wrong. */
interface OrdinaryPage {
  readonly name: string;
  /** `{cdn}` is the other origin. */
  readonly html: string;
  /** Paths on the other origin that the page loads, and that it gives up. */
  readonly loads: readonly string[];
  readonly givesUp?: readonly string[];
}

const pages: readonly OrdinaryPage[] = [
  {
    name: 'with styles, scripts, fonts and pictures from a CDN, and what measures its visits',
    html: `<link rel="preconnect" href="{cdn}"><link rel="stylesheet" href="{cdn}/style.css"><link rel="preload" as="font" href="{cdn}/preloaded.woff2" crossorigin>
      <script src="{cdn}/library.js"></script><script src="{cdn}/checked.js" crossorigin></script><script type="module" src="{cdn}/module.js"></script>
      <img src="{cdn}/opaque.gif"><img src="{cdn}/readable.gif" crossorigin><img src="{cdn}/lazy.gif" loading="lazy"><p class="ours">Text</p>
      <script>
        navigator.sendBeacon('{cdn}/visit', 'page=1');
        new Image().src = '{cdn}/pixel.gif?visit=1';
        fetch('{cdn}/opaque-ping', { method: 'POST', mode: 'no-cors', body: '1' });
        fetch('{cdn}/data.json');
        fetch('{cdn}/saved', { method: 'PUT', headers: { 'Content-Type': 'application/json', 'X-Request-Id': '1' }, body: '{}' });
      </script>`,
    loads: [
      '/style.css', '/imported.css', '/font.woff2', '/preloaded.woff2', '/library.js', '/checked.js', '/module.js', '/part.js', '/opaque.gif', '/readable.gif',
      '/lazy.gif', '/visit', '/pixel.gif?visit=1', '/opaque-ping', '/data.json', '/saved',
    ],
  },
  {
    name: 'that gives up requests which it no longer needs',
    html: `<script>
        const controller = new AbortController();
        fetch('{cdn}/never/fetch', { signal: controller.signal }).catch(() => undefined);
        const client = new XMLHttpRequest();
        client.open('GET', '{cdn}/never/xhr');
        client.send();
        fetch('/never-reached').then(() => { controller.abort(); client.abort(); });
      </script>`,
    loads: [], givesUp: ['/never/fetch', '/never/xhr'],
  },
];

const bodies: Readonly<Record<string, readonly [type: string, body: string]>> = {
  '/style.css': ['text/css', '@import "/imported.css"; @font-face { font-family: ours; src: url(/font.woff2) } .ours { font-family: ours }'],
  '/imported.css': ['text/css', ''],
  '/library.js': ['text/javascript', ''],
  '/checked.js': ['text/javascript', ''],
  '/module.js': ['text/javascript', 'import "/part.js";'],
  '/part.js': ['text/javascript', ''],
};

/** What cares for no reader sends no CORS headers. */
const isOpaque = (path: string): boolean => /^\/(style\.css|imported\.css|library\.js|opaque|lazy|visit|pixel|never\/picture)/.test(path);

function cdnAnswer(request: RawRequest): RawAnswer | Promise<RawAnswer> {
  const { target } = request;
  const isPreflight = headerValue(request, 'access-control-request-method') !== undefined;
  if (target.startsWith('/never/') && !isPreflight) return new Promise(() => undefined);
  const allowed: readonly HeaderLine[] = [
    ['Access-Control-Allow-Origin', headerValue(request, 'origin') ?? '*'], ['Access-Control-Allow-Methods', 'PUT'],
    ['Access-Control-Allow-Headers', 'content-type, x-request-id'],
  ];
  const [type, body] = bodies[target] ?? ['application/octet-stream', 'body'];
  return { status: 200, headers: [['Content-Type', type], ...(isOpaque(target) ? [] : allowed)], body };
}

const browsers: Readonly<Record<string, () => Promise<InspectedBrowser>>> = {
  Chromium: () => inspectInChromium(),
  Firefox: () => inspectInFirefox(),
};

describe.each(Object.entries(browsers))('in %s nobody is accused on a page', (_, open) => {
  let browser: InspectedBrowser;
  let tab: InspectedPage;
  let devTools: DevTools;
  let app: RawServer;
  let cdn: RawServer;
  let current = pages[0] as OrdinaryPage;

  beforeAll(async () => {
    cdn = await startRawServer(cdnAnswer);
    app = await startRawServer(async ({ target }) => {
      // Answered once all that must be under way is: the page gives up then.
      if (target === '/never-reached') await waitFor('the requests to be given up', () => arrived(current.givesUp ?? []) || undefined);
      const html = target === '/page' ? current.html.replaceAll('{cdn}', cdnOrigin()) : '';
      return { status: 200, headers: [['Content-Type', 'text/html']], body: `<!doctype html><title>Ordinary</title><link rel="icon" href="data:,">${html}` };
    });
    browser = await open();
    tab = await browser.newPage();
    await tab.goto(`http://localhost:${app.port}/`);
    devTools = await (await tab.openDevTools())();
  });
  afterAll(() => Promise.all([browser?.close(), app?.close(), cdn?.close()]));
  afterEach(async () => {
    await devTools.panel.evaluate(() => corsInspector.clear());
    cdn.requests.length = 0;
  });

  const cdnOrigin = (): string => `http://127.0.0.1:${cdn.port}`;
  const arrived = (paths: readonly string[]): boolean => paths.every((path) => cdn.requests.some(({ target }) => target === path));

  test.each(pages.map((page) => [page.name, page] as const))('%s', async (_name, page) => {
    current = page;
    const loading = tab.goto(`http://localhost:${app.port}/page`);
    await waitFor(() => `the requests ${JSON.stringify(page)}, of which came ${cdn.requests.map(({ target }) => target).join(' ')}`, () => arrived([...page.loads, ...page.givesUp ?? []]) || undefined);
    await loading;
    let exchanges: readonly ExchangeReport[] = [];
    const find = (path: string): readonly ExchangeReport[] => exchanges.filter(({ url }) => url === `${cdnOrigin()}${path}`);
    await waitFor(() => `every request in the report: ${JSON.stringify(exchanges.map(({ url, outcome }) => [url, outcome]))}`, async () => {
      ({ exchanges } = await devTools.panel.evaluate(() => corsInspector.report()));
      return [...page.loads, ...page.givesUp ?? []].every((path) => find(path).length > 0) && exchanges.every(({ outcome }) => outcome !== 'pending') || undefined;
    });
    const told = ({ outcome, failure, causes }: ExchangeReport) => ({ outcome, failure: failure?.kind ?? null, causes: causes.map(({ id }) => id) });
    for (const path of page.loads) expect({ path, told: find(path).map(told) }).toEqual({ path, told: find(path).map(() => ({ outcome: 'allowed', failure: null, causes: [] })) });
    for (const path of page.givesUp ?? []) {
      expect({ path, told: find(path).map(told) }).toEqual({ path, told: find(path).map(() => ({ outcome: 'failed', failure: 'aborted', causes: ['aborted'] })) });
    }
    expect(exchanges.length).toBeGreaterThanOrEqual(page.loads.length + (page.givesUp?.length ?? 0));
  });
});
