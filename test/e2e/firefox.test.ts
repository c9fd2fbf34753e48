import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeReport } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import { type Evaluates, type Firefox, type FirefoxPage, launchFirefox } from '../browser/firefox.ts';
import { firefoxExtensionFolder } from '../playground/extension.ts';
import { type RawServer, startRawServer } from '../playground/raw-server.ts';

/**
 * After how many milliseconds without an event the event page falls asleep. What a test does right after it woke must
 * fit in, on a busy machine, too: a request of which an event falls into the next gap is unknown, and rightly so.
 */
const idleTimeouts = { awake: 600_000, sleepy: 4_000 };

describe.each(['awake', 'sleepy'] as const)('recording in Firefox with an event page that is %s', (kind) => {
  let firefox: Firefox;
  let app: RawServer;
  let api: RawServer;
  /** Answers to /held wait for it. */
  let release = (): void => undefined;

  beforeAll(async () => {
    app = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html']], body: '<!doctype html><title>App</title>' }));
    api = await startRawServer(async ({ target }) => {
      if (target.startsWith('/held')) await new Promise<void>((resolve) => { release = resolve; });
      return { status: 200, headers: target.startsWith('/refused') ? [] : [['Access-Control-Allow-Origin', '*']], body: 'body' };
    });
    firefox = await launchFirefox({ extension: firefoxExtensionFolder, preferences: { 'extensions.background.idle.timeout': idleTimeouts[kind] } });
  });
  afterAll(async () => {
    await firefox?.close();
    await Promise.all([app?.close(), api?.close()]);
  });

  async function openTab(): Promise<{ readonly page: FirefoxPage; readonly panel: Evaluates }> {
    const page = await firefox.newPage();
    await page.goto(`http://localhost:${app.port}/`);
    const { panel } = await (await page.openDevTools())();
    return { page, panel };
  }

  const request = (page: FirefoxPage, path: string): Promise<unknown> => page.evaluate((url) => void fetch(url).catch(() => undefined), `http://localhost:${api.port}${path}`);
  const exchangesOf = async (panel: Evaluates): Promise<readonly ExchangeReport[]> => (await panel.evaluate(() => corsInspector.report())).exchanges;
  const summary = ({ url, outcome, basis }: ExchangeReport): string => `${new URL(url).pathname} ${outcome} ${basis.value}`;

  /** The exchanges in short, once they are these; otherwise what they were last. */
  async function settled(panel: Evaluates, expected: readonly string[]): Promise<readonly string[]> {
    let last: readonly string[] = [];
    await waitFor('the report', async () => {
      last = (await exchangesOf(panel)).map(summary);
      return JSON.stringify(last) === JSON.stringify(expected) || undefined;
    }).catch(() => undefined);
    return last;
  }

  if (kind === 'awake') it('says what became of a request, as the page saw it', async () => {
    const { page, panel } = await openTab();
    await request(page, '/read');
    await request(page, '/refused');
    const expected = ['/read allowed observed', '/refused blocked observed'];
    expect(await settled(panel, expected)).toEqual(expected);
    await page.close();
  });

  if (kind === 'sleepy') it('invents nothing about a request that is under way when the event page falls asleep', async () => {
    const { page, panel } = await openTab();
    await request(page, '/held');
    expect(await settled(panel, ['/held unknown unknown'])).toEqual(['/held unknown unknown']);
    const [held] = await exchangesOf(panel);
    expect(held?.basis.because).toContain('nothing was heard of the network');
    release();
    expect(await settled(panel, ['/held allowed observed'])).toEqual(['/held allowed observed']);
    await page.close();
  });

  if (kind === 'sleepy') it('records everything after the event page was asleep', async () => {
    const { page, panel } = await openTab();
    const expected: string[] = [];
    for (let round = 0; round < 3; round++) {
      // A request that is known to have been under way while the event page slept; the next one comes after that.
      await request(page, `/held/${round}`);
      await waitFor('the event page to fall asleep', async () => (await exchangesOf(panel)).at(-1)?.outcome === 'unknown' || undefined);
      release();
      await request(page, `/refused/${round}`);
      expected.push(`/held/${round} allowed observed`, `/refused/${round} blocked observed`);
      expect(await settled(panel, expected)).toEqual(expected);
    }
    await page.close();
  });

  if (kind === 'awake') it('keeps the tabs apart', async () => {
    const tabs = [await openTab(), await openTab()];
    for (let round = 0; round < 10; round++) {
      for (const [index, { page }] of tabs.entries()) await request(page, `/read/${index}/${round}`);
    }
    for (const [index, { panel }] of tabs.entries()) {
      const expected = Array.from({ length: 10 }, (_, round) => `/read/${index}/${round} allowed observed`);
      expect(await settled(panel, expected)).toEqual(expected);
    }
    for (const { page } of tabs) await page.close();
  });
});
