import type { Har } from '../../src/har/har.ts';
import { waitFor } from '../browser/chromium.ts';
import type { DevTools, Driven, InspectedPage } from '../browser/driven.ts';
import type { InspectedBrowser } from '../browser/inspect.ts';
import { type Playground, startPlayground } from '../playground/server.ts';

/** The playground in a page of a browser, with the panel shown in its DevTools. */
export interface InspectedPlayground {
  readonly playground: Playground;
  readonly browser: InspectedBrowser;
  readonly page: InspectedPage;
  showPanel(): Promise<DevTools>;
  readonly devTools: DevTools;
  readonly panel: Driven;
  close(): Promise<void>;
}

/** `before`: what is done with DevTools before the page is loaded once more. */
export async function inspectPlayground(inspect: () => Promise<InspectedBrowser>, before?: (devTools: DevTools) => Promise<void>): Promise<InspectedPlayground> {
  const playground = await startPlayground();
  const browser = await inspect();
  const close = async (): Promise<void> => {
    await browser.close();
    await playground.close();
  };
  try {
    const page = await browser.newPage();
    await page.goto(playground.appUrl);
    const showPanel = await page.openDevTools();
    if (before) {
      await before(await showPanel());
      await page.goto(playground.appUrl);
    }
    const devTools = await showPanel();
    return { playground, browser, page, showPanel, devTools, panel: devTools.panel, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A page, whoever drives it. */
interface PageOfText {
  evaluate(code: string): Promise<unknown>;
}

/** Makes the requests of the entries one after the other, once the playground is loaded; resolves to what the page could see of the last. */
export async function run(page: PageOfText, ...ids: readonly string[]): Promise<unknown> {
  await waitFor('the playground', () => page.evaluate("'playground' in globalThis").catch(() => undefined));
  return page.evaluate(`(async () => {
    let seen;
    for (const id of ${JSON.stringify(ids)}) seen = await globalThis.playground.run(id);
    return seen;
  })()`);
}

/** Resolves to what waits until the playground that is loaded now has given way to a new one. */
export async function untilNew(page: PageOfText): Promise<() => Promise<unknown>> {
  await page.evaluate("document.body.classList.add('old')");
  return () => waitFor('the page to be new', () => page.evaluate("document.readyState === 'complete' && 'playground' in globalThis && !document.body.classList.contains('old')").catch(() => undefined));
}

/** The file that the network tool saves, once it has this request: it hears of one later than the page does. */
export const savedWith = (url: string, devTools: DevTools): Promise<string> => waitFor(`${url} in the network tool`, async () => {
  const har = await devTools.har();
  return (JSON.parse(har) as Har).log.entries.some(({ request }) => request.url === url) ? har : undefined;
});

/** The list's rows as a screen reader gives them. */
export const rowsOf = (panel: Driven): Promise<readonly string[]> => panel.evaluate(() => [...document.querySelectorAll('[role=option]')].map((option) => option.textContent ?? ''));
