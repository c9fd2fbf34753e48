import { writeFile } from 'node:fs/promises';
import type { Page } from 'puppeteer-core';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import { launchChromium, openPanel } from './chromium.ts';
import { type Evaluates, launchFirefox } from './firefox.ts';

/** A browser with the extension loaded, and DevTools open on one page with the extension's panel shown. */
export interface Inspection {
  readonly page: Evaluates;
  readonly panel: Evaluates;
  /** Loads a page; one that cannot be reached is shown as such by the browser itself. */
  goto(url: string): Promise<void>;
  /** Resolves once the page requests nothing more for a second, or after 15: some pages never come to rest. */
  idle(): Promise<void>;
  /** DevTools as a user sees them. */
  screenshot(path: string): Promise<void>;
  /** Resolves once the user closed the browser. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

export interface InspectionOptions {
  readonly executable: string;
  readonly headless: boolean;
}

export async function inspectInChromium(options: InspectionOptions): Promise<Inspection> {
  const browser = await launchChromium({ extension: extensionFolder, ...options });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  const { frontEnd, panel } = await openPanel(page);
  if (options.headless) await undock(frontEnd);
  return {
    page: { evaluate: (code, ...args) => page.evaluate(code as never, ...args as never) },
    panel: { evaluate: (code, ...args) => panel.evaluate(code as never, ...args as never) },
    goto: async (url) => void (await page.goto(url, { waitUntil: 'domcontentloaded' }).catch(() => undefined)),
    idle: () => page.waitForNetworkIdle({ idleTime: 1_000, timeout: 15_000 }).catch(() => undefined),
    screenshot: async (path) => void (await frontEnd.screenshot({ path: path as `${string}.png` })),
    closed: new Promise((resolve) => browser.once('disconnected', () => resolve())),
    close: () => browser.close(),
  };
}

/** Gives DevTools the whole window: docked, it leaves half of a screenshot to the page, which a screenshot of it lacks. */
const undock = (frontEnd: Page): Promise<unknown> =>
  frontEnd.evaluate(`import(location.origin + '/bundled/ui/legacy/legacy.js')
    .then(({ DockController }) => DockController.DockController.instance().setDockSide('undocked'))`);

export async function inspectInFirefox(options: InspectionOptions): Promise<Inspection> {
  const firefox = await launchFirefox({ extension: firefoxExtensionFolder, ...options });
  const page = await firefox.newPage();
  const devTools = await (await page.openDevTools())();
  return {
    page,
    panel: devTools.panel,
    goto: (url) => page.goto(url).catch(() => undefined),
    idle: () => page.evaluate(untilIdle).catch(() => undefined),
    screenshot: async (path) => writeFile(path, await devTools.screenshot()),
    closed: firefox.closed,
    close: firefox.close,
  };
}

/** Runs in the page. */
async function untilIdle(): Promise<void> {
  const end = performance.now() + 15_000;
  let last = performance.now();
  const observer = new PerformanceObserver(() => {
    last = performance.now();
  });
  observer.observe({ entryTypes: ['resource'] });
  while (performance.now() < end && (document.readyState !== 'complete' || performance.now() < last + 1_000)) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  observer.disconnect();
}
