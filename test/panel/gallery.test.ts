import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { Gallery } from '../gallery/gallery.ts';
import { stories } from '../gallery/exchanges.ts';
import { type GalleryServer, startGallery } from '../gallery/server.ts';
import { launchChromium, waitFor } from '../browser/chromium.ts';

declare global {
  var gallery: Gallery;
  var executed: unknown;
}

let server: GalleryServer;
let browser: Browser;
let page: Page;
let errors: string[];

beforeAll(async () => {
  server = await startGallery();
  browser = await launchChromium({ extension: null });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  // Each test has preferences of its own.
  const context = await browser.createBrowserContext();
  page = await context.newPage();
  errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') errors.push(message.text());
  });
  return async () => {
    await context.close();
    expect(errors).toEqual([]);
  };
});

async function open(query: string, width = 1200, height = 700): Promise<void> {
  await page.setViewport({ width, height });
  await page.goto(`${server.url}?${query}`);
  await waitFor('the panel', () => has('.panel'));
}

const has = (selector: string): Promise<boolean> => page.evaluate((query) => document.querySelector(query) !== null, selector);
const text = (selector: string): Promise<string> => page.evaluate((query) => document.querySelector<HTMLElement>(query)?.innerText ?? '', selector);
const waitForText = (selector: string, wanted: string): Promise<string> =>
  waitFor(`"${wanted}" in ${selector}`, async () => {
    const found = await text(selector);
    return found.includes(wanted) ? found : undefined;
  });
const selected = (): Promise<string> => page.evaluate(() => document.querySelector<HTMLElement>('[role=option][aria-selected=true]')?.dataset['exchange'] ?? '');
const press = async (...keys: readonly Parameters<Page['keyboard']['press']>[0][]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const sideways = (): Promise<number> => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth);

