import type { Browser, Frame, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium, openPanel, waitFor } from '../browser/chromium.ts';
import { extensionFolder } from '../playground/extension.ts';
import { type TwoOrigins, fetchInFull, startTwoOrigins } from './two-origins.ts';

type HostAccess = 'ON_CLICK' | 'ON_SPECIFIC_SITES' | 'ON_ALL_SITES';

/** What the notice begins with. */
const missing = 'Requests may be missing';

describe('access to sites in Chromium', () => {
  let browser: Browser;
  let origins: TwoOrigins;
  let page: Page;
  let panel: Frame;
  /** The page where a user manages extensions. */
  let management: Page;

  beforeAll(async () => {
    origins = await startTwoOrigins();
    browser = await launchChromium({ extension: extensionFolder });
    management = await browser.newPage();
    await management.goto('chrome://extensions');
    page = await browser.newPage();
    await page.goto(origins.page);
    ({ panel } = await openPanel(page));
  });
  afterAll(async () => {
    await browser?.close();
    await origins?.close();
  });
  beforeEach(async () => {
    await choose('ON_ALL_SITES');
    await toSee(missing, false);
    await panel.evaluate(() => corsInspector.clear());
  });

  const choose = (hostAccess: HostAccess): Promise<unknown> => management.evaluate(
    `chrome.developerPrivate.updateExtensionConfiguration(${JSON.stringify({ extensionId: new URL(panel.url()).host, hostAccess })})`,
  );
  const allowSite = (origin: string): Promise<unknown> =>
    management.evaluate(`chrome.developerPrivate.addHostPermission(${JSON.stringify(new URL(panel.url()).host)}, ${JSON.stringify(`${origin}/*`)})`);
  const request = (path: string): Promise<unknown> => page.evaluate(fetchInFull, `${origins.api}${path}`);
  const recorded = (): Promise<readonly string[]> => panel.evaluate(() => corsInspector.report().exchanges.map(({ url, outcome }) => `${new URL(url).pathname} ${outcome}`));
  const toRecord = (exchange: string): Promise<unknown> => waitFor(exchange, async () => (await recorded()).includes(exchange) || undefined);
  const toSee = (text: string, isThere: boolean): Promise<unknown> =>
    waitFor(`${isThere ? '' : 'no '}"${text}"`, async () => (await panel.$eval('.panel', (element) => (element as HTMLElement).innerText)).includes(text) === isThere || undefined);

  it('is missed when it is withdrawn, and used at once when it is granted', async () => {
    await request('/before');
    await toRecord('/before allowed');

    await choose('ON_CLICK');
    await toSee(missing, true);
    await request('/hidden');

    await choose('ON_ALL_SITES');
    await toSee(missing, false);
    await request('/after');
    await toRecord('/after allowed');
    expect(await recorded()).toEqual(['/before allowed', '/after allowed']);
  });

  it('is missed as long as it is granted to some sites only', async () => {
    await choose('ON_SPECIFIC_SITES');
    await allowSite('http://127.0.0.1');
    await toSee(missing, true);
    await request('/hidden');

    await allowSite('http://localhost');
    await request('/seen');
    await toRecord('/seen allowed');
    expect(await recorded()).toEqual(['/seen allowed']);
    await toSee(missing, true);
  });

  it('leaves open what became of a request that was under way when it was withdrawn', async () => {
    await page.evaluate((url) => void fetch(url), `${origins.api}/held`);
    await toRecord('/held pending');
    await choose('ON_CLICK');
    await toRecord('/held unknown');
    origins.release();
  });

  it('is asked for by the button', async () => {
    await choose('ON_CLICK');
    await toSee(missing, true);
    // The prompt itself is out of a test's reach: it comes unless the browser refuses to ask, for want of a click.
    const devToolsPage = panel.page().frames().find((frame) => frame.url().endsWith('/devtools.html'));
    await devToolsPage?.evaluate(`{
      globalThis.answers = [];
      const { request } = chrome.permissions;
      chrome.permissions.request = (asked) => {
        answers.push('none yet');
        return request(asked).catch(({ message }) => answers.push(message));
      };
    }`);
    await page.bringToFront();
    await (await panel.$('.notice button'))?.click();
    await waitFor('the question', async () => ((await devToolsPage?.evaluate('answers.length')) as number) > 0 || undefined);
    // The browser answers in order, so a refusal would come first.
    expect(await devToolsPage?.evaluate(`chrome.permissions.contains({ permissions: ['webRequest'] }).then(() => answers)`)).toEqual(['none yet']);
  });
});
