import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'puppeteer-core';
import { chromium } from '../../src/fetch/browser-profile.ts';
import { corsCheck } from '../../src/fetch/cors-check.ts';
import { type Exchange, type NetworkEvent, createRecorder, diagnose, mostExchanges } from '../../src/index.ts';
import type { Gallery } from '../gallery/gallery.ts';
import { startGallery } from '../gallery/server.ts';
import { launchChromium, openPanel, waitFor } from '../browser/chromium.ts';
import { ensureChromium } from '../browser/install.ts';
import { buildExtension, extensionFolder } from '../playground/extension.ts';
import { headerValue, startRawServer } from '../playground/raw-server.ts';

declare global {
  var gallery: Gallery;
}

const requests = 2000;
const atOnce = 6;
const rounds = 3;

/** The same events with the same options as ours, and nothing done with them: what any listening costs. */
const idleDevtoolsPage = `
const filter = { urls: ['<all_urls>'], tabId: chrome.devtools.inspectedWindow.tabId };
const idle = () => {};
chrome.webRequest.onBeforeRequest.addListener(idle, filter);
chrome.webRequest.onSendHeaders.addListener(idle, filter, ['requestHeaders', 'extraHeaders']);
chrome.webRequest.onHeadersReceived.addListener(idle, filter, ['responseHeaders', 'extraHeaders']);
chrome.webRequest.onResponseStarted.addListener(idle, filter);
chrome.webRequest.onBeforeRedirect.addListener(idle, filter);
chrome.webRequest.onCompleted.addListener(idle, filter);
chrome.webRequest.onErrorOccurred.addListener(idle, filter);
chrome.devtools.network.onRequestFinished.addListener(idle);
chrome.devtools.panels.create('Idle', '', '/panel.html');
`;

async function idleExtension(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'idle-extension-'));
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({
    manifest_version: 3, name: 'Idle', version: '1', devtools_page: 'devtools.html', permissions: ['webRequest'], host_permissions: ['<all_urls>'],
  }));
  await writeFile(join(folder, 'devtools.html'), '<script src="devtools.js"></script>');
  await writeFile(join(folder, 'devtools.js'), idleDevtoolsPage);
  await writeFile(join(folder, 'panel.html'), '<script src="panel.js"></script>');
  await writeFile(join(folder, 'panel.js'), 'globalThis.idlePanel = true;');
  return folder;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Milliseconds that the page takes for its requests. Each has a URL of its own, so that each has a preflight. */
const load = (page: Page, api: string, round: number): Promise<number> => page.evaluate(async (base, count, width) => {
  const start = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < count) await (await fetch(`${base}/${next++}`, { method: 'PUT', headers: { 'x-request-id': '1' } })).text();
  }));
  return performance.now() - start;
}, `${api}/${round}`, requests, atOnce);

interface Contestant {
  readonly name: string;
  readonly browser: Browser;
  readonly page: Page;
  readonly times: number[];
}

async function enter(name: string, extension: string | null, handle: string | null, app: string): Promise<Contestant> {
  const browser = await launchChromium({ extension, devtools: true });
  const page = await browser.newPage();
  await page.goto(app);
  if (handle === null) await page.openDevTools();
  else await openPanel(page, handle);
  return { name, browser, page, times: [] };
}

async function pageLoad(): Promise<void> {
  const app = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html']], body: '<title>Bench</title><link rel="icon" href="data:,">' }));
  const api = await startRawServer((request) => ({
    status: headerValue(request, 'access-control-request-method') === undefined ? 200 : 204,
    headers: [['Access-Control-Allow-Origin', `http://localhost:${app.port}`], ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Allow-Headers', 'x-request-id']],
  }));
  const idleFolder = await idleExtension();
  const appUrl = `http://localhost:${app.port}/`;
  const contestants = [
    await enter('no extension', null, null, appUrl),
    await enter('listeners that do nothing', idleFolder, 'idlePanel', appUrl),
    await enter('CORS Inspector, its panel shown', extensionFolder, 'corsInspector', appUrl),
  ];
  // In turns, so that what else the machine does falls on all of them alike. The first round warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const { page, times } of contestants) {
      await page.bringToFront();
      const time = await load(page, `http://127.0.0.1:${api.port}`, round);
      if (round > 0) times.push(time);
      api.requests.length = 0;
    }
  }
  const base = median(contestants[1]?.times ?? []);
  console.log(`A page with ${requests} preflighted requests, ${atOnce} at once, DevTools open, median of ${rounds} rounds in turns:`);
  for (const { name, times } of contestants) {
    console.log(`  ${name.padEnd(34)} ${(median(times) / 1000).toFixed(2)} s   ${(median(times) / base).toFixed(2)} of listeners that do nothing`);
  }
  await Promise.all(contestants.map(({ browser }) => browser.close()));
  await Promise.all([app.close(), api.close(), rm(idleFolder, { recursive: true })]);
}