describe('by keyboard', () => {
  it('the list is walked, the detail entered and the tabs turned', async () => {
    await open('case=session');
    await page.focus('[role=listbox]');
    await press('ArrowDown');
    await waitFor('the first row', async () => (await selected()) === 'header-not-allowed' || undefined);
    await press('ArrowDown');
    await waitFor('the second row', async () => (await selected()) === 'method-not-allowed' || undefined);
    await press('End');
    await waitFor('the last row', async () => (await selected()) === 'pending' || undefined);
    expect(await page.$eval('[role=listbox]', (list) => document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-selected'))).toBe('true');
    await press('Home');
    await waitForText('.detail h1', 'Allow the request header x-cart-id');
    await press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Diagnosis');
    await page.focus('[role=tab][aria-selected=true]');
    await press('ArrowRight');
    await waitForText('[role=tabpanel]', 'has to grant');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Fix');
  });

  it('a slash goes to the filter, which is part of no shortcut itself', async () => {
    await open('case=session');
    await press('/');
    await page.keyboard.type('/v1/me');
    await waitFor('one row', async () => (await page.$$('[role=option]')).length === 1 || undefined);
    expect(await page.$eval('[type=search]', (input) => (input as HTMLInputElement).value)).toBe('/v1/me');
  });

  it('l leads from anywhere to the list', async () => {
    await open('case=session');
    await page.focus('[role=listbox]');
    await press('ArrowDown', 'Enter');
    await page.focus('[role=tab][aria-selected=true]');
    await press('ArrowRight');
    await waitForText('[role=tabpanel]', 'has to grant');
    await press('l');
    expect(await page.evaluate(() => document.activeElement?.role)).toBe('listbox');
    await press('ArrowDown');
    await waitFor('the second row', async () => (await selected()) === 'method-not-allowed' || undefined);
    expect(await text('[role=tab][aria-selected=true]')).toBe('Fix');
  });

  it('f shows one fix for all that was seen of the server', async () => {
    await open('case=session');
    await page.focus('[role=listbox]');
    await press('f');
    expect(await selected()).toBe('');
    await press('ArrowDown', 'ArrowDown', 'f');
    await waitForText('[role=tabpanel]', 'has to grant');
    expect(await selected()).toBe('method-not-allowed');
    expect(await page.$$eval('.scope input', (choices) => choices.map((choice) => (choice as HTMLInputElement).checked))).toEqual([false, true]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Diagnosis');
  });

  it('a question mark shows the help, which keeps the focus and gives it back', async () => {
    await open('case=session');
    await page.focus('[role=listbox]');
    await press('ArrowDown', '?');
    await waitForText('dialog[open]', 'In the list');
    await press('/', 'f', '?');
    expect(await page.$$eval('dialog', (dialogs) => dialogs.length)).toBe(1);
    expect(await page.evaluate(() => document.querySelector('dialog')?.contains(document.activeElement))).toBe(true);
    await press('Escape');
    await waitFor('the help to be gone', async () => !(await has('dialog')) || undefined);
    expect(await page.evaluate(() => document.activeElement?.role)).toBe('listbox');
    expect(await selected()).toBe('header-not-allowed');
  });

  const states = [
    'case=empty', 'case=empty&access=withheld', 'case=session&access=withheld', 'case=session&asking=lapsed', 'case=session&trial=on',
    'case=session&file=chrome', 'case=session&file=refused', 'case=ten-thousand-headers&tab=headers', 'case=hostile&tab=why', 'case=called-by-scripts',
    ...['why', 'fix', 'headers', 'what-if', 'risks'].map((tab) => `case=session&select=header-not-allowed&tab=${tab}`),
    ...['server', 'editing', 'wrong'].map((policy) => `case=session&select=header-not-allowed&tab=fix&policy=${policy}`),
  ];
  test.each(states)('Tab leads to all that can be used: %s', async (state) => {
    await open(state);
    const [, tab] = /tab=([\w-]+)/.exec(state) ?? [];
    await waitFor('the state', () => page.evaluate((wanted, file) => (wanted === undefined || (document.querySelector(`#tab-${wanted}[aria-selected=true]`) !== null && document.querySelector('[role=tabpanel]')?.childElementCount !== 0)) && (!file || document.querySelector('.notice') !== null), tab, state.includes('file=')));
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('.detail summary').forEach((summary) => summary.click()));
    // One of a group that has the arrow keys is enough; the button in a heading of the list has a key of its own.
    const usable = await page.$$eval('button, a[href], input, select, textarea, summary, [tabindex]', (all) => {
      const wanted = all.filter((element) => element instanceof HTMLElement && element.tabIndex >= 0 && element.checkVisibility() && !element.matches(':disabled') && !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked));
      for (const [index, element] of wanted.entries()) element.setAttribute('data-usable', String(index));
      const others = all.filter((element) => element instanceof HTMLElement && element.tabIndex < 0 && element.checkVisibility() && !element.matches('[role=tab], [data-column], .heading button, section, .trial'));
      return { count: wanted.length, unreachable: others.map(({ outerHTML }) => outerHTML.slice(0, 100)) };
    });
    expect(usable.unreachable).toEqual([]);
    expect(usable.count).toBeGreaterThan(5);
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      getSelection()?.collapse(document.body, 0);
    });
    const reached = new Set<string>();
    for (let index = 0; index < 2 * usable.count + 5 && reached.size < usable.count; index++) {
      await press('Tab');
      reached.add(await page.evaluate(() => document.activeElement?.getAttribute('data-usable') ?? ''));
      reached.delete('');
    }
    expect(reached.size).toBe(usable.count);
  });

  it('the line between list and detail moves', async () => {
    await open('case=session');
    const width = (): Promise<number> => page.$eval('[role=listbox]', (list) => list.clientWidth);
    const before = await width();
    await page.focus('[role=separator]');
    await press('ArrowRight');
    await waitFor('a wider list', async () => (await width()) > before || undefined);
    expect(await page.$eval('[role=separator]', (line) => line.getAttribute('aria-valuenow'))).toBe('46');
    await press('Home');
    await waitFor('the narrowest list', async () => (await width()) < before || undefined);
    expect(await page.$eval('[role=separator]', (line) => line.getAttribute('aria-valuenow'))).toBe('20');
  });
});

describe('the columns', () => {
  const times = (): Promise<readonly string[]> => page.$$eval('.row .method', (cells) => cells.map(({ textContent }) => textContent ?? ''));
  const widthOf = (id: string): Promise<number> => page.$eval(`[data-column=${id}]`, (name) => name.getBoundingClientRect().width);
  const columnNames = (): Promise<readonly string[]> => page.$$eval('.columns button', (names) => names.map(({ textContent }) => textContent ?? ''));

  it('sort up, down and not at all, and stay so when the panel is opened again', async () => {
    await open('case=session');
    const unsorted = await times();
    await page.locator('[data-column=method]').click();
    const up = await waitFor('another order', async () => { const now = await times(); return String(now) === String(unsorted) ? undefined : now; });
    expect(up.slice(0, 2)).toEqual(['DELETE', 'GET']);
    await page.locator('[data-column=method]').click();
    const down = await waitFor('the other way', async () => { const now = await times(); return String(now) === String(up) ? undefined : now; });
    expect(down[0]).toBe('PUT');
    await open('case=session');
    expect(await times()).toEqual(down);
    await page.locator('[data-column=method]').click();
    await waitFor('the first order', async () => String(await times()) === String(unsorted) || undefined);
  });

  it('are one tab stop, and the keyboard sorts by them and widens them', async () => {
    await open('case=session', 1600);
    await page.focus('[data-column=method]');
    await press('ArrowRight');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['column'])).toBe('path');
    expect(await page.$$eval('.columns [tabindex="0"]', (stops) => stops.length)).toBe(1);
    const before = await widthOf('path');
    await page.keyboard.down('Shift');
    await press('ArrowRight');
    await page.keyboard.up('Shift');
    await waitFor('a wider column', async () => Math.round(await widthOf('path')) === Math.round(before) + 10 || undefined);
    await open('case=session', 1600);
    expect(Math.round(await widthOf('path'))).toBe(Math.round(before) + 10);
    await press('Tab');
    await page.focus('[data-column=path]');
    await press('Enter');
    await waitFor('its mark', () => has('[data-column=path][aria-pressed=true]'));
  });

  it('are dragged by their edge, which a double click resets', async () => {
    await open('case=session', 1600);
    const before = await widthOf('path');
    const edge = await page.$eval('span:has(> [data-column=path]) .edge', (line) => line.getBoundingClientRect().toJSON() as DOMRect);
    await page.mouse.move(edge.x + 2, edge.y + 5);
    await page.mouse.down();
    await page.mouse.move(edge.x + 42, edge.y + 5);
    await page.mouse.up();
    await waitFor('a wider column', async () => (await widthOf('path')) > before + 30 || undefined);
    await page.mouse.click(edge.x + 42, edge.y + 5, { count: 2 });
    await waitFor('the usual width', async () => Math.abs((await widthOf('path')) - before) < 1 || undefined);
  });

  test.each([
    [300, ['Method', 'Path', 'Reason']],
    [600, ['Method', 'Path', 'Reason', 'Status']],
    [2200, ['Method', 'Path', 'Origin', 'Reason', 'Initiator', 'Time', 'Status']],
  ])('that %s pixels have room for', async (width, names) => {
    await open('case=session', width);
    await waitFor(`the columns ${String(names)}`, async () => String(await columnNames()) === String(names) || undefined);
  });
});

