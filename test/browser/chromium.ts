import puppeteer, { type Browser, type Frame, type Page } from 'puppeteer-core';
import { ensureChromium } from './install.ts';
import { type Surroundings, chromiumIn } from './surroundings.ts';

export interface LaunchOptions {
  /** Folder of the unpacked extension; null for a browser without one. */
  readonly extension: string | null;
  /** Default: CHROMIUM_PATH, or the first of Chromium, Chrome and Edge that is found. */
  readonly executable?: string;
  readonly headless?: boolean;
  /** Whether every tab has DevTools; by default, where there is an extension to show in them. */
  readonly devtools?: boolean;
  readonly args?: readonly string[];
  readonly surroundings?: Surroundings;
  /** Folder of the profile, which is kept; default: a new one. */
  readonly profile?: string;
}

/** A browser that is quiet where there is no network, with the unpacked extension loaded. */
export async function launchChromium(options: LaunchOptions): Promise<Browser> {
  const surroundings = options.surroundings && (await chromiumIn(options.surroundings));
  const browser = await puppeteer.launch({
    executablePath: options.executable ?? (await ensureChromium()),
    headless: options.headless ?? true,
    pipe: true,
    devtools: options.devtools ?? options.extension !== null,
    defaultViewport: null,
    ...(options.extension === null ? {} : { enableExtensions: [options.extension, ...(options.surroundings?.extensions ?? [])] }),
    ...(surroundings ? { env: surroundings.env } : {}),
    ...(options.profile === undefined ? {} : { userDataDir: options.profile }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      '--no-first-run',
      '--window-size=1400,1000',
      ...(options.args ?? []),
      ...(surroundings?.args ?? []),
    ],
  });
  browser.once('disconnected', () => void surroundings?.remove());
  return browser;
}

/** DevTools of one page: its own front end, and the extension's panel in it. */
export interface DevTools {
  /** The DevTools front end: a screenshot of it shows the panel as a user sees it. */
  readonly frontEnd: Page;
  /** The panel's own page: evaluate, select, click and type as in any frame. */
  readonly panel: Frame;
}

/** Opens DevTools on the page, shows the extension's panel and waits until its handle is there. */
export async function openPanel(page: Page, handle = 'corsInspector'): Promise<DevTools> {
  const showPanel = await openDevTools(page, handle);
  return showPanel();
}

/** Opens DevTools on the page and waits until the extension has its tab there; what it gives back shows the panel. */
export async function openDevTools(page: Page, handle = 'corsInspector'): Promise<() => Promise<DevTools>> {
  const frontEnd = await page.openDevTools();
  // Code for the front end is text: a test runner would put its own loader in the place of import().
  const legacy = (code: string): Promise<unknown> =>
    frontEnd.evaluate(`import(location.origin + '/bundled/ui/legacy/legacy.js').then(({ InspectorView, ViewManager }) => ${code})`);
  const id = await waitFor('the extension\'s tab in DevTools', () =>
    legacy(`InspectorView.InspectorView.instance().tabbedPane.tabIds().find((tab) => tab.startsWith('chrome-extension://'))`)
      // Until the front end has its settings, asking it for anything throws.
      .catch(() => undefined),
  );
  return async () => {
    // A tab in the background draws nothing, and a click on what is not drawn waits for good.
    await page.bringToFront();
    await legacy(`ViewManager.ViewManager.instance().showView(${JSON.stringify(id)})`);
    const panel = await waitFor('the panel and its handle', async () => {
      for (const candidate of frontEnd.frames()) {
        if (!candidate.url().startsWith('chrome-extension://')) continue;
        // The frame exists before its script has run.
        const ready = await candidate.evaluate((name) => name in globalThis, handle).catch(() => false);
        if (ready) return candidate;
      }
      return undefined;
    });
    return { frontEnd, panel };
  };
}

/** Polls a condition until it gives something, and fails with what was waited for. */
export async function waitFor<T>(what: string | (() => string), probe: () => T | undefined | Promise<T | undefined>, timeout = 20_000): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const value = await probe();
    if (value !== undefined && value !== false) return value;
    if (Date.now() > end) throw new Error(`Waited ${timeout} ms for ${typeof what === 'string' ? what : what()}.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
