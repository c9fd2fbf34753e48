import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../browser/chromium.ts';
import type { Driven } from '../browser/driven.ts';
import { type Firefox, type FirefoxPage, launchFirefox } from '../browser/firefox.ts';
import { firefoxExtensionFolder } from '../playground/extension.ts';
import { type TwoOrigins, fetchInFull, startTwoOrigins } from './two-origins.ts';

/** What the notice begins with. */
const missing = 'Requests may be missing';

describe('access to sites in Firefox', () => {
  let firefox: Firefox;
  let origins: TwoOrigins;
  let page: FirefoxPage;
  let panel: Driven;

  beforeAll(async () => {
    origins = await startTwoOrigins();
    firefox = await launchFirefox({ extension: firefoxExtensionFolder });
    page = await firefox.newPage();
    await page.goto(origins.page);
    ({ panel } = await (await page.openDevTools())());
  });
  afterAll(async () => {
    await firefox?.close();
    await origins?.close();
  });

  const request = (path: string): Promise<unknown> => page.evaluate(fetchInFull, `${origins.api}${path}`);
  const recorded = (): Promise<readonly string[]> => panel.evaluate(() => corsInspector.report().exchanges.map(({ url, outcome }) => `${new URL(url).pathname} ${outcome}`));
  const panelText = (): Promise<string> => panel.evaluate('document.querySelector(".panel")?.innerText ?? ""');
  const toSee = (text: string, isThere: boolean): Promise<unknown> => waitFor(`${isThere ? '' : 'no '}"${text}"`, async () => (await panelText()).includes(text) === isThere || undefined);

  it('is missed when it is withdrawn, asked for by a click, and used at once', async () => {
    await request('/before');
    await waitFor('the request', async () => (await recorded()).includes('/before allowed') || undefined);
    await toSee(missing, false);

    await firefox.withholdAccess();
    await toSee(missing, true);
    await request('/hidden');

    await panel.click('.notice button');
    const asking = await firefox.pageAt('/extension/access/access.html');
    await waitFor('the button', () => asking.evaluate('document.readyState === "complete"').then((is) => is || undefined));
    await asking.click('button');
    await firefox.acceptPrompt();
    await toSee(missing, false);
    await waitFor('the tab that asked to be gone', () => asking.evaluate('true').then(() => undefined, () => true));

    await request('/after');
    await waitFor('the request', async () => (await recorded()).includes('/after allowed') || undefined);
    expect(await recorded()).toEqual(['/before allowed', '/after allowed']);
  });
});