describe('a server', () => {
  const buttons = (): Promise<readonly string[]> => page.$$eval('.group', (groups) => groups.map((group) => `${group.querySelector('b')?.textContent}: ${group.querySelector('button')?.textContent ?? 'none'}`));

  it('offers one fix for all of its requests that a policy repairs', async () => {
    await open('case=session', 1200, 1000);
    expect(await buttons()).toEqual(expect.arrayContaining(['api.shop.example: One fix for all', 'login.shop.example: Fix', 'cdn.assets.example: none', 'metrics.vendor.example: none']));
    await page.click('.group button');
    await waitForText('[role=tabpanel]', 'has to grant');
    expect(await selected()).toBe('header-not-allowed');
    expect(await page.$eval('.scope label:last-of-type input', (choice) => (choice as HTMLInputElement).checked)).toBe(true);
  });

  it('keeps the request that is read already', async () => {
    await open('case=session&select=wildcard-with-credentials');
    await waitForText('.detail h1', 'instead of *');
    await page.click('.group button');
    await waitForText('[role=tabpanel]', 'has to grant');
    expect(await selected()).toBe('wildcard-with-credentials');
  });
});

describe('the toolbar', () => {
  it('says what a property takes that it was not given', async () => {
    await open('case=session');
    await page.type('[type=search]', 'is:bad');
    await waitForText('main', 'is: takes blocked, allowed, not-cors,');
  });

  it('remembers the filter', async () => {
    await open('case=session');
    await page.type('[type=search]', 'method:delete');
    await waitFor('one row', async () => (await page.$$('[role=option]')).length === 1 || undefined);
    await open('case=session');
    expect(await page.$eval('[type=search]', (input) => (input as HTMLInputElement).value)).toBe('method:delete');
    expect((await page.$$('[role=option]')).length).toBe(1);
  });

  it('filters by outcome, and resets a filter that hides everything', async () => {
    await open('case=session');
    await page.locator('::-p-aria([name="Not CORS 2"][role="button"])').click();
    await waitFor('two rows', async () => (await page.$$('[role=option]')).length === 2 || undefined);
    await page.type('[type=search]', 'nowhere');
    await waitForText('main', 'The filter hides all 18 requests there are.');
    await page.locator('::-p-aria([name="Reset the filter"][role="button"])').click();
    await waitFor('every row', async () => (await page.$$('[role=option]')).length === 18 || undefined);
  });

  it('clears, and then says what to do', async () => {
    await open('case=session&select=pending');
    await page.locator('::-p-aria([name="Clear"][role="button"])').click();
    await waitForText('main', 'Reload the page');
    await page.locator('::-p-aria([name="Reload the page"][role="button"])').click();
    expect(await page.evaluate(() => globalThis.gallery.reloads)).toBe(1);
    await page.evaluate(() => globalThis.gallery.record('new', 'pending'));
    await waitFor('the new row', () => has('[data-exchange=new]'));
  });
});

