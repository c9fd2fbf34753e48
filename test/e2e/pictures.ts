import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { waitFor } from '../browser/chromium.ts';
import type { DevTools, Driven } from '../browser/driven.ts';
import type { InspectedBrowser } from '../browser/inspect.ts';
import { startPlayground } from '../playground/server.ts';
import { browsers } from './browsers.ts';
import { run } from './inspected-playground.ts';

/**
 * Takes pictures of the real panel in the real DevTools of both browsers, in both themes: all of them into out/pictures, to be
 * looked at, and those that the README shows into the folder beside this file.
 */
const entries = ['several-headers-not-allowed', 'wildcard-with-credentials', 'server-error-without-headers', 'preflight-401', 'two-allow-origin-lines', 'explicit-origin', 'connection-refused'];

/** How DevTools stand to the page, in the order in which they are tried: narrow is narrower than most people make it. */
const places = [
  { place: 'bottom', side: 'bottom', size: 470 },
  { place: 'right', side: 'right', size: 480 },
  { place: 'narrow', side: 'right', size: 320 },
] as const;

interface State {
  readonly name: string;
  readonly show: (panel: Driven) => Promise<void>;
}

const openTab = (entry: string, tab: string, shown: string) => async (panel: Driven): Promise<void> => {
  await panel.click('[role=option]', `/${entry}`);
  // What is selected may move the tabs.
  await waitFor('the diagnosis', () => panel.evaluate((path) => document.querySelector('[role=option][aria-selected=true]')?.textContent?.includes(path) && document.querySelector('.answer') !== null, `/${entry}`));
  await panel.click('[role=tab]', tab);
  await waitFor(`${shown} in ${tab}`, () => panel.evaluate((query, name) => document.querySelector('[role=tab][aria-selected=true]')?.textContent?.includes(name) && document.querySelector(query) !== null, shown, tab));
};

const states: readonly State[] = [
  { name: 'why', show: openTab('several-headers-not-allowed', 'Why', '.evidence') },
  { name: 'credentials', show: openTab('wildcard-with-credentials', 'Why', '.evidence') },
  { name: 'fix', show: openTab('several-headers-not-allowed', 'Fix', '.snippet pre') },
  { name: 'headers', show: openTab('several-headers-not-allowed', 'Headers', '.headers') },
  { name: 'what-if', show: openTab('several-headers-not-allowed', 'What if', '.verdicts') },
  { name: 'risks', show: openTab('explicit-origin', 'Risks', '[role=tabpanel] > *') },
  { name: 'not-cors', show: openTab('connection-refused', 'Why', '[role=tabpanel] > *') },
  {
    name: 'help',
    async show(panel) {
      await panel.click('[aria-label=Help]');
      await waitFor('the help', () => panel.evaluate(() => document.querySelector('dialog[open]') !== null));
    },
  },
];

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

const all = new URL('../../out/pictures/', import.meta.url);
const ofReadme = new URL('pictures/', import.meta.url);

async function take(devTools: DevTools, browser: string, name: string): Promise<void> {
  const { panel } = devTools;
  for (const theme of ['light', 'dark'] as const) {
    await devTools.setTheme(theme);
    await waitFor(`the ${theme} theme`, () => panel.evaluate((wanted) => document.documentElement.dataset['theme'] === wanted, theme));
    // Two frames later the new colours are on the screen.
    await panel.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    const picture = await devTools.screenshot();
    const file = `${browser}-${name}-${theme}.png`;
    await writeFile(new URL(file, all), picture);
    if (readme.includes(`/${file}`)) await writeFile(new URL(file, ofReadme), picture);
  }
}

type HarHeaders = readonly { readonly name: string; readonly value: string }[];

const harHeaders = (lines: Readonly<Record<string, string>>): HarHeaders => Object.entries(lines).map(([name, value]) => ({ name, value }));

