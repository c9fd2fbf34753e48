import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Har } from '../../src/har/har.ts';
import { waitFor } from '../browser/chromium.ts';
import type { DevTools, Driven, InspectedPage } from '../browser/driven.ts';
import { browsers } from './browsers.ts';
import { type InspectedPlayground, inspectPlayground, rowsOf, run, savedWith } from './inspected-playground.ts';
import { keepSavedText } from './saved-text.ts';

/** Runs in the panel: hands it a file in one of the ways in which a user does. */
function giveFile(way: 'drop' | 'choose', name: string, text: string): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([text], name));
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (way === 'drop') document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  else if (input) {
    input.files = dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  }
}

describe.each(browsers)('files in the panel of $name', ({ inspect, startNetworkTool }) => {
  let inspected: InspectedPlayground;
  let page: InspectedPage;
  let devTools: DevTools;
  let panel: Driven;

  beforeAll(async () => {
    inspected = await inspectPlayground(inspect, startNetworkTool);
    ({ page, devTools, panel } = inspected);
    await panel.evaluate(keepSavedText);
  });
  afterAll(() => inspected?.close());

  /** The list's rows as a screen reader gives them, once there are so many and everything is told of them that will be. */
  const rows = (count: number): Promise<readonly string[]> => waitFor(`${count} rows`, async () => {
    const names = await rowsOf(panel);
    return names.length === count && !names.some((name) => /pending|was not seen/i.test(name)) ? names : undefined;
  });
  const notice = (wanted: string): Promise<string> => waitFor(`the notice of ${wanted}`, async () => {
    const text = await panel.evaluate(() => document.querySelector('.notice')?.textContent ?? '');
    return text.includes(wanted) ? text : undefined;
  });

  const played = ['missing-allow-origin', 'method-not-allowed', 'explicit-origin'];

  it('what the menu exports is imported as it was, and live recording goes on meanwhile', async () => {
    await run(page, ...played);
    const live = await rows(3);
    await panel.click('button', 'Export');
    await waitFor('the first item', () => panel.evaluate(() => document.activeElement?.textContent === 'HAR 1.2'));
    await panel.press('Enter');
    const text = await waitFor('the file', () => panel.evaluate(() => window.savedText));
    const { log } = JSON.parse(text) as Har;
    expect(log.entries.map(({ request }) => request.method)).toEqual(['GET', 'OPTIONS', 'DELETE', 'GET']);
    expect(text).not.toContain('playground-session=');

    await panel.evaluate(giveFile, 'drop', 'mine.har', text);
    await notice('mine.har is shown, not the inspected page.');
    expect(await rows(3)).toEqual(live);
    await run(page, 'connection-refused');
    expect(await rows(3)).toEqual(live);
    await panel.click('button', 'Back to live recording');
    expect(await rows(4)).toEqual([...live, expect.stringContaining('/connection-refused')]);
  });

  it('what the network tool saves is diagnosed', async () => {
    const { exchanges } = await panel.evaluate(() => corsInspector.report());
    await panel.evaluate(giveFile, 'choose', 'saved.har', await savedWith(exchanges.at(-1)?.url ?? '', devTools));
    await notice('saved.har is shown');
    const [missing, method, explicit, refused] = await rows(4);
    expect(missing).toMatch(/request blocked.*\/missing-allow-origin/);
    expect(method).toMatch(/preflight blocked.*\/method-not-allowed.*DELETE is not allowed/);
    expect(explicit).toMatch(/\/explicit-origin.*(Allowed|does not tell)/);
    expect(refused).toMatch(/\/connection-refused.*(Not CORS|does not tell)/);
    await panel.click('[role=option]', '/missing-allow-origin');
    await waitFor('the answer', async () => (await panel.evaluate(() => document.querySelector('.answer')?.textContent ?? '')).includes('MissingAllowOriginHeader') || undefined);
    await panel.click('button', 'Back to live recording');
    await rows(4);
  });

  it('what is no HAR file is refused', async () => {
    await panel.evaluate(giveFile, 'choose', 'notes.txt', 'not JSON');
    await notice('notes.txt was not imported. This file is no HAR file');
    await panel.click('button', 'Dismiss');
    await rows(4);
  });
});