describe('both browsers', () => {
  const reasons = (): Promise<readonly string[]> => page.$$eval('.tag.code', (tags) => tags.map(({ textContent }) => textContent ?? ''));

  it('name the reason, the one at hand first, with MDN about Firefox\'s', async () => {
    await open('case=header-not-allowed');
    await waitFor('the reasons', () => has('.tag.code'));
    expect(await reasons()).toEqual(['HeaderDisallowedByPreflightResponse', 'Firefox: CORSMissingAllowHeaderFromPreflight']);
    await open('case=header-not-allowed&browser=firefox');
    await waitFor('the reasons', () => has('.tag.code'));
    expect(await reasons()).toEqual(['CORSMissingAllowHeaderFromPreflight', 'Chrome: HeaderDisallowedByPreflightResponse']);
    expect(await page.$eval('.tag.code a', (link) => link.getAttribute('href')))
      .toBe('https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/CORSMissingAllowHeaderFromPreflight');
  });

  it('are told apart only where they decide differently', async () => {
    await open('case=header-not-allowed');
    await waitFor('the answer', () => has('.answer'));
    expect(await has('.other-browser')).toBe(false);
    await open('case=hostile');
    await waitForText('.other-browser', 'Firefox blocks it, too, at the preflight, but gives another reason. CORSAllowOriginNotMatchingOrigin');
    expect(await text('.other-browser li')).toMatch(/^Chrome .+\. Firefox .+\.$/);
    expect(await page.$$eval('.other-browser a', (links) => links.map((link) => new URL(link.href).host)))
      .toEqual(['developer.mozilla.org', 'fetch.spec.whatwg.org', 'chromium.googlesource.com', 'searchfox.org']);
  });
});

describe('withheld access', () => {
  const notice = 'Requests may be missing.';

  it('is said above what was recorded, until it is granted', async () => {
    await open('case=session&access=withheld');
    await waitForText('.notice', notice);
    await page.locator('::-p-aria([name="Allow access"][role="button"])').click();
    expect(await page.evaluate(() => globalThis.gallery.accessRequests)).toBe(1);
    await page.evaluate(() => globalThis.gallery.withholdAccess(false));
    await waitFor('the notice to go', async () => !(await has('.notice')) || undefined);
    expect((await page.$$('[role=option]')).length).toBe(18);
  });

  it.each([1400, 900, 560, 320])('leaves room for the list in %s pixels', async (width) => {
    await open('case=session&access=withheld', width, 600);
    await waitForText('.notice', notice);
    expect(await sideways()).toBeLessThanOrEqual(0);
    const { height, bottom } = await page.$eval('main', (main) => main.getBoundingClientRect().toJSON() as DOMRect);
    expect(bottom).toBe(600);
    expect(height).toBeGreaterThan(300);
  });

  it('is not taken for a page without requests', async () => {
    await open('case=empty&access=withheld');
    await waitForText('main h1', 'some may be hidden');
    await page.evaluate(() => globalThis.gallery.withholdAccess(false));
    await waitForText('main h1', 'No cross-origin request yet');
  });
});

describe('a term', () => {
  const isShown = (): Promise<boolean> => page.$eval('.evidence .definition', (definition) => getComputedStyle(definition).visibility === 'visible');

  it('is explained while the pointer or the focus is on it, until Escape', async () => {
    await open('case=header-not-allowed');
    await waitFor('a term', () => has('.evidence .term'));
    expect(await isShown()).toBe(false);
    await page.hover('.evidence .term');
    await waitFor('the definition', async () => (await isShown()) || undefined);
    await page.mouse.move(1, 1);
    await waitFor('it to go', async () => !(await isShown()) || undefined);
    await page.focus('.evidence .term');
    await waitFor('the definition', async () => (await isShown()) || undefined);
    await press('Escape');
    await waitFor('it to go', async () => !(await isShown()) || undefined);
  });

  it.each([1200, 320])('is explained within the detail, %s pixels wide', async (width) => {
    await open('case=header-not-allowed', width);
    await waitFor('a term', () => has('.evidence .term'));
    const { detail, definitions } = await page.evaluate(() => ({
      detail: document.querySelector('.detail')?.getBoundingClientRect().right ?? 0,
      definitions: [...document.querySelectorAll('.definition')].map((one) => one.getBoundingClientRect().right),
    }));
    for (const right of definitions) expect(right).toBeLessThanOrEqual(detail);
    expect(await sideways()).toBeLessThanOrEqual(0);
  });
});

