import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeReport, Report } from '../../src/index.ts';
import { waitFor } from '../browser/chromium.ts';
import { switchAskingOn } from '../oracle/asking.ts';
import { type RawServer, startRawServer } from '../playground/raw-server.ts';
import { type Opened, type Panel, type Tab, browsers } from './browsers.ts';

/** An element that asks for a URL with CORS, given the value of its crossorigin attribute. */
interface ElementCase {
  readonly name: string;
  /** What the document is written with. */
  html?(url: string, crossOrigin: string): string;
  /** What a script of the page does. */
  script?(url: string, crossOrigin: string): string;
}

const cases: readonly ElementCase[] = [
  { name: 'img', html: (url, value) => `<img src="${url}" crossorigin="${value}">` },
  { name: 'img-with-srcset', html: (url, value) => `<img srcset="${url} 1x" crossorigin="${value}">` },
  { name: 'lazy-img', html: (url, value) => `<img loading="lazy" src="${url}" crossorigin="${value}">` },
  { name: 'audio', html: (url, value) => `<audio src="${url}" crossorigin="${value}"></audio>` },
  { name: 'video', html: (url, value) => `<video src="${url}" crossorigin="${value}"></video>` },
  { name: 'script', html: (url, value) => `<script src="${url}" crossorigin="${value}"></script>` },
  { name: 'module', html: (url, value) => `<script type="Module" src="${url}" crossorigin="${value}"></script>` },
  { name: 'style-sheet', html: (url, value) => `<link rel="stylesheet" href="${url}" crossorigin="${value}">` },
  { name: 'preload', html: (url, value) => `<link rel="preload" as="image" href="${url}" crossorigin="${value}">` },
  { name: 'module-preload', html: (url, value) => `<link rel="modulepreload" href="${url}" crossorigin="${value}">` },
  { name: 'new-image', script: (url, value) => `const image = new Image(); image.src = '${url}'; image.crossOrigin = '${value}';` },
  { name: 'new-audio', script: (url, value) => `const audio = new Audio(); audio.crossOrigin = '${value}'; audio.src = '${url}';` },
  { name: 'created-img', script: (url, value) => `Object.assign(document.createElement('img'), { crossOrigin: '${value}', src: '${url}' });` },
  { name: 'created-video', script: (url, value) => `Object.assign(document.createElement('video'), { crossOrigin: '${value}', src: '${url}' });` },
  { name: 'removed-script', script: (url, value) => `const script = Object.assign(document.createElement('script'), { crossOrigin: '${value}', src: '${url}', onerror: () => script.remove() }); document.head.append(script);` },
  { name: 'in-a-shadow', script: (url, value) => `const host = document.body.appendChild(document.createElement('div')); host.attachShadow({ mode: 'closed' }).append(Object.assign(document.createElement('img'), { crossOrigin: '${value}', src: '${url}' }));` },
];

const attributes = { 'anonymous': 'omit', 'Use-Credentials': 'include' } as const;

/** Of the same site, so that nothing in their headers shows their credentials mode. */
const requests = cases.flatMap(({ name, html, script }) => Object.entries(attributes).map(([value, credentials]) => ({ path: `/${name}/${value}`, html, script, value, credentials })));

describe.each(browsers)('in $name', ({ open }) => {
  let page: RawServer;
  let api: RawServer;
  let opened: Opened;

  beforeAll(async () => {
    // Firefox refuses a module of another type before it looks at CORS.
    api = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/javascript'], ['Cache-Control', 'no-store']], body: '' }));
    const urlOf = (path: string): string => `http://localhost:${api.port}${path}`;
    const body = requests.map(({ path, html, script, value }) => (html ? html(urlOf(path), value) : `<script>{ ${script?.(urlOf(path), value)} }</script>`)).join('');
    page = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html']], body: `<!doctype html><title>Page</title><link rel="icon" href="data:,"><body>${body}` }));
    opened = await open();
  });
  afterAll(async () => {
    await opened?.close();
    await page?.close();
    await api?.close();
  });

  async function openPage(): Promise<{ readonly tab: Tab; readonly panel: Panel['panel'] }> {
    const tab = await opened.newTab();
    const { panel } = await tab.openPanel();
    await tab.goto(`http://localhost:${page.port}/`);
    return { tab, panel };
  }

  /** What the panel says of each request, by its path, once it says what is wanted of all. */
  async function saidOf(panel: Panel['panel'], of: (exchange: ExchangeReport) => string, wanted: Readonly<Record<string, string>>): Promise<unknown> {
    let said: Readonly<Record<string, string>> = {};
    await waitFor(() => `${JSON.stringify(said)} to be ${JSON.stringify(wanted)}`, async () => {
      const { exchanges } = JSON.parse(String(await panel.evaluate('JSON.stringify(corsInspector.report())'))) as Report;
      said = Object.fromEntries(exchanges.filter(({ response }) => response !== null).map((exchange) => [new URL(exchange.url).pathname, of(exchange)]));
      return Object.entries(wanted).every(([path, value]) => said[path] === value) || undefined;
    });
    return said;
  }

  const credentialsOf = ({ mode, outcome, error, credentials }: ExchangeReport): string => [mode.value, outcome, error?.code, ...error?.alternatives ?? [], credentials.value].join(' ');
  const wanted = (of: (credentials: string) => string) => Object.fromEntries(requests.map(({ path, credentials }) => [path, of(credentials)]));

  it('each element tells its credentials mode once the page is asked, and no other does before', async () => {
    const { panel } = await openPage();
    const unknown = wanted(() => 'cors blocked MissingAllowOriginHeader unknown');
    expect(await saidOf(panel, credentialsOf, unknown)).toEqual(unknown);
    await switchAskingOn(panel);
    const known = wanted((credentials) => `cors blocked MissingAllowOriginHeader ${credentials}`);
    expect(await saidOf(panel, credentialsOf, known)).toEqual(known);
  });
});
