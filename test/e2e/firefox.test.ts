import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExchangeReport, Report } from '../../src/report.ts';
import { waitFor } from '../browser/chromium.ts';
import type { Driven } from '../browser/driven.ts';
import { type Firefox, type FirefoxPage, launchFirefox } from '../browser/firefox.ts';
import { firefoxExtensionFolder } from '../playground/extension.ts';
import { type RawServer, startRawServer } from '../playground/raw-server.ts';

/** After how many milliseconds in which nothing reaches it the event page falls asleep; Firefox allows five minutes at most. */
const idleTimeout = 'extensions.background.idle.timeout';
const never = 300_000;

describe('recording in Firefox', () => {
  let firefox: Firefox;
  let app: RawServer;
  let api: RawServer;
  let page: FirefoxPage;
  let panel: Driven;
  /** Answers to /held wait for it. */
  let release = (): void => undefined;

  beforeAll(async () => {
    app = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html']], body: '<!doctype html><title>App</title>' }));
    api = await startRawServer(async ({ target }) => {
      if (target.startsWith('/held')) await new Promise<void>((resolve) => { release = resolve; });
      const [, delay = '0'] = /^\/slow\/(\d+)/.exec(target) ?? [];
      await new Promise((resolve) => setTimeout(resolve, Number(delay)));
      return { status: 200, headers: target.includes('refused') ? [] : [['Access-Control-Allow-Origin', '*']], body: 'body' };
    });
    firefox = await launchFirefox({ extension: firefoxExtensionFolder, preferences: { [idleTimeout]: never } });
    page = await firefox.newPage();
    await page.goto(`http://localhost:${app.port}/`);
    ({ panel } = await (await page.openDevTools())());
  });
  afterAll(async () => {
    await firefox?.close();
    await Promise.all([app?.close(), api?.close()]);
  });

  const request = (path: string): Promise<unknown> => page.evaluate((url) => void fetch(url).catch(() => undefined), `http://localhost:${api.port}${path}`);
  const report = (): Promise<Report> => panel.evaluate(() => corsInspector.report());
  const summary = ({ url, outcome, basis }: ExchangeReport): string => `${new URL(url).pathname} ${outcome} ${basis.value}`;

  /** The exchanges in short, once they are these; otherwise what they were last. */
  async function settled(expected: readonly string[]): Promise<readonly string[]> {
    let last: readonly string[] = [];
    await waitFor('the report', async () => {
      last = (await report()).exchanges.map(summary);
      return JSON.stringify(last) === JSON.stringify(expected) || undefined;
    }).catch(() => undefined);
    return last;
  }

  /** Has the event page sleep once, then whenever it is idle for so long, and forgets what was recorded until then. */
  async function sleepWhenIdleFor(timeout: number): Promise<void> {
    await firefox.setPreference(idleTimeout, timeout);
    // The clock that runs already goes on running.
    await firefox.sleepEventPage();
    for (let probe = 0; ; probe++) {
      await request(`/probe/${probe}`);
      const isHeard = await waitFor('the probe', async () => (await report()).exchanges.some(({ url, outcome }) => url.endsWith(`/probe/${probe}`) && outcome === 'allowed') || undefined, 2_000).catch(() => false);
      if (isHeard) break;
    }
    await panel.evaluate(() => corsInspector.clear());
  }

  it('says what became of a request, as the page saw it', async () => {
    await request('/read');
    await request('/refused');
    const expected = ['/read allowed observed', '/refused blocked observed'];
    expect(await settled(expected)).toEqual(expected);
    expect((await report()).gaps).toEqual([]);
  });

  it('still says so after the page was left for others, while their timings were read', async () => {
    for (let visit = 1; visit <= 15; visit++) {
      await page.goto(`http://localhost:${app.port}/?${visit}`);
      await request(`/visit/${visit}`);
      await waitFor(`what became of visit ${visit}`, async () => (await report()).exchanges.map(summary).includes(`/visit/${visit} allowed observed`) || undefined);
    }
    await panel.evaluate(() => corsInspector.clear());
  });

  it('invents nothing about a request that is under way when the event page falls asleep', async () => {
    await panel.evaluate(() => corsInspector.clear());
    await request('/held');
    expect(await settled(['/held pending unknown'])).toEqual(['/held pending unknown']);
    await firefox.sleepEventPage();
    expect(await settled(['/held unknown unknown'])).toEqual(['/held unknown unknown']);
    const { exchanges: [held], gaps } = await report();
    expect(held?.basis.because).toContain('nothing was heard of the network');
    expect(gaps).toEqual([{ from: expect.any(Number), until: expect.any(Number) }]);
    await waitFor('the panel to say so', () => panel.evaluate(() => document.querySelector('.notice')?.textContent?.includes('What became of 1 request is unknown')));
    release();
    expect(await settled(['/held allowed observed'])).toEqual(['/held allowed observed']);
  });

  it('invents nothing while the event page falls asleep amid traffic, and records everything afterwards', async () => {
    const timeout = 300;
    await firefox.setPreference(idleTimeout, timeout);
    await firefox.sleepEventPage();
    // Some are answered before it falls asleep, some after.
    for (let round = 0; round < 20; round++) {
      const delay = (round % 4) * timeout;
      await request(`/slow/${delay}/read/${round}`);
      await request(`/slow/${delay}/refused/${round}`);
    }
    const amid = await waitFor('exchanges, and gaps', async () => {
      const current = await report();
      return current.gaps.length > 1 && current.exchanges.length > 0 ? current : undefined;
    });
    for (const { url, outcome } of [...amid.exchanges, ...(await report()).exchanges]) {
      expect(outcome, url).toBeOneOf(['unknown', 'pending', url.includes('/refused') ? 'blocked' : 'allowed']);
    }

    await sleepWhenIdleFor(never);
    const expected: string[] = [];
    for (let round = 0; round < 10; round++) {
      await request(`/read/${round}`);
      await request(`/refused/${round}`);
      expected.push(`/read/${round} allowed observed`, `/refused/${round} blocked observed`);
    }
    expect(await settled(expected)).toEqual(expected);
    expect((await report()).gaps).toEqual([]);
  });

  it('keeps the event page awake while DevTools are open, so that a slow answer is heard', async () => {
    const timeout = 15_000;
    await sleepWhenIdleFor(timeout);
    await request(`/slow/${timeout + 2_000}/read`);
    const expected = [`/slow/${timeout + 2_000}/read allowed observed`];
    await waitFor('the slow answer', async () => (await report()).exchanges.some(({ outcome }) => outcome !== 'pending') || undefined, timeout * 3);
    expect(await settled(expected)).toEqual(expected);
    expect((await report()).gaps).toEqual([]);
  });
});