describe('a trial', () => {
  const banner = (): Promise<string> => text('.trial');

  it('begins and ends by keyboard, with what it cannot change said before', async () => {
    await open('case=header-not-allowed&tab=fix');
    await waitForText('.try-it', 'no status, no redirect');
    await page.focus('.try-it button');
    await press('Enter');
    await waitFor('the banner', async () => (await banner()).includes('Trying out headers for https://api.shop.example in this tab. The server is unchanged.') || undefined);
    expect(await page.evaluate(() => globalThis.gallery.reloads)).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('notice trial');
    await press('Tab', 'Enter');
    await waitFor('the banner to go', async () => (await banner()) === '' || undefined);
    expect(await page.evaluate(() => globalThis.gallery.reloads)).toBe(1);
  });

  it('is not offered for what no header changes', async () => {
    await open('case=preflight-needs-login&tab=fix');
    await waitForText('.try-it', 'It cannot be tried out here.');
    expect(await has('.try-it button')).toBe(false);
  });

  it.each([
    { story: 'passes-in-trial', title: 'Passes in the trial: https://shop.example may read this response', reason: 'Passes in the trial' },
    { story: 'blocked-in-trial', title: 'Allow the method DELETE', reason: 'Preflight: DELETE is not allowed' },
  ])('is told of with what was changed: $story', async ({ story, title, reason }) => {
    await open(`case=${story}&tab=headers`);
    expect(await text('.answer h1')).toBe(title);
    expect(await text('.answer p')).toContain('The headers of the trial were added in this browser.');
    expect(await text('.row .reason')).toBe(reason);
    await waitForText('[role=tabpanel]', 'not as the server sent them');
  });

  it.each([1400, 900, 560, 320])('leaves room for the list in %s pixels', async (width) => {
    await open('case=session&trial=on', width, 600);
    await waitForText('.trial', 'Trying out');
    expect(await sideways()).toBeLessThanOrEqual(0);
    const { height, bottom } = await page.$eval('main', (main) => main.getBoundingClientRect().toJSON() as DOMRect);
    expect(bottom).toBe(600);
    expect(height).toBeGreaterThan(300);
  });
});

describe('what if', () => {
  const verdicts = (): Promise<string> => text('.verdicts');
  const write = async (index: number, headers: string): Promise<void> => {
    const areas = await page.$$('.answer-editor textarea');
    await areas[index]?.evaluate((area, value) => {
      area.value = value;
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }, headers);
  };
  const grants = 'Access-Control-Allow-Origin: https://shop.example\nAccess-Control-Allow-Credentials: true\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: content-type, x-cart-id';

  it('the server answered otherwise: both browsers judge it as it is typed', async () => {
    await open('case=header-not-allowed&tab=what-if');
    await waitForText('.verdicts', 'Chrome would block it at the preflight: x-cart-id is not allowed. HeaderDisallowedByPreflightResponse');
    await write(0, grants);
    await waitForText('.verdicts', 'Firefox would block it: No Access-Control-Allow-Origin. CORSMissingAllowOrigin');
    await write(1, grants);
    await waitForText('.verdicts', 'Chrome would let the script read the response.');
    expect(await verdicts()).toContain('Firefox would let the script read the response.');
    await write(1, 'Access-Control-Allow-Origin: *');
    await waitForText('.verdicts', 'Wildcard origin with credentials');
    await page.select('.choice select', 'omit');
    await waitForText('.verdicts', 'Chrome would let the script read the response.');
    await page.locator('::-p-aria([name="Back to what was seen"][role="button"])').click();
    await waitForText('.verdicts', 'x-cart-id is not allowed');
  });

  it('begins with what the browser decided, where that depends on a credentials mode that was not seen', async () => {
    await open('case=called-by-scripts&tab=what-if');
    const code = await text('.tags .code');
    await waitForText('.verdicts', `Chrome would block it at the preflight: PUT is not allowed. ${code}`);
    expect(await page.$eval('.choice select', (choice) => (choice as HTMLSelectElement).value)).toBe('omit');
  });

  it('says which line cannot be read, and judges nothing until it can', async () => {
    await open('case=wildcard-with-credentials&tab=what-if');
    await waitForText('.verdicts', 'WildcardOriginNotAllowed');
    await write(0, 'Access-Control-Allow-Origin');
    await waitForText('.problems', 'Line 1 has no colon. Write Name: value.');
    expect(await verdicts()).toContain('has nothing to judge');
    expect(await page.$eval('.answer-editor textarea', (area) => area.getAttribute('aria-describedby'))).toBe(await page.$eval('.problems', (list) => list.id));
  });

  it('is not asked about what no header changes', async () => {
    await open('case=name-not-resolved');
    await waitFor('the tabs', () => has('#tab-why'));
    expect(await has('#tab-what-if')).toBe(false);
  });
});

describe('who asked', () => {
  it('is said, and each call leads to its line', async () => {
    await open('case=called-by-scripts');
    expect(await waitForText('.known', 'Called by')).toContain('request, app-3f9c21d8e0b7.js:1');
    await page.locator('::-p-text(What called that)').click();
    await page.locator('.calls li:nth-child(2) button').click();
    expect(await page.evaluate(() => globalThis.gallery.opened)).toEqual(['https://shop.example/assets/cart.js:218']);
  });

  it('is said in a browser that shows no lines', async () => {
    await open('case=asked-of-the-page&browser=firefox&asking=on');
    expect(await waitForText('.known', 'Called by')).toContain('request, app-3f9c21d8e0b7.js:1');
    expect(await has('.known button')).toBe(false);
  });

  it('leaves one reason where the page says what it asked for', async () => {
    await open('case=called-by-scripts');
    await waitForText('.detail', 'Nothing that was seen rules out another reason.');
    await open('case=asked-of-the-page&asking=on');
    await waitForText('.known', 'include. The page said so: credentials is include.');
    expect(await text('.detail')).not.toContain('another reason');
  });
});

