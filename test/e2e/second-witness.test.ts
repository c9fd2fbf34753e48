import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, openPanel, waitFor } from '../browser/chromium.ts';
import { ensureChromium } from '../browser/install.ts';
import { extensionFolder } from '../playground/extension.ts';
import { type Playground, startPlayground } from '../playground/server.ts';

describe('Resource Timing as a second witness in Chromium', () => {
  let browser: Browser;
  let playground: Playground;
  let page: Page;
  let panel: Frame;

  beforeAll(async () => {
    await ensureChromium();
    playground = await startPlayground();
    browser = await launchChromium({ extension: extensionFolder });
    page = await browser.newPage();
    await page.goto(playground.appUrl);
    panel = (await openPanel(page)).panel;
    await page.waitForFunction('globalThis.playground !== undefined');
  });
  afterAll(async () => {
    await browser?.close();
    await playground?.close();
  });

  const basisOf = (id: string, wanted: RegExp): Promise<string> => waitFor(`${wanted} of ${id}`, async () => {
    const { exchanges } = await panel.evaluate(() => corsInspector.report());
    const { basis } = exchanges.find(({ url }) => url.endsWith(`/${id}`)) ?? {};
    return basis && wanted.test(basis.because) ? basis.value : undefined;
  });

  it('agrees with what the browser reported, whatever the response', async () => {
    const ids = playground.entries.filter(({ expect: { outcome, mode = 'cors' }, request: { from } }) => outcome === 'allowed' && mode === 'cors' && from === undefined).map(({ id }) => id);
    await page.evaluate(`(async () => { for (const id of ${JSON.stringify(ids)}) await playground.run(id); })()`);
    for (const id of ids) expect(await basisOf(id, /and Resource Timing agrees/), id).toBe('observed');
    expect(ids.length).toBeGreaterThan(20);
  });

  it('is heard where it contradicts the browser', async () => {
    // A page may put anything in the place of its timings.
    await page.evaluate(() => {
      const real = performance.getEntriesByType.bind(performance);
      performance.getEntriesByType = (type) => real(type).map(({ name, startTime, responseEnd }: PerformanceEntry & { responseEnd?: number }) =>
        ({ name, startTime, responseEnd, responseStatus: 0 }) as unknown as PerformanceEntry);
    });
    await panel.evaluate(() => corsInspector.clear());
    await page.evaluate('playground.run("explicit-origin")');
    const { exchanges } = await waitFor('the contradiction', async () => {
      const report = await panel.evaluate(() => corsInspector.report());
      return report.exchanges[0]?.basis.value === 'unknown' && report.exchanges[0].outcome !== 'pending' ? report : undefined;
    });
    expect(exchanges[0]).toMatchObject({ outcome: 'allowed', basis: { because: expect.stringContaining('One of them is wrong.') } });
  });
});
