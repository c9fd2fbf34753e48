import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../browser/chromium.ts';
import { type DevTools, type Driven, type InspectedPage, type } from '../browser/driven.ts';
import { askingState, switchAskingOn } from '../oracle/asking.ts';
import type { Playground } from '../playground/server.ts';
import { browsers } from './browsers.ts';
import { type InspectedPlayground, inspectPlayground, rowsOf, run, untilNew } from './inspected-playground.ts';
import { renderedFor } from './rendered-for.ts';

describe.each(browsers)('the panel in real DevTools of $name', ({ name, inspect }) => {
  let inspected: InspectedPlayground;
  let playground: Playground;
  let page: InspectedPage;
  let devTools: DevTools;
  let panel: Driven;

  beforeAll(async () => {
    inspected = await inspectPlayground(inspect);
    ({ playground, page, devTools, panel } = inspected);
  });
  afterAll(() => inspected?.close());
  beforeEach(async () => {
    await page.goto(playground.appUrl);
    await panel.evaluate(() => corsInspector.clear());
    await panel.click('button', 'All');
  });

  /** The list's rows as a screen reader gives them, once they are of these entries and none is drawn as pending. */
  const rows = (...ids: readonly string[]): Promise<readonly string[]> => waitFor(`the rows of ${ids.join(', ')}`, async () => {
    const names = await rowsOf(panel);
    return names.length === ids.length && ids.every((id, index) => names[index]?.includes(`/${id}`)) && !names.some((text) => /pending/i.test(text)) ? names : undefined;
  });

  const copied = (): Promise<unknown> => waitFor('the copy to be confirmed', () => panel.evaluate(() => [...document.querySelectorAll('[role=status]')].some((status) => status.textContent?.includes('Copied'))));

  /** What the clipboard holds, pasted into the inspected page. */
  async function paste(): Promise<string> {
    await page.evaluate(() => document.body.prepend(Object.assign(document.createElement('textarea'), { id: 'paste' })));
    await page.click('#paste');
    await page.press('v', 'Control');
    return waitFor('the text to be pasted', () => page.evaluate(() => document.querySelector<HTMLTextAreaElement>('#paste')?.value || undefined));
  }

  /** Puts the text into a field of the panel, in the place of what is there. */
  async function write(field: string, text: string): Promise<void> {
    await panel.click(field);
    await panel.press('a', 'Control');
    await type(panel, text);
  }

  const textOf = (selector: string): Promise<string> => panel.evaluate((query) => document.querySelector(query)?.textContent ?? '', selector);

  it('says what to do while nothing is recorded, and reloads the page', async () => {
    const isNew = await untilNew(page);
    await panel.click('button', 'Reload');
    await isNew();
  });

  it('lists each request with its reason', async () => {
    await run(page, 'missing-allow-origin', 'method-not-allowed', 'connection-refused');
    const [missing, method, refused] = await rows('missing-allow-origin', 'method-not-allowed', 'connection-refused');
    expect(missing).toContain('No Access-Control-Allow-Origin');
    expect(method).toContain('DELETE is not allowed');
    expect(refused).toMatch(/not CORS/i);
  });

  it('answers first, and names both values that differ', async () => {
    await run(page, 'other-port');
    await rows('other-port');
    await panel.click('[role=option]', '/other-port');
    const answer = await waitFor('the answer', async () => (await textOf('[aria-label=Diagnosis] .answer')) || undefined);
    expect(answer).toContain(`Allow the origin ${playground.origins.app}`);
    expect(answer).toContain('AllowOriginMismatch');
    expect(answer).toContain('CORSAllowOriginNotMatchingOrigin');
    expect(await textOf('[aria-label=Diagnosis]')).toContain('differs in its port');
  });

  it('copies the fix that it shows', async () => {
    await run(page, 'method-not-allowed');
    await rows('method-not-allowed');
    await panel.click('[role=option]', '/method-not-allowed');
    await panel.click('[role=tab]', 'Fix');
    await waitFor('the choice of servers', () => panel.evaluate(() => {
      document.querySelector('select')?.focus();
      return document.activeElement instanceof HTMLSelectElement;
    }));
    await type(panel, 'nginx');
    await waitFor('nginx to be chosen', () => panel.evaluate(() => document.querySelector('select')?.value === 'nginx'));
    await panel.click('button', 'Copy');
    await copied();
    const pasted = await paste();
    expect(pasted).toBe(renderedFor('nginx', await panel.evaluate(() => corsInspector.report())));
    expect(pasted).toContain(playground.origins.app);
  });

  it('refuses a policy that is dangerous, and copies one as it is edited', async () => {
    await run(page, 'method-not-allowed');
    await rows('method-not-allowed');
    await panel.click('[role=option]', '/method-not-allowed');
    await panel.click('[role=tab]', 'Fix');
    await panel.click('button', 'Edit');
    await write('#policy-origins', 'null');
    await waitFor('what to change', async () => (await textOf('#policy-origins-changes')).includes('Remove “null”') || undefined);
    expect(await textOf('.snippet')).toContain('No snippet yet');
    expect(await panel.evaluate(() => document.querySelector('.snippet pre'))).toBeNull();
    await write('#policy-origins', 'https://b.example');
    await waitFor('the snippet', async () => (await textOf('.snippet pre')).includes('https://b.example') || undefined);
    await panel.click('button', 'Copy');
    await copied();
    expect(await paste()).toBe(await textOf('.snippet pre'));
    await panel.click('button', 'Reset');
    await waitFor('the derived policy', async () => !(await textOf('.snippet pre')).includes('https://b.example') || undefined);
  });

  it('hands the request over to a terminal, without its secrets', async () => {
    await run(page, 'wildcard-with-credentials');
    await rows('wildcard-with-credentials');
    await panel.click('[role=option]', '/wildcard-with-credentials');
    await panel.click('[role=tab]', 'Fix');
    await panel.click('summary', 'Check it with curl');
    await panel.click('button', 'Copy commands');
    await copied();
    const commands = await paste();
    expect(commands).toContain(`'${playground.origins.api}/wildcard-with-credentials'`);
    expect(commands).toContain(`--header 'Origin: ${playground.origins.app}'`);
    expect(commands).toContain("--header 'Cookie: (redacted)'");
    expect(commands).not.toContain('signed-in');
  });

  it('filters by text and by outcome', async () => {
    const all = ['missing-allow-origin', 'method-not-allowed', 'explicit-origin', 'connection-refused'];
    await run(page, ...all);
    await rows(...all);
    await panel.press('/');
    await type(panel, 'method-not');
    await rows('method-not-allowed');
    await panel.click('button', 'All');
    // The slash selects what was typed before.
    await panel.press('/');
    await panel.press('Backspace');
    await rows(...all);
    await panel.click('button', 'Blocked');
    await rows('missing-allow-origin', 'method-not-allowed');
    await panel.click('button', 'Not CORS');
    await rows('connection-refused');
  });

  it('clears', async () => {
    await run(page, 'missing-allow-origin');
    await rows('missing-allow-origin');
    await panel.click('button', 'Clear');
    await rows();
    expect(await panel.evaluate(() => corsInspector.report().exchanges)).toEqual([]);
  });

  it('forgets the last page on navigation, and keeps it when told to', async () => {
    await run(page, 'missing-allow-origin');
    await rows('missing-allow-origin');
    await page.goto(`${playground.appUrl}?run=method-not-allowed`);
    await rows('method-not-allowed');
    await panel.click('[type=checkbox]');
    await page.goto(`${playground.appUrl}?run=missing-allow-origin`);
    await rows('method-not-allowed', 'missing-allow-origin');
    await panel.click('[type=checkbox]');
  });

  it('forgets nothing when a script of the page changes its URL', async () => {
    await run(page, 'missing-allow-origin');
    await rows('missing-allow-origin');
    await page.evaluate(() => history.pushState(null, '', '/elsewhere'));
    await run(page, 'method-not-allowed');
    await rows('missing-allow-origin', 'method-not-allowed');
  });

  it('asks the page once it is told to, and says when that is over', async () => {
    const credentials = () => panel.evaluate(() => corsInspector.report().exchanges.map((exchange) => exchange.credentials));
    const asking = (state: string): Promise<unknown> => waitFor(`asking to be ${state}`, async () => await panel.evaluate(askingState) === state || undefined);
    const runOnce = async (): Promise<void> => {
      await run(page, 'method-not-allowed');
      await rows('method-not-allowed');
    };
    await runOnce();
    expect(await credentials()).toMatchObject([{ value: 'unknown' }]);

    await panel.click('label', 'Ask the page');
    await asking('on');
    await runOnce();
    await waitFor('what the page says', async () => (await credentials())[0]?.because.startsWith('The page said so') || undefined);

    await page.goto(playground.appUrl);
    await asking('lapsed');
    await runOnce();
    expect(await credentials()).toMatchObject([{ value: 'unknown' }]);

    await panel.click('button', 'Reload and ask again');
    await asking('on');
    await panel.click('label', 'Ask the page');
    await asking('off');
    await runOnce();
    expect(await credentials()).toMatchObject([{ value: 'unknown' }]);
  });

  it('says who asked, in Firefox once the page is asked', async () => {
    if (name === 'firefox') await switchAskingOn(panel);
    await run(page, 'missing-allow-origin');
    await rows('missing-allow-origin');
    await panel.click('[role=option]', '/missing-allow-origin');
    // The tab that was read last is shown.
    await panel.click('[role=tab]', 'Why');
    await waitFor('who asked', async () => (await textOf('.known')).includes('perform.js:') || undefined);
    if (name === 'firefox') return panel.click('label', 'Ask the page');
    await panel.click('.known button', 'perform.js:');
    await waitFor('Sources to be shown', async () => await devTools.shownTool() === 'sources' || undefined);
    await inspected.showPanel();
  });

  it('reports in the shape that the contract fixes', async () => {
    await run(page, 'method-not-allowed');
    await rows('method-not-allowed');
    const report = await panel.evaluate(() => corsInspector.report());
    expect(report).toMatchObject({
      format: 'cors-inspector', version: 1, generator: expect.stringMatching(/^cors-inspector \d+\.\d+\.\d+$/),
      browser: { name, version: expect.stringMatching(/^\d+\./) }, page: playground.appUrl, gaps: [],
    });
    expect(report.exchanges[0]).toMatchObject({
      method: 'DELETE', type: 'xmlhttprequest', origin: playground.origins.app, outcome: 'blocked', redirects: [], response: null,
      mode: { value: 'cors' }, preflight: { from: 'network', status: 204 },
      error: { code: 'MethodDisallowedByPreflightResponse', parameter: 'DELETE', firefox: 'CORSMethodNotFound', alternatives: ['PreflightInvalidAllowCredentials'] },
    });
    expect(await panel.evaluate(() => corsInspector.version)).toBe(report.generator.split(' ')[1]);
  });

  it('records from the moment its tab is there, before it is first shown', async () => {
    const early = await inspected.browser.newPage();
    await early.goto(playground.appUrl);
    const showPanel = await early.openDevTools();
    await run(early, 'missing-allow-origin');
    const { panel: earlyPanel } = await showPanel();
    const recorded = await waitFor('the early request to be judged', async () => {
      const { exchanges } = await earlyPanel.evaluate(() => corsInspector.report());
      return exchanges.length > 0 && exchanges.every(({ outcome }) => outcome !== 'pending') ? exchanges : undefined;
    });
    expect(recorded.map(({ outcome }) => outcome)).toEqual(['blocked']);
    await early.close();
    await page.bringToFront();
  });

  it('goes on when DevTools are docked elsewhere', async () => {
    const docked = await inspected.browser.newPage();
    await docked.goto(playground.appUrl);
    const tools = await (await docked.openDevTools())();
    const paths = (): Promise<readonly string[]> => tools.panel.evaluate(() => [...document.querySelectorAll('.row .path')].map(({ textContent }) => textContent ?? ''));
    for (const [index, side] of (['right', 'bottom', 'right'] as const).entries()) {
      await tools.dock(side, 420);
      await waitFor(`DevTools at the ${side}`, () => tools.panel.evaluate((isRight) => document.querySelector('.panel') !== null && (innerWidth < 500) === isRight, side === 'right').catch(() => undefined));
      await run(docked, 'missing-allow-origin');
      await waitFor('the row', async () => (await paths()).length === index + 1 || undefined);
    }
    await tools.panel.click('button', 'Clear');
    await waitFor('no row', async () => (await paths()).length === 0 || undefined);
    await docked.close();
    await page.bringToFront();
  });

  it('keeps the tabs apart', async () => {
    const other = await inspected.browser.newPage();
    await other.goto(playground.appUrl);
    const { panel: otherPanel } = await (await other.openDevTools())();
    const rounds = 5;
    for (let round = 0; round < rounds; round++) {
      await page.evaluate('void globalThis.playground.run("missing-allow-origin")');
      await other.evaluate('void globalThis.playground.run("explicit-origin")');
    }
    for (const [recorder, path] of [[panel, '/missing-allow-origin'], [otherPanel, '/explicit-origin']] as const) {
      const paths = await waitFor(`the requests of ${path}`, async () => {
        const { exchanges } = await recorder.evaluate(() => corsInspector.report());
        return exchanges.length >= rounds ? exchanges.map(({ url }) => new URL(url).pathname) : undefined;
      });
      expect(paths).toEqual(Array.from({ length: rounds }, () => path));
    }
    await other.close();
    await page.bringToFront();
  });
});