describe('copying', () => {
  it('hands over the snippet that is shown, and says so', async () => {
    await open('case=header-not-allowed&tab=fix');
    const shown = await waitFor('the snippet', async () => (await page.evaluate(() => document.querySelector('pre')?.textContent)) ?? undefined);
    await page.locator('::-p-aria([name="Copy"][role="button"])').click();
    await waitForText('.detail [role=status]', 'Copied');
    expect(await page.evaluate(() => globalThis.gallery.copied)).toEqual([shown]);
    expect(shown).toContain('x-cart-id');
  });

  it('selects the snippet when the browser refuses', async () => {
    await open('case=header-not-allowed&tab=fix&clipboard=refused');
    await page.locator('::-p-aria([name="Copy"][role="button"])').click();
    await waitForText('.detail [role=status]', 'The browser refused');
    expect(await page.evaluate(() => getSelection()?.toString())).toContain('x-cart-id');
  });

  it('remembers the server that was chosen', async () => {
    await open('case=header-not-allowed&tab=fix');
    await waitFor('the choice', () => has('select'));
    expect(await page.$eval('select', (select) => select.value)).toBe('nginx');
    await page.select('select', 'apache');
    await open('case=header-not-allowed&tab=fix');
    await waitFor('the choice', () => has('select'));
    expect(await page.$eval('select', (select) => select.value)).toBe('apache');
  });
});