/** The events of one request that its preflight let pass, or refused. */
function eventsOf(index: number, isBlocked: boolean): readonly NetworkEvent[] {
  const origin = 'https://app.example';
  const base = { time: index, url: `https://api.example/thing/${index}`, type: 'xmlhttprequest', origin, frame: '0' };
  const preflight = { ...base, requestId: `p${index}`, method: 'OPTIONS' };
  const actual = { ...base, requestId: `a${index}`, method: 'PUT' };
  const allowed = [['Access-Control-Allow-Origin', origin], ['Access-Control-Allow-Methods', 'GET, PUT'], ['Date', `${index}`]] as const;
  return [
    { kind: 'before-request', ...actual },
    { kind: 'before-request', ...preflight },
    { kind: 'send-headers', ...preflight, headers: [['Origin', origin], ['Access-Control-Request-Method', 'PUT'], ['User-Agent', `Mozilla/5.0 ${index}`]] },
    { kind: 'headers-received', ...preflight, status: isBlocked ? 403 : 204, headers: allowed },
    { kind: 'completed', ...preflight, status: isBlocked ? 403 : 204, fromCache: false },
    ...(isBlocked ? [{ kind: 'error', ...actual, error: chromium.corsNetworkError } as const] : [
      { kind: 'send-headers', ...actual, headers: [['Origin', origin], ['User-Agent', `Mozilla/5.0 ${index}`]] },
      { kind: 'headers-received', ...actual, status: 200, headers: allowed },
      { kind: 'completed', ...actual, status: 200, fromCache: false },
    ] as const),
  ];
}

