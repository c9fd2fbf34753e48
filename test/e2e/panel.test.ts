import type { Browser, ElementHandle, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { renderedFor } from './rendered-for.ts';
import { type DevTools, launchChromium, openDevTools, openPanel, waitFor } from '../browser/chromium.ts';
import { ensureChromium } from '../browser/install.ts';
import { extensionFolder } from '../playground/extension.ts';
import { type Playground, startPlayground } from '../playground/server.ts';

describe('the panel in real DevTools', { timeout: 30_000 }, () => {
  let browser: Browser;
  let playground: Playground;
  let page: Page;
  let devTools: DevTools;
  let panel: Frame;

  beforeAll(async () => {
    await ensureChromium();
    playground = await startPlayground();
    browser = await launchChromium({ extension: extensionFolder });
    page = await browser.newPage();
    await page.goto(playground.appUrl);
    await browser.defaultBrowserContext().setPermission(playground.origins.app, { permission: { name: 'clipboard-read' }, state: 'granted' });
    devTools = await openPanel(page);
    panel = devTools.panel;
  });
  afterAll(async () => {
    await browser?.close();
    await playground?.close();
  });
  beforeEach(async () => {
    // Closing the tab of another test may have brought yet another one to the front.
    await page.bringToFront();
    await page.goto(playground.appUrl);
    await panel.evaluate(() => corsInspector.clear());
    await button('All').then((all) => all.click()).catch(() => undefined);
  });

  const run = (...ids: readonly string[]): Promise<unknown> =>
    page.evaluate(`(async () => { for (const id of ${JSON.stringify(ids)}) await globalThis.playground.run(id); })()`);

  /** The list's rows as a screen reader gives them, once there are so many of them and none is drawn as pending. */
  const rows = (count: number): Promise<readonly string[]> => waitFor(`${count} rows`, async () => {
    const names = await panel.$$eval('[role=option]', (options) => options.map((option) => option.textContent ?? ''));
    return names.length === count && !names.some((name) => /pending/i.test(name)) ? names : undefined;
  });

  async function button(name: string): Promise<ElementHandle<Element>> {
    for (const candidate of await panel.$$('button')) {
      const named = await candidate.evaluate((element) => element.getAttribute('aria-label') ?? element.textContent ?? '');
      if (named.startsWith(name)) return candidate;
    }
    throw new Error(`There is no button ${name}.`);
  }

  const clickRow = async (text: string): Promise<void> => {
    for (const option of await panel.$$('[role=option]')) {
      if ((await option.evaluate((element) => element.textContent ?? '')).includes(text)) return option.click();
    }
    throw new Error(`There is no row with ${text}.`);
  };

  const detailText = (): Promise<string> => panel.$eval('[aria-label=Diagnosis]', (section) => section.textContent ?? '');

  it('says what to do while nothing is recorded, and reloads the page', async () => {
    const reloaded = page.waitForNavigation();
    await (await button('Reload')).click();
    await reloaded;
  });

  it('lists each request with its reason', async () => {
    await run('missing-allow-origin', 'method-not-allowed', 'connection-refused');
    const [missing, method, refused] = await rows(3);
    expect(missing).toContain('/missing-allow-origin');
    expect(missing).toContain('No Access-Control-Allow-Origin');
    expect(method).toContain('DELETE is not allowed');
    expect(refused).toMatch(/not CORS/i);
  });

  it('answers first, and names both values that differ', async () => {
    await run('other-port');
    await rows(1);
    await clickRow('/other-port');
    const text = await detailText();
    expect(text).toContain(`Allow the origin ${playground.origins.app}`);
    expect(text).toContain('AllowOriginMismatch');
    expect(text).toContain('CORSAllowOriginNotMatchingOrigin');
    expect(text).toContain('differs in its port');
  });

  it('copies the fix that it shows', async () => {
    await run('method-not-allowed');
    await rows(1);
    await clickRow('/method-not-allowed');
    await (await panel.$('::-p-aria([name="Fix"][role="tab"])'))?.click();
    await panel.select('select', 'nginx');
    await (await button('Copy')).click();
    await waitFor('the copy to be confirmed', async () => (await panel.$eval('[role=status]', (status) => status.textContent))?.includes('Copied') || undefined);
    const copied = await waitFor('the clipboard', async () => {
      await page.bringToFront();
      // Until the page has the focus, reading waits for good: look again instead.
      return page.evaluate(() => Promise.race([navigator.clipboard.readText(), new Promise<undefined>((resolve) => setTimeout(resolve, 500))])).catch(() => undefined);
    });
    expect(copied).toBe(renderedFor('nginx', await panel.evaluate(() => corsInspector.report())));
    expect(copied).toContain(playground.origins.app);
  });

  it('filters by text and by outcome', async () => {
    await run('missing-allow-origin', 'method-not-allowed', 'connection-refused', 'explicit-origin');
    await rows(4);
    await panel.type('[type=search]', 'method-not');
    expect(await rows(1)).toEqual([expect.stringContaining('/method-not-allowed')]);
    await panel.$eval('[type=search]', (input) => {
      (input as HTMLInputElement).value = '';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await (await button('Blocked')).click();
    expect(await rows(2)).toHaveLength(2);
    await (await button('Not CORS')).click();
    expect(await rows(1)).toEqual([expect.stringContaining('/connection-refused')]);
  });

  it('clears', async () => {
    await run('missing-allow-origin');
    await rows(1);
    await (await button('Clear')).click();
    await rows(0);
    expect(await panel.evaluate(() => corsInspector.report().exchanges)).toEqual([]);
  });

  it('forgets the last page on navigation, and keeps it when told to', async () => {
    await run('missing-allow-origin');
    await rows(1);
    await page.goto(`${playground.appUrl}?run=method-not-allowed`);
    expect(await rows(1)).toEqual([expect.stringContaining('/method-not-allowed')]);
    await panel.click('[type=checkbox]');
    await page.goto(`${playground.appUrl}?run=missing-allow-origin`);
    await rows(2);
    await panel.click('[type=checkbox]');
  });

  it('reports in the shape that the contract fixes', async () => {
    await run('method-not-allowed');
    await rows(1);
    const report = await panel.evaluate(() => corsInspector.report());
    expect(report).toMatchObject({
      format: 'cors-inspector', version: 1, generator: expect.stringMatching(/^cors-inspector \d+\.\d+\.\d+$/),
      browser: { name: 'chromium', version: expect.stringMatching(/^\d+\./) }, page: playground.appUrl,
    });
    expect(report.exchanges[0]).toMatchObject({
      method: 'DELETE', type: 'xmlhttprequest', origin: playground.origins.app, outcome: 'blocked', redirects: [], response: null,
      mode: { value: 'cors' }, preflight: { from: 'network', status: 204 },
      error: { code: 'MethodDisallowedByPreflightResponse', parameter: 'DELETE', firefox: 'CORSMethodNotFound', alternatives: ['PreflightInvalidAllowCredentials'] },
    });
    expect(await panel.evaluate(() => corsInspector.version)).toBe(report.generator.split(' ')[1]);
  });

  it('records from the moment DevTools opens, before its tab is first shown', async () => {
    const early = await browser.newPage();
    await early.goto(playground.appUrl);
    const showPanel = await openDevTools(early);
    await early.evaluate('globalThis.playground.run("missing-allow-origin")');
    const { panel: earlyPanel } = await showPanel();
    const recorded = await waitFor('the early request to be judged', async () => {
      const { exchanges } = await earlyPanel.evaluate(() => corsInspector.report());
      return exchanges.length > 0 && exchanges.every(({ outcome }) => outcome !== 'pending') ? exchanges : undefined;
    });
    expect(recorded.map(({ outcome }) => outcome)).toEqual(['blocked']);
    // The other tab's panel saw nothing of it.
    expect(await panel.evaluate(() => corsInspector.report().exchanges)).toEqual([]);
    await early.close();
  });
});