describe('the policy', () => {
  const snippet = (): Promise<string> => text('.snippet pre');
  /** Puts the text into the field in the place of what is there. */
  const write = async (field: string, words: string): Promise<void> => {
    await page.focus(field);
    await page.keyboard.down('Control');
    await press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type(words);
  };
  const pressButton = (name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"][role="button"])`).click();
  const changesOf = (field: string): Promise<readonly string[]> => page.$eval(field, (input) =>
    (input.getAttribute('aria-describedby') ?? '').split(' ').flatMap((id) => [...document.querySelectorAll(`#${id} li`)].map((item) => item.textContent ?? '')));

  it('is edited by keyboard, and the snippet follows', async () => {
    await open('case=header-not-allowed&tab=fix');
    await pressButton('Edit');
    await write('#policy-exposedHeaders', 'ETag, x-a/b');
    await waitForText('.snippet', 'No snippet yet. One thing has to change first:');
    expect(await changesOf('#policy-exposedHeaders')).toEqual(['Remove “x-a/b” from the exposed headers: it is not a header name.']);
    expect(await page.$eval('#policy-exposedHeaders', (input) => input.getAttribute('aria-invalid'))).toBe('true');
    // The list of the filter has a shortcut of one character.
    expect(await page.$eval('[type=search]', (input) => (input as HTMLInputElement).value)).toBe('');
    await press('Backspace', 'Backspace');
    await waitForText('.snippet pre', '"etag, x-a"');
    expect(await changesOf('#policy-exposedHeaders')).toEqual([]);
    await write('#policy-origins', 'https://b.example/\nhttps://c.example');
    await waitForText('.policy', 'Write “https://b.example” instead of “https://b.example/”: an origin does not end in a slash.');
    await write('#policy-origins', 'https://b.example\nhttps://c.example');
    await waitForText('.snippet pre', '"https://c.example" "https://c.example"');
    await pressButton('Copy');
    await waitForText('.detail [role=status]', 'Copied');
    expect(await page.evaluate(() => globalThis.gallery.copied.at(-1))).toBe(await page.$eval('.snippet pre', (block) => block.textContent));
    await pressButton('Done');
    await waitForText('.policy dl', 'https://c.example');
    await pressButton('Reset');
    await waitFor('the derived policy', async () => !(await snippet()).includes('c.example') || undefined);
    await waitFor('the focus on what is left', () => page.evaluate(() => document.activeElement?.textContent === 'Edit'));
  });

  it('wants no credentials for any origin', async () => {
    await open('case=wildcard-with-credentials&tab=fix');
    await pressButton('Edit');
    await page.locator('::-p-aria([name="Any origin, without credentials"][role="checkbox"])').click();
    await waitForText('.snippet', 'Name each origin: browsers refuse “*” for a request with credentials.');
    await page.locator('::-p-aria([name="Credentials"][role="checkbox"])').click();
    await waitForText('.snippet pre', 'Access-Control-Allow-Origin *');
  });

  it('is kept for its request as long as the panel lives', async () => {
    await open('case=session&select=header-not-allowed&tab=fix');
    await pressButton('Edit');
    await write('#policy-maxAge', '5');
    await waitForText('.snippet pre', '"5"');
    await page.locator('[data-exchange=method-not-allowed]').click();
    await waitFor('the other policy', async () => !(await snippet()).includes('"5"') || undefined);
    await page.locator('[data-exchange=header-not-allowed]').click();
    await waitForText('.snippet pre', '"5"');
    await waitForText('.policy', 'Edited.');
  });

  it('is for one request or for everything that was seen of its server', async () => {
    await open('case=session&select=header-not-allowed&tab=fix');
    await waitForText('.policy', 'For all 9 seen');
    expect(await snippet()).not.toContain('DELETE');
    await page.locator('::-p-aria([name="For all 9 seen, so that no other breaks"][role="radio"])').click();
    await waitForText('.snippet pre', '"PUT, PATCH, DELETE"');
    await page.locator('::-p-text(1 request left out)').click();
    await waitForText('.left-out', 'origin null');
    await page.locator('[data-exchange=method-not-allowed]').click();
    await waitForText('.snippet pre', '"PUT, PATCH, DELETE"');
  });

  test.each(['server', 'editing', 'wrong'])('fits every width and has a name for each control: %s', async (state) => {
    await open(`case=session&select=header-not-allowed&tab=fix&policy=${state}`);
    await waitFor('the state', () => has(state === 'server' ? '.scope label:last-of-type input:checked' : state === 'wrong' ? '.not-yet' : '.editor'));
    for (const width of [1400, 900, 560, 320]) {
      await page.setViewport({ width, height: 600 });
      await waitFor(`a width of ${width} pixels`, async () => (await page.evaluate(() => innerWidth)) === width || undefined);
      expect(await sideways(), `pixels beyond a width of ${width}`).toBeLessThanOrEqual(0);
      expect(await page.$eval('.detail', (detail) => detail.scrollWidth - detail.clientWidth), `pixels of the detail beyond a width of ${width}`).toBeLessThanOrEqual(0);
    }
    const unnamed = await page.$$eval('.detail :is(input, textarea, select, button)', (controls) => controls.filter((control) =>
      !(control as HTMLInputElement).labels?.length && !control.textContent && !control.getAttribute('aria-label')).map(({ outerHTML }) => outerHTML));
    expect(unnamed).toEqual([]);
    const described = await page.$$eval('[aria-describedby]', (controls) => controls.flatMap((control) => (control.getAttribute('aria-describedby') ?? '').split(' ')).filter((id) => !document.getElementById(id)));
    expect(described, 'ids that describe a control and are not there').toEqual([]);
  });
});

describe('handing over', () => {
  it('copies the commands for curl', async () => {
    await open('case=header-not-allowed&tab=fix');
    await page.locator('::-p-text(Check it with curl)').click();
    await page.locator('::-p-aria([name="Copy commands"][role="button"])').click();
    await waitFor('the copy', () => page.evaluate(() => globalThis.gallery.copied.length === 1));
    expect(await page.evaluate(() => globalThis.gallery.copied[0])).toContain("--header 'Access-Control-Request-Headers: content-type,x-cart-id'");
  });

  it('copies the report, with the policy as it is edited', async () => {
    await open('case=header-not-allowed&tab=fix&policy=editing');
    await page.locator('#policy-maxAge').fill('7');
    await page.locator('::-p-text(Report for whoever owns the server)').click();
    await page.locator('::-p-aria([name="Copy report"][role="button"])').click();
    await waitFor('the copy', () => page.evaluate(() => globalThis.gallery.copied.length === 1));
    const report = await page.evaluate(() => globalThis.gallery.copied[0] ?? '');
    expect(report).toMatch(/^# Allow the request header x-cart-id\n/);
    expect(report).toContain('7 seconds');
    expect(report).toContain('## Configuration for nginx');
  });

  it('copies what to paste where no server has to change', async () => {
    await open('case=blocked-by-csp&tab=why');
    await page.locator('::-p-aria([name="Copy this text"][role="button"])').click();
    await waitFor('the copy', () => page.evaluate(() => globalThis.gallery.copied.length === 1));
    expect(await page.evaluate(() => globalThis.gallery.copied)).toEqual(['https://metrics.vendor.example']);
  });
});

describe('high contrast', () => {
  it('shows what is marked, selected and pressed without the colours of the panel', async () => {
    const session = await page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'forced-colors', value: 'active' }] });
    await open('case=session&select=header-not-allowed');
    await waitForText('mark', 'x-cart-id');
    const shown = await page.evaluate(() => {
      const styleOf = (selector: string): CSSStyleDeclaration => getComputedStyle(document.querySelector(selector) ?? document.documentElement);
      return {
        mark: styleOf('mark').color !== styleOf('body').backgroundColor,
        tab: styleOf('[role=tab][aria-selected=true]').borderBottomStyle, otherTab: styleOf('[role=tab][aria-selected=false]').borderBottomStyle,
        chip: styleOf('.chip[aria-pressed=true]').outlineStyle, row: styleOf('[role=option][aria-selected=true]').outlineStyle,
      };
    });
    expect(shown).toEqual({ mark: true, tab: 'solid', otherTab: 'none', chip: 'solid', row: 'solid' });
  });
});