/** What a tab costs that is left open: as many requests as are kept, then as many again, for which the oldest make room. */
function recording(): void {
  // Remembered, as a session does.
  const known = new WeakMap<Exchange, boolean>();
  const isDispensable = (exchange: Exchange): boolean => {
    const isAllowed = known.get(exchange) ?? diagnose(exchange, chromium).outcome === 'allowed';
    known.set(exchange, isAllowed);
    return isAllowed;
  };
  const recorder = createRecorder(chromium, { most: mostExchanges, isDispensable });
  const before = heapUsed();
  const record = (from: number): number => {
    const start = performance.now();
    for (let index = from; index < from + mostExchanges; index++) for (const event of eventsOf(index, index % 4 === 0)) recorder.push(event);
    // Each is diagnosed once, as for a panel; else only those that make room were.
    recorder.exchanges().forEach(isDispensable);
    return performance.now() - start;
  };
  const first = record(0);
  const heap = heapUsed() - before;
  const bytes = heap / recorder.exchanges().length;
  const next = record(mostExchanges);
  console.log(`Recording ${mostExchanges} preflighted exchanges: ${bytes.toFixed(0)} bytes of heap each; as many again: ${(next / first).toFixed(2)} times as long, `
    + `${((heapUsed() - before) / heap).toFixed(2)} times the heap, ${recorder.exchanges().length} kept, ${recorder.dropped()} dropped`);
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** Calls per second, measured for about half a second. */
function rate(call: () => void): number {
  let calls = 0;
  const start = performance.now();
  while (performance.now() - start < 500) {
    for (let i = 0; i < 100; i++) call();
    calls += 100;
  }
  return (calls * 1000) / (performance.now() - start);
}

function diagnosing(): void {
  const recorder = createRecorder(chromium);
  const origin = 'https://app.example';
  const base = { time: 0, url: 'https://api.example/thing', type: 'xmlhttprequest', origin, frame: '0' };
  const preflight = { ...base, requestId: '2', method: 'OPTIONS' };
  const actual = { ...base, requestId: '1', method: 'PUT' };
  recorder.push({ kind: 'before-request', ...actual });
  recorder.push({ kind: 'before-request', ...preflight });
  recorder.push({ kind: 'send-headers', ...preflight, headers: [['Origin', origin], ['Access-Control-Request-Method', 'PUT'], ['Access-Control-Request-Headers', 'content-type,x-request-id']] });
  recorder.push({ kind: 'headers-received', ...preflight, status: 204, headers: [['Access-Control-Allow-Origin', origin], ['Access-Control-Allow-Methods', 'GET, PUT'], ['Access-Control-Allow-Headers', 'content-type']] });
  recorder.push({ kind: 'completed', ...preflight, status: 204, fromCache: false });
  recorder.push({ kind: 'error', ...actual, error: chromium.corsNetworkError });
  const [exchange] = recorder.exchanges();
  if (exchange === undefined || diagnose(exchange, chromium).outcome !== 'blocked') throw new Error('The benchmark\'s exchange must be a blocked one.');
  const response = { status: 204, headers: [['Access-Control-Allow-Origin', origin]] as const };
  const one = rate(() => corsCheck({ origin, credentials: 'omit' }, response, 'actual', chromium));
  const whole = rate(() => diagnose(exchange, chromium));
  console.log(`Diagnoses of a blocked preflight on one core: ${Math.round(whole)} a second, each as long as ${(one / whole).toFixed(0)} CORS checks`);
}

/** From an answer to its painted row, and from a key to what it filters: in an empty panel, and in one that holds all that it can. */
async function fullPanel(): Promise<void> {
  const app = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html']], body: '<title>Bench</title><link rel="icon" href="data:,">' }));
  const api = await startRawServer(() => ({ status: 200, headers: [['Access-Control-Allow-Origin', '*']] }));
  const browser = await launchChromium({ extension: extensionFolder, devtools: true });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${app.port}/`);
  const { panel } = await openPanel(page);
  const base = `http://127.0.0.1:${api.port}`;
  const request = (from: number, until: number): Promise<void> => page.evaluate(async (url, first, end, width) => {
    let next = first;
    await Promise.all(Array.from({ length: width }, async () => {
      while (next < end) await (await fetch(`${url}/${next++}`)).text();
    }));
  }, base, from, until, atOnce);
  /** Milliseconds from now to a frame in which the one row that is left has this path. */
  const untilPainted = (path: string, filter: string | null): Promise<number> => panel.evaluate(async (wanted, typed) => {
    const start = performance.now();
    if (typed !== null) {
      const input = document.querySelector<HTMLInputElement>('input[type=search]');
      if (input === null) throw new Error('The panel has no filter.');
      input.value = typed;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    }
    for (;;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const paths = [...document.querySelectorAll('.row .path')];
      if (paths.length === 1 && paths[0]?.textContent?.endsWith(wanted)) return performance.now() - start;
    }
  }, path, filter);
  const filterBy = (words: string): Promise<void> => panel.evaluate((typed) => {
    const input = document.querySelector<HTMLInputElement>('input[type=search]');
    if (input === null) throw new Error('The panel has no filter.');
    input.value = typed;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }, words);
  const measure = async (first: number): Promise<{ readonly row: number; readonly filter: number }> => {
    const rows: number[] = [];
    const filters: number[] = [];
    for (let index = first; index < first + rounds; index++) {
      await page.evaluate(async (url) => (await fetch(url)).text(), `${base}/${index}x`);
      // The first time it is hidden still by the last filter.
      filters.push(await untilPainted(`/${index}x`, `/${index}x`));
      await filterBy(`/${index}y`);
      await page.evaluate(async (url) => (await fetch(url)).text(), `${base}/${index}y`);
      rows.push(await untilPainted(`/${index}y`, null));
    }
    return { row: median(rows), filter: median(filters) };
  };
  const empty = await measure(0);
  await filterBy('');
  for (let from = 0; from < mostExchanges; from += 1000) {
    await request(from, from + 1000);
    api.requests.length = 0;
  }
  const held = await waitFor('all to be listed', () => panel.evaluate((least) => {
    const listed = Number(document.querySelector('[role=option]')?.getAttribute('aria-setsize') ?? 0);
    return listed >= least ? listed : undefined;
  }, mostExchanges * 0.9), 300_000);
  const full = await measure(rounds);
  console.log(`The panel with ${held} exchanges beside an empty one: from an answer to its painted row ${full.row.toFixed(0)} ms, ${(full.row / empty.row).toFixed(1)} times as long; `
    + `from a key in the filter to the painted rows ${full.filter.toFixed(0)} ms, ${(full.filter / empty.filter).toFixed(1)} times as long`);
  await browser.close();
  await Promise.all([app.close(), api.close()]);
}

/** What the list costs with as many exchanges as nobody reads: frames while it scrolls, a key in its filter, one more row, heap. */
async function manyRows(): Promise<void> {
  const gallery = await startGallery();
  const browser = await launchChromium({ extension: null });
  const open = async (name: string): Promise<Page> => {
    const page = await browser.newPage();
    await page.setViewport({ width: 1200, height: 700 });
    await page.goto(`${gallery.url}?case=${name}`, { timeout: 300_000 });
    await waitFor('the list', () => page.evaluate(() => document.querySelector('[role=option]') !== null || undefined), 300_000);
    return page;
  };
  const heapOf = async (page: Page): Promise<number> => {
    const session = await page.createCDPSession();
    await session.send('HeapProfiler.collectGarbage');
    return (await session.send('Runtime.getHeapUsage')).usedSize;
  };
  const few = await open('session');
  // What was drawn in the background is painted once it is in front.
  await few.bringToFront();
  const firstPaint = await waitFor('the first paint', () => few.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime));
  const fewHeap = await heapOf(few);
  const bare = await open('session');
  await bare.bringToFront();
  await bare.evaluate(bareList, exchangesInList);
  const bareFrame = await bare.evaluate(scrollFrames);
  const many = await open('tens-of-thousands');
  const heap = ((await heapOf(many)) - fewHeap) / exchangesInList;
  await many.bringToFront();
  const frame = await many.evaluate(scrollFrames);
  const filter = median(await many.evaluate(filterTimes, rounds));
  const row = median(await many.evaluate(recordTimes, rounds));
  console.log(`The list with ${exchangesInList} exchanges: 95 of 100 frames while it scrolls take at most ${frame.toFixed(2)} ms, ${(frame / bareFrame).toFixed(2)} times those of a list of bare texts; `
    + `from a key in the filter to the painted rows ${filter.toFixed(0)} ms; from the last event to its painted row ${row.toFixed(0)} ms; ${heap.toFixed(0)} bytes of heap an exchange. `
    + `First paint of a panel with a few: ${firstPaint.toFixed(0)} ms`);
  await browser.close();
  await gallery.close();
}