const headersOfMany = {
  sent: harHeaders({ Host: 'api.shop.example', Origin: 'https://shop.example', Referer: 'https://shop.example/', 'Sec-Fetch-Mode': 'cors', 'User-Agent': 'Mozilla/5.0 Chrome/156.0.0.0 Safari/537.36' }),
  blocked: harHeaders({ Server: 'nginx' }),
  allowed: harHeaders({ Server: 'nginx', 'Access-Control-Allow-Origin': 'https://shop.example', Vary: 'Origin' }),
};

/** Runs in the panel: drops a HAR file with so many requests onto it, as Chrome's Network panel saves them. */
function dropMany(count: number, { sent, blocked, allowed }: typeof headersOfMany): void {
  const log = {
    version: '1.2', creator: { name: 'WebInspector', version: '537.36' }, pages: [{ startedDateTime: '2026-11-20T09:00:00.000Z', id: 'page_1', title: 'https://shop.example/', pageTimings: {} }],
    entries: Array.from({ length: count }, (_, index) => {
      const isBlocked = index % 3 === 0;
      return {
        pageref: 'page_1', startedDateTime: new Date(Date.UTC(2026, 10, 20, 9) + index * 7).toISOString(), time: 20 + (index % 90), cache: {}, timings: {}, _resourceType: 'fetch', _initiator: { type: 'script' },
        request: {
          method: 'GET', url: `https://${['api', 'img', 'search'][index % 7 % 3]}.shop.example/v1/items/${index}`, httpVersion: 'h2', cookies: [], queryString: [], headersSize: -1, bodySize: 0,
          headers: sent,
        },
        response: {
          status: 200, statusText: '', httpVersion: 'h2', cookies: [], redirectURL: '', headersSize: -1, bodySize: 0, content: { size: 0, mimeType: isBlocked ? 'x-unknown' : 'application/json' }, _error: isBlocked ? 'net::ERR_FAILED' : null,
          headers: isBlocked ? blocked : allowed,
        },
      };
    }),
  };
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([JSON.stringify({ log })], 'shop.example.har'));
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}

const many = 50_000;

async function takeAll(browser: InspectedBrowser, name: string, url: string): Promise<void> {
  const page = await browser.newPage();
  await page.goto(url);
  const devTools = await (await page.openDevTools())();
  const { panel } = devTools;
  for (const { place, side, size } of places) {
    await devTools.dock(side, size);
    // Firefox makes the panel anew on another side.
    await waitFor('its place', () => panel.evaluate((right, wanted) => document.querySelector('.panel') !== null && Math.abs((right ? innerWidth : innerHeight + 28) - wanted) < 8, side === 'right', size).catch(() => undefined));
    await panel.evaluate(() => corsInspector.clear());
    await take(devTools, name, `${place}-empty`);
    await run(page, ...entries);
    await waitFor('every row', () => panel.evaluate((count) => document.querySelectorAll('[role=option]').length === count && !document.querySelector('.reason:is(.pending, .unknown)'), entries.length));
    await take(devTools, name, `${place}-list`);
    for (const { name: state, show } of states) {
      await show(panel);
      await take(devTools, name, `${place}-${state}`);
    }
    await panel.click('dialog button', 'Close');
  }
  await devTools.dock('bottom', 470);
  await waitFor('its place', () => panel.evaluate(() => document.querySelector('.panel') !== null && innerWidth > 1000).catch(() => undefined));
  await panel.evaluate(dropMany, many, headersOfMany);
  await waitFor('every row', () => panel.evaluate((count) => document.querySelector('[role=option]')?.getAttribute('aria-setsize') === String(count), many), 300_000);
  await panel.click('[role=option]', '/v1/items/');
  await panel.press('End');
  await take(devTools, name, 'bottom-many');
}

for (const folder of [all, ofReadme]) await mkdir(folder, { recursive: true });
const playground = await startPlayground();
try {
  for (const { name, inspect } of browsers) {
    const browser = await inspect({ size: { width: 1280, height: 900 } });
    try {
      await takeAll(browser, name, playground.appUrl);
    } finally {
      await browser.close();
    }
  }
} finally {
  await playground.close();
}
console.log(`The pictures are in ${fileURLToPath(all)}.`);
