import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ExchangeReport } from '../../src/report.ts';
import { launchChromium, openPanel, waitFor } from '../browser/chromium.ts';
import type { DevTools, Driven, InspectedPage } from '../browser/driven.ts';
import { launchFirefox } from '../browser/firefox.ts';
import type { InspectedBrowser } from '../browser/inspect.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import { startRawServer } from '../playground/raw-server.ts';
import { type Playground, startPlayground } from '../playground/server.ts';
import { browsers } from './browsers.ts';
import { run, untilNew } from './inspected-playground.ts';

describe.each(browsers)('a trial in $name', ({ inspect }) => {
  let profile: string;
  let playground: Playground;
  let browser: InspectedBrowser;
  let page: InspectedPage;
  let devTools: DevTools;
  let panel: Driven;

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'cors-inspector-profile-'));
    playground = await startPlayground();
    browser = await inspect({ profile });
  });
  afterAll(async () => {
    await browser?.close();
    await playground?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  });
  beforeEach(async () => {
    page = await browser.newPage();
    await page.goto(playground.appUrl);
    devTools = await (await page.openDevTools())();
    ({ panel } = devTools);
  });
  afterEach(() => page.close());

  const lastOf = (id: string): Promise<ExchangeReport> => waitFor(`the exchange of ${id}`, async () => {
    const { exchanges } = await panel.evaluate(() => corsInspector.report());
    const found = exchanges.findLast(({ url }) => new URL(url).pathname === `/${id}`);
    return found?.outcome === 'pending' || found?.basis.value === 'computed' ? undefined : found;
  });

  /** Firefox's driver does one thing after the other, and must not wait for an answer that is held. */
  const beginFetch = (url: string): Promise<unknown> => page.evaluate((to) => {
    Object.assign(window, { answered: fetch(to).then(() => 'readable', () => 'blocked') });
  }, url);
  const answered = (): Promise<unknown> => page.evaluate('window.answered');

  const banner = (): Promise<string> => panel.evaluate(() => document.querySelector('.trial')?.textContent ?? '');

  /** Makes the request, and tries out what the panel proposes for it. */
  async function tryOut(id: string, request = () => run(page, id)): Promise<void> {
    expect(await request()).toBe('blocked');
    const isNew = await untilNew(page);
    await panel.click('[role=option]', `/${id}`);
    await panel.click('[role=tab]', 'Fix');
    await panel.click('button', 'Try it in this tab');
    await waitFor('the banner', async () => (await banner()).includes('The server is unchanged') || undefined);
    await isNew();
  }

  it.each([
    { id: 'missing-allow-origin', what: 'a request' },
    { id: 'header-not-allowed', what: 'a request with a preflight for its headers' },
    { id: 'method-wildcard-with-credentials', what: 'a request with a preflight and credentials' },
    { id: 'wildcard-with-credentials', what: 'a request with credentials' },
  ])('lets $what pass until it is stopped, and no other tab\'s', async ({ id }) => {
    await tryOut(id);
    expect(await run(page, id)).toBe('readable');
    expect(await lastOf(id)).toMatchObject({ outcome: 'allowed', trial: 'changed', mode: { value: 'cors' }, risks: [] });
    const other = await browser.newPage();
    await other.goto(playground.appUrl);
    expect(await run(other, id)).toBe('blocked');
    await other.close();
    await page.bringToFront();
    expect(await run(page, id)).toBe('readable');

    await panel.click('button', 'Stop');
    await waitFor('the banner to go', async () => (await banner()) === '' || undefined);
    await panel.evaluate(() => corsInspector.clear());
    expect(await run(page, id)).toBe('blocked');
    expect(await lastOf(id)).toMatchObject({ outcome: 'blocked', trial: null });
  });

  it('leaves the trial of another tab alone, whether it begins or ends', async () => {
    const id = 'missing-allow-origin';
    await tryOut(id);
    const [first, firstPanel, firstTools] = [page, panel, devTools];
    page = await browser.newPage();
    await page.goto(playground.appUrl);
    devTools = await (await page.openDevTools())();
    ({ panel } = devTools);
    await tryOut(id);
    expect(await run(page, id)).toBe('readable');
    expect(await run(first, id)).toBe('readable');
    await page.close();
    await first.bringToFront();
    expect(await run(first, id)).toBe('readable');
    [page, panel, devTools] = [first, firstPanel, firstTools];
  });

  it('invents nothing of a request that is under way when it ends', async () => {
    let release = (): void => undefined;
    const api = await startRawServer(async ({ target }) => {
      if (target === '/held') await new Promise<void>((resolve) => { release = resolve; });
      return { status: 200, headers: [], body: 'body' };
    });
    const begin = (path: string): Promise<unknown> => beginFetch(`http://localhost:${api.port}/${path}`);
    try {
      await tryOut('plain', () => begin('plain').then(answered));
      await begin('held');
      await waitFor('it to be under way', async () => (await panel.evaluate(() => corsInspector.report().exchanges.at(-1)?.url.endsWith('/held'))) || undefined);
      await panel.click('button', 'Stop');
      await waitFor('the banner to go', async () => (await banner()) === '' || undefined);
      release();
      const seen = await answered();
      const { outcome, trial } = await lastOf('held');
      expect(trial).toBe('unclear');
      expect(outcome).toBeOneOf(['unknown', seen === 'readable' ? 'allowed' : 'blocked']);
    } finally {
      release();
      await api.close();
    }
  });

  it('leaves nothing in the cache, where Firefox would keep the headers that it added', async () => {
    const api = await startRawServer(({ headers }) => ({
      status: headers.some(([name]) => name.toLowerCase() === 'if-none-match') ? 304 : 200, headers: [['Cache-Control', 'max-age=3600'], ['ETag', '"1"']], body: 'body',
    }));
    const request = (path: string): Promise<unknown> => beginFetch(`http://localhost:${api.port}/${path}`).then(answered);
    try {
      await tryOut('plain', () => request('plain'));
      expect(await request('kept')).toBe('readable');
      await panel.click('button', 'Stop');
      await waitFor('the banner to go', async () => (await banner()) === '' || undefined);
      expect(await request('kept')).toBe('blocked');
    } finally {
      await api.close();
    }
  });

  it('ends when DevTools are closed', async () => {
    const id = 'missing-allow-origin';
    await tryOut(id);
    expect(await run(page, id)).toBe('readable');
    await devTools.close();
    await waitFor('the trial to end', async () => (await run(page, id)) === 'blocked' || undefined);
  });

  it('ends when the browser is killed', async () => {
    const id = 'header-not-allowed';
    await tryOut(id);
    expect(await run(page, id)).toBe('readable');
    await browser.kill();
    browser = await inspect({ profile });
    page = await browser.newPage();
    await page.goto(playground.appUrl);
    expect(await run(page, id)).toBe('blocked');
    ({ panel } = await (await page.openDevTools())());
    expect(await run(page, id)).toBe('blocked');
    expect(await lastOf(id)).toMatchObject({ outcome: 'blocked', trial: null });
    expect(await banner()).toBe('');
  });
});

