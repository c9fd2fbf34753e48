import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../browser/chromium.ts';
import { type DevTools, type Driven, type InspectedPage, type Key, find, type } from '../browser/driven.ts';
import { askingState } from '../oracle/asking.ts';
import type { Playground } from '../playground/server.ts';
import { browsers } from './browsers.ts';
import { type InspectedPlayground, inspectPlayground, rowsOf, run, untilNew } from './inspected-playground.ts';
import { keepSavedText } from './saved-text.ts';

declare global {
  var focusedBefore: Element | null;
  /** How often a file was asked for. */
  var fileRequests: number;
}

/** What is recorded, in the order of the list: the first two are of one server. */
const played = ['header-not-allowed', 'wildcard-with-credentials', 'missing-allow-origin', 'explicit-origin'];

/** Nothing here is clicked: whatever the panel can do, it does by keyboard alone. */
describe.each(browsers)('by keyboard alone, in real DevTools of $name', ({ name, inspect }) => {
  let inspected: InspectedPlayground;
  let playground: Playground;
  let page: InspectedPage;
  let devTools: DevTools;
  let panel: Driven;

  beforeAll(async () => {
    inspected = await inspectPlayground(inspect);
    ({ playground, page, devTools, panel } = inspected);
    await panel.evaluate(keepSavedText);
    await panel.evaluate(() => {
      // The browser's own window for files is no part of the panel.
      window.fileRequests = 0;
      document.addEventListener('click', (event) => {
        if (!(event.target instanceof HTMLInputElement) || event.target.type !== 'file') return;
        event.preventDefault();
        window.fileRequests++;
      }, true);
    });
  });
  afterAll(() => inspected?.close());
  beforeEach(async () => {
    await page.goto(playground.appUrl);
    await panel.evaluate(() => corsInspector.clear());
    await run(page, ...played);
    await rows(...played);
    await devTools.focus();
  });

  const press = async (...keys: readonly (Key | string)[]): Promise<void> => {
    for (const key of keys) await panel.press(key);
  };
  const textOf = (selector: string): Promise<string> => panel.evaluate((query) => document.querySelector(query)?.textContent ?? '', selector);
  const shows = (selector: string, words: string): Promise<unknown> => waitFor(`“${words}” in ${selector}`, async () => (await textOf(selector)).includes(words) || undefined);
  const rows = (...ids: readonly string[]): Promise<unknown> => waitFor(`the rows of ${ids.join(', ')}`, async () => {
    const texts = await rowsOf(panel);
    return (texts.length === ids.length && ids.every((id) => texts.some((text) => text.includes(`/${id}`))) && !texts.some((text) => /pending/i.test(text))) || undefined;
  });
  const selectedRow = (): Promise<string> => textOf('[role=option][aria-selected=true]');

  /** Presses Tab until the element has the focus that `click` would mean; backwards with Shift. */
  async function tabTo(selector: string, words = '', modifier?: 'Shift'): Promise<void> {
    const passed: string[] = [];
    for (let index = 0; index < 80; index++) {
      const [isThere, there] = await panel.evaluate<[], [boolean, string]>(`(() => {
        const active = document.activeElement;
        return [active !== document.body && active === (${find})(${JSON.stringify(selector)}, ${JSON.stringify(words)}), (active?.getAttribute('aria-label') ?? active?.textContent ?? '').slice(0, 40)];
      })()` as never);
      if (isThere) return;
      passed.push(there);
      await panel.evaluate(() => void (window.focusedBefore = document.activeElement));
      await panel.press('Tab', modifier);
      // The key may be answered before the focus has moved; in Firefox it may also have left the panel.
      await waitFor('the focus to move', () => panel.evaluate(() => document.activeElement !== window.focusedBefore || !document.hasFocus()));
    }
    throw new Error(`Tab does not lead to ${selector} ${words}. It passed: ${passed.join(' | ')}`);
  }

  /** From the filter, where a slash leads, to the list. */
  async function toList(): Promise<void> {
    await press('/');
    await tabTo('[role=listbox]');
  }

  /** Selects the row of this entry. */
  async function select(id: string): Promise<void> {
    await toList();
    await press('Home');
    for (let index = 0; index < played.length; index++) {
      if ((await waitFor('a selected row', async () => (await selectedRow()) || undefined)).includes(`/${id}`)) return;
      const before = await selectedRow();
      await press('ArrowDown');
      await waitFor('the next row', async () => (await selectedRow()) !== before || undefined);
    }
    throw new Error(`No arrow leads to ${id}.`);
  }

  /** Goes from the selected row to one of its tabs. */
  async function openTab(tab: string): Promise<void> {
    await press('Enter');
    await tabTo('[role=tab][aria-selected=true]');
    await press('Home');
    for (let index = 0; index < 5 && !(await textOf('[role=tab][aria-selected=true]')).startsWith(tab); index++) {
      const before = await textOf('[role=tab][aria-selected=true]');
      await press('ArrowRight');
      await waitFor('the next tab', async () => (await textOf('[role=tab][aria-selected=true]')) !== before || undefined);
    }
    await shows('[role=tab][aria-selected=true]', tab);
  }

  it('requests are found: filter, quick filters, columns, their widths', async () => {
    await press('/');
    await type(panel, 'is:blocked');
    await rows('header-not-allowed', 'wildcard-with-credentials', 'missing-allow-origin');
    await panel.press('a', 'Control');
    await press('Backspace');
    await rows(...played);
    await tabTo('.chip', 'Allowed');
    await press('Enter');
    await rows('explicit-origin');
    await press('Enter');
    await rows(...played);

    await tabTo('[data-column=method]');
    await press('ArrowRight');
    await tabTo('[data-column=path]');
    await press('Enter', 'Enter');
    await waitFor('the order', () => panel.evaluate(() => document.querySelector('[data-column=path]')?.getAttribute('aria-label') === 'Path, sorted down'));
    const width = (): Promise<number> => panel.evaluate(() => document.querySelector('[data-column=path]')?.getBoundingClientRect().width ?? 0);
    const before = await width();
    await panel.press('ArrowRight', 'Shift');
    await waitFor('a wider column', async () => (await width()) > before || undefined);
    await press('Enter');
  });

  it('the list is walked, the diagnosis read and left, and the line between them moved', async () => {
    await select('missing-allow-origin');
    await shows('.answer h1', 'Allow the origin');
    await openTab('Headers');
    await shows('[role=tabpanel]', 'As sent and received');
    await press('ArrowRight');
    await shows('[role=tabpanel]', 'Nothing is sent');
    await press('End');
    await shows('[role=tab][aria-selected=true]', 'Risks');
    await press('l');
    await waitFor('the list to have the keyboard', () => panel.evaluate(() => document.activeElement?.getAttribute('role') === 'listbox'));
    await tabTo('[role=separator]');
    const value = (): Promise<string | null> => panel.evaluate(() => document.querySelector('[role=separator]')?.getAttribute('aria-valuenow') ?? null);
    const before = Number(await value());
    await press('ArrowRight');
    await waitFor('a wider list', async () => Number(await value()) > before || undefined);
    await press('ArrowLeft');
  });

  it('words are explained, and what is folded unfolds', async () => {
    await select('header-not-allowed');
    await openTab('Why');
    await tabTo('.term', 'Credentials');
    await waitFor('the definition', () => panel.evaluate(() => getComputedStyle(document.activeElement?.querySelector('.definition') ?? document.body).visibility === 'visible'));
    await press('?');
    await shows('dialog[open]', 'Keys');
    await tabTo('dialog button', 'Close');
    await press('Enter');
    await waitFor('the help to be gone', () => panel.evaluate(() => document.querySelector('dialog') === null));
  });

  it('who asked is one key from its line', async () => {
    // Firefox tells only once the page is asked, and shows no lines.
    if (name === 'firefox') return expect(await panel.evaluate(() => document.querySelector('.known button'))).toBeNull();
    await select('missing-allow-origin');
    await openTab('Why');
    await tabTo('.known button', 'perform.js:');
    await press('Enter');
    await waitFor('Sources to be shown', async () => await devTools.shownTool() === 'sources' || undefined);
    await inspected.showPanel();
  });

  it('one fix for a server is chosen, edited, copied and handed over', async () => {
    await select('wildcard-with-credentials');
    await press('f');
    await shows('[role=tabpanel]', 'has to grant');
    await tabTo('.scope input:checked');
    await press('ArrowUp');
    await waitFor('the other scope', () => panel.evaluate(() => document.querySelector<HTMLInputElement>('.scope input')?.checked));

    await tabTo('.policy button', 'Edit');
    await press('Enter');
    await waitFor('the first field', () => panel.evaluate(() => document.activeElement?.id === 'policy-origins'));
    await panel.press('a', 'Control');
    await type(panel, 'https://b.example');
    await shows('.snippet pre', 'https://b.example');
    await tabTo('.policy button', 'Reset');
    await press('Enter');
    await waitFor('the derived policy', async () => !(await textOf('.snippet pre')).includes('https://b.example') || undefined);

    await tabTo('select');
    await type(panel, 'Caddy');
    await waitFor('Caddy', () => panel.evaluate(() => document.querySelector('select')?.value === 'caddy'));
    await tabTo('.snippet button', 'Copy');
    await press('Enter');
    await shows('.snippet [role=status]', 'Copied');
    for (const [summary, button] of [['Check it with curl', 'Copy commands'], ['Report for whoever owns the server', 'Copy report']] as const) {
      await tabTo('summary', summary);
      await press('Enter');
      await waitFor(button, () => panel.evaluate((label) => [...document.querySelectorAll('button')].some(({ textContent }) => textContent?.includes(label)), button));
      await tabTo('button', button);
      await press('Enter');
      await waitFor('the copy to be confirmed', () => panel.evaluate((label) => [...document.querySelectorAll('button')].find(({ textContent }) => textContent?.includes(label))?.parentElement?.textContent?.includes('Copied'), button));
    }
  });

  it('a fix is tried out, and the trial stopped', async () => {
    const isNew = await untilNew(page);
    await select('missing-allow-origin');
    await openTab('Fix');
    await tabTo('button', 'Try it in this tab');
    await press('Enter');
    await shows('.trial', 'The server is unchanged');
    await isNew();
    expect(await run(page, 'missing-allow-origin')).toBe('readable');
    await waitFor('the trial to have begun', () => panel.evaluate(() => document.querySelector<HTMLButtonElement>('.trial button')?.disabled === false));
    await tabTo('.trial button', 'Stop');
    await press('Enter');
    await waitFor('the banner to go', async () => (await textOf('.trial')) === '' || undefined);
    expect(await run(page, 'missing-allow-origin')).toBe('blocked');
  });

  it('what the server answers is changed, and both browsers judge it', async () => {
    await select('missing-allow-origin');
    await openTab('What if');
    await tabTo('.answer-editor textarea');
    await panel.press('a', 'Control');
    await type(panel, `Access-Control-Allow-Origin: ${playground.origins.app}`);
    await press('Enter');
    await type(panel, 'Access-Control-Allow-Credentials: true');
    await waitFor('both to let it pass', () => panel.evaluate(() => [...document.querySelectorAll('.verdicts p')].filter(({ textContent }) => textContent?.includes('would let the script read')).length === 2));
    await tabTo('button', 'Back to what was seen');
    await press('Enter');
    await shows('.verdicts', 'would block it');
  });

  it('what is shown is exported, with secrets or without, and files are imported and put away', async () => {
    const menuIsOpen = (): Promise<unknown> => waitFor('the menu', () => panel.evaluate(() => document.activeElement?.role?.startsWith('menuitem')));
    await press('/');
    await tabTo('[aria-label=Export]', '', 'Shift');
    for (const [downs, wanted] of [[0, '"entries"'], [1, '"cors-inspector"'], [2, '# '], [3, 'curl']] as const) {
      await panel.evaluate(() => void (window.savedText = undefined));
      await press('ArrowDown');
      await menuIsOpen();
      await press(...Array.from({ length: downs }, () => 'ArrowDown'), 'Enter');
      await waitFor(`a file with ${wanted}`, () => panel.evaluate((words) => window.savedText?.includes(words), wanted));
      expect(await panel.evaluate(() => window.savedText?.includes('playground-session='))).toBe(false);
    }
    await panel.evaluate(() => void (window.savedText = undefined));
    await press('ArrowUp');
    await menuIsOpen();
    await press(' ', 'Home', 'Enter');
    const har = await waitFor('a file with secrets', () => panel.evaluate(() => window.savedText));
    expect(har).toContain('playground-session=');

    await tabTo('[aria-label=Import]', '', 'Shift');
    await press('Enter');
    await waitFor('a file to be asked for', () => panel.evaluate(() => window.fileRequests === 1));
    await panel.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'mine.har'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, har);
    await shows('.notice', 'mine.har');
    await press('/');
    await tabTo('.notice button', 'Back to live recording');
    await press('Enter');
    await waitFor('the notice to go', () => panel.evaluate(() => document.querySelector('.notice') === null));
    await rows(...played);
  });

  it('recording is cleared, kept over a reload, and the page reloaded and asked', async () => {
    await press('/');
    const preserve = 'input[type=checkbox]';
    await tabTo(preserve, '', 'Shift');
    await press(' ');
    await waitFor('the log to be preserved', () => panel.evaluate(() => document.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked));
    await page.goto(playground.appUrl);
    await rows(...played);
    await press(' ');
    await tabTo('[aria-label=Clear]', '', 'Shift');
    await press('Enter');
    await shows('h1', 'No cross-origin request yet');
    const isNew = await untilNew(page);
    await tabTo('button', 'Reload the page');
    await press('Enter');
    await isNew();

    await press('/');
    await tabTo('label[title*=EventSource] input', '', 'Shift');
    await press(' ');
    await waitFor('the page to be asked', async () => await panel.evaluate(askingState) === 'on' || undefined);
    await press(' ');
    await waitFor('asking to be off', async () => await panel.evaluate(askingState) === 'off' || undefined);
  });
});