describe('hostile strings', () => {
  test.each(['why', 'fix', 'headers', 'what-if', 'risks'])('neither run nor break the layout: %s', async (tab) => {
    await open(`case=hostile&tab=${tab}`, 320, 600);
    await waitFor('the tab', () => has(`#tab-${tab}[aria-selected=true]`));
    expect(await sideways()).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => globalThis.executed)).toBeUndefined();
    expect(await page.$$eval('.detail img, .detail script, .detail b b', (found) => found.length)).toBe(0);
    const inside = await page.$eval('.detail', (detail) => detail.scrollWidth - detail.clientWidth);
    expect(inside, 'pixels of the detail beyond its right edge').toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => /[\u202e\u200b\u2066]/.test(document.body.innerText))).toBe(false);
  });

  test.each(['why', 'fix', 'headers'])('stay few in the document when a script asks for thousands of headers: %s', async (tab) => {
    await open(`case=thousands-of-headers&tab=${tab}`);
    await waitFor('the tab', () => has(`#tab-${tab}[aria-selected=true]`));
    expect(await page.$$eval('.detail *', (elements) => elements.length)).toBeLessThan(2000);
  });

  it('are shown in part when a response has 10,000 headers, those that matter among them, and in full on demand', async () => {
    await open('case=ten-thousand-headers&tab=headers', 320, 600);
    await waitForText('.headers .failed', 'https://other.example');
    expect(await page.$$eval('.detail *', (elements) => elements.length)).toBeLessThan(3000);
    expect(await sideways()).toBeLessThanOrEqual(0);
    await page.locator('::-p-text(Show all 10,003 headers)').click();
    await waitFor('every header', async () => (await page.$$eval('.headers tr', (rows) => rows.length)) > 10_000 || undefined);
    expect(await page.$$eval('.headers b', (found) => found.length)).toBe(0);
  });

  it('neither run nor break the layout as the names of scripts', async () => {
    await open('case=called-by-hostile-scripts', 320, 600);
    await page.locator('::-p-text(What called that)').click();
    expect(await page.$$eval('.calls li', (calls) => calls.length)).toBe(19);
    expect(await sideways()).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => globalThis.executed)).toBeUndefined();
    expect(await page.$$eval('.calls img, .calls b', (found) => found.length)).toBe(0);
    expect(await page.$eval('.detail', (detail) => detail.scrollWidth - detail.clientWidth), 'pixels of the detail beyond its right edge').toBeLessThanOrEqual(0);
  });

  it('are whole on demand, in a box of their own', async () => {
    await open('case=hostile&tab=headers', 900, 600);
    await page.locator('.headers button').click();
    await waitFor('the whole value', () => has('.whole'));
    expect(await page.$eval('.whole', (box) => box.textContent?.length ?? 0)).toBeGreaterThan(100_000);
    expect(await sideways()).toBeLessThanOrEqual(0);
  });
});

test.each(Object.keys(stories))('%s has an answer, says where to read on, and fits every width', async (story) => {
  await open(`case=${story}`);
  await waitFor('the answer', () => has('.answer'));
  expect((await text('.answer h1')).length).toBeGreaterThan(10);
  expect((await text('.answer p')).length).toBeGreaterThan(10);
  const links = await page.$$eval('[role=tabpanel] .links a', (anchors) => anchors.map(({ href }) => href));
  expect(links).toEqual([expect.stringMatching(/^https:\/\/(\w+\.spec\.whatwg\.org|w3c\.github\.io|wicg\.github\.io|www\.rfc-editor\.org)\//), expect.stringMatching(/^https:\/\/developer\.mozilla\.org\/en-US\/docs\/Web\//)]);
  for (const width of [1400, 900, 560, 320]) {
    await page.setViewport({ width, height: 600 });
    await waitFor(`a width of ${width} pixels`, async () => (await page.evaluate(() => innerWidth)) === width || undefined);
    expect(await sideways(), `pixels beyond a width of ${width}`).toBeLessThanOrEqual(0);
  }
});

test.each(['light', 'dark'])('the panel is %s when DevTools is, whatever the system is', async (theme) => {
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: theme === 'light' ? 'dark' : 'light' }]);
  await open(`case=session&theme=${theme}`);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(theme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(40, 40, 40)');
});

it('draws only what is in sight of thousands of requests, and gets to the last one', async () => {
  await open('case=thousands');
  await waitForText('.chips', '5,000');
  expect((await page.$$('[role=option]')).length).toBeLessThan(80);
  await page.focus('[role=listbox]');
  await press('End');
  await waitFor('the last row', async () => (await selected()) !== '' || undefined);
  expect((await page.$$('[role=option]')).length).toBeLessThan(80);
  expect(await page.$eval('[role=option][aria-selected=true]', (row) => row.getAttribute('aria-posinset'))).toBe('5000');
});