it('is removed in Chromium, where a crash of DevTools has left it behind, once they are opened again', async () => {
  const playground = await startPlayground();
  const browser = await launchChromium({ extension: extensionFolder });
  try {
    const page = await browser.newPage();
    await page.goto(playground.appUrl);
    const ask = (): Promise<unknown> => run(page, 'missing-allow-origin');
    const { frontEnd, panel } = await openPanel(page);
    expect(await ask()).toBe('blocked');
    const isNew = await untilNew(page);
    await panel.locator('[role=option]').click();
    await panel.locator('#tab-fix').click();
    await panel.locator('.try-it button').click();
    await isNew();
    expect(await ask()).toBe('readable');
    // Closed without asking it: no page of it runs anything more.
    await frontEnd.close();
    expect(await ask()).toBe('readable');
    await openPanel(page);
    expect(await ask()).toBe('blocked');
  } finally {
    await browser.close();
    await playground.close();
  }
});

it('goes on in Firefox when the event page falls asleep, and can be stopped afterwards', async () => {
  const playground = await startPlayground();
  const firefox = await launchFirefox({ extension: firefoxExtensionFolder });
  try {
    const page = await firefox.newPage();
    await page.goto(playground.appUrl);
    const ask = (): Promise<unknown> => run(page, 'missing-allow-origin');
    const { panel } = await (await page.openDevTools())();
    const gaps = (): Promise<number> => panel.evaluate(() => corsInspector.report().gaps.length);
    expect(await ask()).toBe('blocked');
    const isNew = await untilNew(page);
    await panel.click('[role=option]');
    await panel.click('#tab-fix');
    await panel.click('.try-it button');
    await isNew();
    expect(await ask()).toBe('readable');
    // Soon after a navigation this may leave the event page, or its gap, unnoticed: it is tried again.
    await waitFor('a sleep and an awakening', async () => {
      await firefox.sleepEventPage();
      return waitFor('a gap', async () => (await gaps()) > 0 || undefined, 2_000).catch(() => undefined);
    });
    expect(await ask()).toBe('readable');
    await panel.click('.trial button');
    await waitFor('the trial to end', async () => (await ask()) === 'blocked' || undefined);
  } finally {
    await firefox.close();
    await playground.close();
  }
});