const exchangesInList = 50_000;

// What follows runs in the page, so it names no function within itself.

/** A virtual list of texts and nothing else, to compare with. */
function bareList(count: number): void {
  document.body.innerHTML = '';
  const list = document.createElement('div');
  list.setAttribute('role', 'listbox');
  list.style.cssText = 'height: 650px; overflow: auto; position: relative';
  const lines = document.createElement('div');
  lines.style.height = `${count * 24}px`;
  list.append(lines);
  list.addEventListener('scroll', () => {
    const first = Math.floor(list.scrollTop / 24);
    lines.replaceChildren(...Array.from({ length: 45 }, (_, index) => {
      const row = document.createElement('div');
      row.style.cssText = `position: absolute; height: 24px; top: ${(first + index) * 24}px`;
      row.textContent = `Request ${first + index}`;
      return row;
    }));
  });
  document.body.append(list);
}

/** Milliseconds that 95 of 100 frames stay below while the list scrolls. */
async function scrollFrames(): Promise<number> {
  const list = document.querySelector('[role=listbox]');
  if (!list) throw new Error('The page has no list.');
  const times: number[] = [];
  let last = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
  for (let index = 0; index < 240; index++) {
    list.scrollTop += 230;
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    times.push(now - last);
    last = now;
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}

async function filterTimes(count: number): Promise<number[]> {
  const input = document.querySelector<HTMLInputElement>('input[type=search]');
  if (!input) throw new Error('The panel has no filter.');
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const start = performance.now();
    input.value = `n=4999${index}`;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    while (!(document.querySelectorAll('.row').length === 1)) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    times.push(performance.now() - start);
    input.value = '';
    input.dispatchEvent(new Event('input', { bubbles: true }));
    while (document.querySelectorAll('.row').length < 5) await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  return times;
}

async function recordTimes(count: number): Promise<number[]> {
  const input = document.querySelector<HTMLInputElement>('input[type=search]');
  if (!input) throw new Error('The panel has no filter.');
  input.value = 'cdn.shop.example';
  input.dispatchEvent(new Event('input', { bubbles: true }));
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    while (document.querySelectorAll('.row').length !== index) await new Promise((resolve) => requestAnimationFrame(resolve));
    const start = performance.now();
    gallery.record(`late-${index}`, 'element-asked-of-the-page');
    while (document.querySelectorAll('.row').length !== index + 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    times.push(performance.now() - start);
  }
  return times;
}

async function size(): Promise<void> {
  const root = fileURLToPath(new URL('../../dist/chromium/', import.meta.url));
  const scripts = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.js'));
  const panel = new Set(['extension/panel/panel.js']);
  // Whatever the panel's script imports is part of it; the recipes it loads only to show one.
  for (const name of panel) {
    for (const [, imported] of (await readFile(join(root, name), 'utf8')).matchAll(/from\s*"([^"]+)"/g)) {
      const target = scripts.find((script) => script === join(name, '..', imported ?? ''));
      if (target) panel.add(target);
    }
  }
  const bytes = await Promise.all([...panel].map(async (name) => gzipSync(await readFile(join(root, name)), { level: 9 }).length));
  const total = bytes.reduce((sum, one) => sum + one, 0);
  console.log(`The panel's JavaScript, gzipped: ${(total / 1000).toFixed(1)} kB in ${panel.size} file(s), ${(total / 90_000).toFixed(2)} of the 90 kB that it may have`);
}

await ensureChromium();
await buildExtension();
await size();
diagnosing();
recording();
await pageLoad();
await fullPanel();
await manyRows();
