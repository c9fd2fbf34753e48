import axeCore from 'axe-core';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium, waitFor } from '../browser/chromium.ts';
import { stories } from '../gallery/exchanges.ts';
import { harFiles } from '../gallery/har-files.ts';
import { type GalleryServer, startGallery } from '../gallery/server.ts';

let server: GalleryServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startGallery();
  browser = await launchChromium({ extension: null });
  page = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

async function open(query: string, width = 1200): Promise<void> {
  await page.setViewport({ width, height: 700 });
  await page.goto(`${server.url}?${query}`);
  await waitFor('the panel', () => page.evaluate(() => document.querySelector('.panel') !== null));
  await page.evaluate(axeCore.source);
}

/** What axe-core finds in the page as it is: each rule with the elements that break it. */
const violations = (): Promise<readonly string[]> => page.evaluate(async () => {
  const { axe } = globalThis as unknown as { readonly axe: typeof import('axe-core') };
  const { violations: found } = await axe.run(document, { resultTypes: ['violations'] });
  return found.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${help}\n${html}\n${failureSummary ?? ''}`));
});

const tabs = (): Promise<readonly string[]> => page.$$eval('[role=tab]', (all) => all.map(({ id }) => id));

describe.each(['light', 'dark'])('axe-core finds nothing, %s', (theme) => {
  test.each(['session', 'empty', 'thousands', 'session&access=withheld', 'empty&access=withheld', 'session&trial=on'])('in %s', async (name) => {
    await open(`case=${name}&theme=${theme}`);
    expect(await violations()).toEqual([]);
  });

  test.each(Object.keys(stories))('in any tab of %s', async (story) => {
    await open(`case=${story}&theme=${theme}`);
    for (const tab of await waitFor('the tabs', async () => { const all = await tabs(); return all.length > 0 ? all : undefined; })) {
      await page.click(`#${tab}`);
      await waitFor(tab, () => page.evaluate((id) => document.querySelector(`#${id}[aria-selected=true]`) !== null && document.querySelector('[role=tabpanel]')?.childElementCount !== 0, tab));
      expect(await violations(), tab).toEqual([]);
    }
  });

  test.each(['server', 'editing', 'wrong'])('in the policy: %s', async (state) => {
    await open(`case=session&select=header-not-allowed&tab=fix&policy=${state}&theme=${theme}`);
    await waitFor('the state', () => page.evaluate((shown) => document.querySelector(shown) !== null, state === 'server' ? '.scope label:last-of-type input:checked' : state === 'wrong' ? '#policy-maxAge[aria-invalid=true]' : '.editor'));
    await page.evaluate(() => document.querySelectorAll<HTMLElement>('.detail summary').forEach((summary) => summary.click()));
    await waitFor('the commands and the report', () => page.evaluate(() => document.querySelectorAll('.snippet details pre').length === 2));
    expect(await violations()).toEqual([]);
  });

  test.each(Object.keys(harFiles))('in a panel that was handed the file %s', async (file) => {
    await open(`case=session&file=${file}&theme=${theme}`);
    await waitFor('the notice', () => page.evaluate(() => document.querySelector('.notice') !== null));
    expect(await violations()).toEqual([]);
  });

  test('in the menu of exports', async () => {
    await open(`case=session&theme=${theme}`, 320);
    await page.click('[aria-label=Export]');
    await waitFor('the menu', () => page.evaluate(() => document.querySelector('[role=menu]') !== null));
    expect(await violations()).toEqual([]);
  });

  test.each([1200, 320])('in the help, %i pixels wide', async (width) => {
    await open(`case=session&theme=${theme}`, width);
    await page.click('[aria-label=Help]');
    await waitFor('the help', () => page.evaluate(() => document.querySelector('dialog[open]') !== null));
    expect(await violations()).toEqual([]);
  });

  test('in a narrow panel', async () => {
    await open(`case=session&select=header-not-allowed&theme=${theme}`, 320);
    expect(await violations()).toEqual([]);
  });
});
