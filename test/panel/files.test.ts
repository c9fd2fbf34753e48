import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Har } from '../../src/har/har.ts';
import type { Report } from '../../src/report.ts';
import { launchChromium, waitFor } from '../browser/chromium.ts';
import { harFiles } from '../gallery/har-files.ts';
import { type GalleryServer, startGallery } from '../gallery/server.ts';

declare global {
  /** Of the last file that was saved. */
  var savedText: string | undefined;
  /** Type and name of each file. */
  var savedFiles: string[] | undefined;
}

let server: GalleryServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await startGallery();
  browser = await launchChromium({ extension: null });
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
});
beforeEach(async () => {
  page = await browser.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.evaluateOnNewDocument(() => {
    const createObjectURL = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      void (blob as Blob).text().then((text) => (globalThis.savedText = text));
      return createObjectURL(blob);
    };
  });
  return async () => {
    await page.close();
    expect(errors).toEqual([]);
  };
});

async function open(query: string, width = 1200): Promise<void> {
  await page.setViewport({ width, height: 600 });
  await page.goto(`${server.url}?${query}`);
  await waitFor('the panel', () => has('.panel'));
}

const has = (selector: string): Promise<boolean> => page.evaluate((query) => document.querySelector(query) !== null, selector);
const waitForText = (selector: string, wanted: string): Promise<string> => waitFor(`"${wanted}" in ${selector}`, async () => {
  const found = await page.evaluate((query) => document.querySelector<HTMLElement>(query)?.innerText ?? '', selector);
  return found.includes(wanted) ? found : undefined;
});
const paths = (): Promise<readonly string[]> => page.$$eval('[role=option] .path', (found) => found.map(({ textContent }) => textContent ?? ''));
const sideways = (): Promise<number> => page.evaluate(() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth);
const click = (name: string): Promise<void> => page.locator(`::-p-aria([name="${name}"])`).click();
const press = async (...keys: readonly Parameters<Page['keyboard']['press']>[0][]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
const saved = (): Promise<string> => waitFor('a file to be saved', () => page.evaluate(() => globalThis.savedText));

const secretsItem = 'Include secrets (cookies, tokens) in this export';

describe('the export menu', () => {
  beforeEach(() => open('case=session'));
  const isOpen = (): Promise<boolean> => has('[role=menu]');

  it('is walked by keyboard, and gives the focus back', async () => {
    await page.focus('[aria-label=Export]');
    expect(await page.$eval('[aria-label=Export]', (button) => [button.getAttribute('aria-haspopup'), button.getAttribute('aria-expanded')])).toEqual(['menu', 'false']);
    await press('ArrowDown');
    await waitFor('the first item', async () => (await focused()) === 'HAR 1.2' || undefined);
    await press('ArrowDown');
    expect(await focused()).toBe('JSON report');
    await press('End');
    expect(await focused()).toBe(secretsItem);
    await press('ArrowDown');
    expect(await focused()).toBe('HAR 1.2');
    await press('ArrowUp', 'Home', 'j');
    expect(await focused()).toBe('JSON report');
    await press('ArrowDown');
    expect(await focused()).toBe('Markdown report');
    await press('c');
    expect(await focused()).toBe('curl commands');
    await press('Escape');
    await waitFor('the menu to close', async () => !(await isOpen()) || undefined);
    expect(await focused()).toBe('Export');
    await press('ArrowUp');
    await waitFor('the last item', async () => (await focused()) === secretsItem || undefined);
    await press('Tab');
    await waitFor('the menu to close', async () => !(await isOpen()) || undefined);
  });

  it('closes when something else is clicked', async () => {
    await click('Export');
    await waitFor('the menu', isOpen);
    await page.click('[type=search]');
    await waitFor('the menu to close', async () => !(await isOpen()) || undefined);
  });

  it('saves HAR without secrets, unless they are asked for this time', async () => {
    const cookies = async (): Promise<readonly string[]> => {
      const { log } = JSON.parse(await saved()) as Har;
      expect(log.entries.length).toBeGreaterThan(15);
      await page.evaluate(() => (globalThis.savedText = undefined));
      return [...new Set(log.entries.flatMap(({ request }) => request.headers.filter(({ name }) => name === 'Cookie').map(({ value }) => value)))];
    };
    const checked = (): Promise<string | null> => page.$eval('[role=menuitemcheckbox]', (item) => item.getAttribute('aria-checked'));
    await click('Export');
    await click('HAR 1.2');
    expect(await cookies()).toEqual(['(redacted)']);

    await click('Export');
    await press('End', 'Space');
    await waitFor('the tick', async () => (await checked()) === 'true' || undefined);
    await click('HAR 1.2');
    expect(await cookies()).toEqual(['session=3f1c']);

    await click('Export');
    expect(await checked()).toBe('false');
  });

  it('saves the report', async () => {
    await click('Export');
    await click('JSON report');
    const report = JSON.parse(await saved()) as Report;
    expect(report).toMatchObject({ format: 'cors-inspector', version: 1, page: 'https://shop.example/' });
    expect(report.exchanges.length).toBe(18);
  });

  it.each([
    ['Markdown report', ['https://api.shop.example', 'What the server has to grant', 'What is not CORS'], 'Secrets: left out', 'Secrets: included'],
    ['curl commands', ['#!/bin/sh', 'https://api.shop.example/v1/me'], 'Cookie: (redacted)', 'Cookie: session=3f1c'],
  ] as const)('saves %s without secrets, unless they are asked for this time', async (item, words, without, within) => {
    await click('Export');
    await click(item);
    const redacted = await saved();
    for (const word of [...words, without]) expect(redacted).toContain(word);
    expect(redacted).not.toContain(within);
    await page.evaluate(() => (globalThis.savedText = undefined));

    await click('Export');
    await press('End', 'Space');
    await click(item);
    const included = await saved();
    for (const word of [...words, within]) expect(included).toContain(word);
    expect(included).not.toContain(without);
  });

  it('gives each file a name and a type that go together', async () => {
    await page.evaluate(() => {
      const files: string[] = [];
      const createObjectURL = URL.createObjectURL.bind(URL);
      URL.createObjectURL = (blob) => {
        files.push((blob as Blob).type);
        return createObjectURL(blob);
      };
      HTMLAnchorElement.prototype.click = function () {
        files.push(this.download);
      };
      globalThis.savedFiles = files;
    });
    await click('Export');
    await waitFor('the menu', () => has('[role=menu]'));
    const items = await page.$$eval('[role=menuitem]', (found) => found.map((item) => [item.textContent ?? '', item.getAttribute('title') ?? '']));
    expect(items.map(([name]) => name)).toEqual(['HAR 1.2', 'JSON report', 'Markdown report', 'curl commands']);
    for (const [name = '', what] of items) {
      expect(what).not.toBe('');
      if (!await has('[role=menu]')) await click('Export');
      await click(name);
    }
    expect(await waitFor('every file', async () => {
      const files = await page.evaluate(() => globalThis.savedFiles);
      return files?.length === 2 * items.length ? files : undefined;
    })).toEqual(['application/json', 'cors.har', 'application/json', 'cors-report.json', 'text/markdown', 'cors-report.md', 'application/x-sh', 'cors-check.sh']);
  });

  it.each([1400, 560, 320])('stays within %s pixels', async (width) => {
    await open('case=session', width);
    await click('Export');
    await waitFor('the menu', isOpen);
    expect(await sideways()).toBeLessThanOrEqual(0);
    const { left, right, bottom } = await page.$eval('[role=menu]', (menu) => menu.getBoundingClientRect().toJSON() as DOMRect);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(width);
    expect(bottom).toBeLessThanOrEqual(600);
  });
});

describe('a file that is dropped', () => {
  it('is shown with its name, and leaves the live recording as it goes on', async () => {
    await open('case=session&file=chrome');
    await waitForText('.notice', 'app.example.har is shown, not the inspected page.');
    expect(await paths()).toEqual(['/refused', '/allowed', '/unanswered']);
    expect(await has('[aria-label=Clear]')).toBe(false);
    await page.evaluate(() => globalThis.gallery.record('meanwhile', 'pending'));
    await click('Back to live recording');
    await waitFor('what was recorded meanwhile', () => has('[data-exchange=meanwhile]'));
    expect((await paths()).length).toBe(19);
    expect(await has('.notice')).toBe(false);
  });

  it('is diagnosed as if it had been recorded', async () => {
    await open('case=empty&file=chrome');
    await waitForText('[role=listbox]', 'Another path of this server allows the page');
    await page.click('[role=option]');
    await waitForText('.detail h1', 'Allow the origin https://app.example');
    await waitForText('.answer', 'MissingAllowOriginHeader');
  });

  it('says what it does not tell', async () => {
    await open('case=empty&file=firefox');
    await waitForText('.notice', 'Firefox wrote it. It does not tell how a request ended.');
    await page.click('[role=option]:last-child');
    await waitForText('.detail h1', 'The file does not tell what became of this request');
    await waitForText('.chips', 'Unknown 1');
  });

  it('is exported in place of the live recording, with what it is', async () => {
    await open('case=session&file=firefox');
    await waitForText('.notice', 'is shown');
    await click('Export');
    await click('HAR 1.2');
    const { log } = JSON.parse(await saved()) as Har;
    expect(log.browser).toEqual({ name: 'firefox', version: '153.7.0' });
    expect(log.entries.map(({ request }) => new URL(request.url).pathname)).toEqual(['/refused', '/allowed', '/unanswered']);
    await page.evaluate(() => (globalThis.savedText = undefined));
    await click('Export');
    await click('Markdown report');
    const report = await saved();
    for (const words of ['Browser: Firefox `153.7.0`', 'GET https://api.example/unanswered', 'It does not tell how a request ended.']) expect(report).toContain(words);
  });

  it('is refused with what to do, and what is shown stays', async () => {
    await open('case=session&file=refused');
    await waitForText('[role=alert]', 'cors-report.json was not imported. This is a JSON report.');
    expect((await paths()).length).toBe(18);
    await click('Dismiss');
    await waitFor('the notice to go', async () => !(await has('.notice')) || undefined);
  });

  it('may hold nothing for CORS', async () => {
    await open('case=session&file=without-cross-origin-requests');
    await waitForText('main h1', 'No cross-origin request in this file');
    await click('Back to live recording');
    await waitFor('the live rows', async () => (await paths()).length === 18 || undefined);
  });

  it('may have any name', async () => {
    await open('case=session&file=hostile-name', 320);
    await waitForText('.notice', '‹U+202E›gnp.exe<img');
    expect(await sideways()).toBeLessThanOrEqual(0);
    expect(await page.evaluate(() => globalThis.executed)).toBeUndefined();
  });

  it.each([1400, 900, 560, 320])('leaves room for the list in %s pixels', async (width) => {
    await open('case=session&file=firefox', width);
    await waitForText('.notice', 'is shown');
    expect(await sideways()).toBeLessThanOrEqual(0);
    const { height, bottom } = await page.$eval('main', (main) => main.getBoundingClientRect().toJSON() as DOMRect);
    expect(bottom).toBe(600);
    expect(height).toBeGreaterThan(250);
  });

  it('is announced while it is dragged', async () => {
    await open('case=session');
    const drag = (kind: 'dragover' | 'dragleave') => page.evaluate((type) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([''], 'a.har'));
      const event = new DragEvent(type, { dataTransfer, cancelable: true });
      document.dispatchEvent(event);
      return event.defaultPrevented;
    }, kind);
    expect(await drag('dragover')).toBe(true);
    await waitForText('.drop-hint', 'Drop a HAR file');
    await drag('dragleave');
    await waitFor('the hint to go', async () => !(await has('.drop-hint')) || undefined);
  });
});

describe('the import button', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cors-inspector-har-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('opens the file that is chosen, by keyboard', async () => {
    const path = join(folder, 'chosen.har');
    await writeFile(path, harFiles['chrome']?.text ?? '');
    await open('case=session');
    const chosen = page.waitForFileChooser();
    await page.focus('[aria-label=Import]');
    // Whatever was asked of the page before this is done once it answers: so it is that the chooser is not shown.
    await waitFor('the focus', () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') === 'Import' || undefined));
    await press('Enter');
    const chooser = await chosen;
    await chooser.accept([path]);
    await waitForText('.notice', 'chosen.har is shown');
    expect(await paths()).toEqual(['/refused', '/allowed', '/unanswered']);
    // The same file may be chosen again.
    expect(await page.$eval('input[type=file]', (input) => (input as HTMLInputElement).value)).toBe('');
  });
});
