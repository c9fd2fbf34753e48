import type { ElementHandle, Frame, KeyInput, Page } from 'puppeteer-core';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';
import { launchChromium, openDevTools, waitFor } from './chromium.ts';
import { type Driven, type InspectedPage, find } from './driven.ts';
import { launchFirefox } from './firefox.ts';
import type { Surroundings } from './surroundings.ts';

/** A browser with the extension loaded, the same to whoever drives it. */
export interface InspectedBrowser {
  newPage(): Promise<InspectedPage>;
  /** Resolves once the browser is gone. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
  /** Ends it as a crash does: nothing in it is asked or told. */
  kill(): Promise<void>;
}

export interface InspectionOptions {
  /** Default: the one that is found, or installed. */
  readonly executable?: string;
  readonly headless?: boolean;
  /** Of DevTools, in CSS pixels. */
  readonly size?: { readonly width: number; readonly height: number };
  readonly surroundings?: Surroundings;
  /** Folder of the profile, which is kept; default: a new one. */
  readonly profile?: string;
}

export const inspectInFirefox = (options: InspectionOptions = {}): Promise<InspectedBrowser> =>
  launchFirefox({ extension: firefoxExtensionFolder, ...options });

export async function inspectInChromium({ headless = true, size, ...options }: InspectionOptions = {}): Promise<InspectedBrowser> {
  const browser = await launchChromium({ extension: extensionFolder, headless, args: size ? [`--window-size=${size.width},${size.height}`] : [], ...options });
  const [first] = await browser.pages();
  let isFirstFree = first !== undefined;
  return {
    async newPage() {
      const page = first && isFirstFree ? first : await browser.newPage();
      isFirstFree = false;
      return inspectedPage(page, headless);
    },
    closed: new Promise((resolve) => browser.once('disconnected', () => resolve())),
    close: () => browser.close(),
    async kill() {
      const gone = new Promise((resolve) => browser.once('disconnected', resolve));
      browser.process()?.kill('SIGKILL');
      await gone;
    },
  };
}

const inspectedPage = (page: Page, headless: boolean): InspectedPage => ({
  ...driven(page, page.mainFrame()),
  goto: async (url) => void (await page.goto(url)),
  bringToFront: () => page.bringToFront(),
  setOffline: (isOffline) => page.setOfflineMode(isOffline),
  close: () => page.close(),
  async openDevTools(handle) {
    const showPanel = await openDevTools(page, handle);
    return async () => {
      const { frontEnd, panel } = await showPanel();
      // Docked, they would leave half of a screenshot to the page, which a screenshot of them lacks.
      if (headless) await inFrontEnd(frontEnd, 'ui/legacy/legacy.js', `({ DockController }) => DockController.DockController.instance().setDockSide('undocked')`);
      return {
        panel: driven(frontEnd, panel),
        focus: () => panel.evaluate(() => window.focus()),
        async setTheme(theme) {
          await inFrontEnd(frontEnd, 'core/common/common.js', `({ Settings }) => Settings.Settings.instance().moduleSetting('ui-theme').set('${theme === 'dark' ? 'dark' : 'default'}')`);
        },
        async dock(side, size) {
          await inFrontEnd(frontEnd, 'ui/legacy/legacy.js', `({ DockController }) => DockController.DockController.instance().setDockSide('${side}')`);
          await waitFor('them to be docked', () => inFrontEnd(frontEnd, 'ui/legacy/legacy.js', `({ InspectorView }) => {
            const around = InspectorView.InspectorView.instance().parentWidget();
            if (around?.isVertical() !== ${side === 'right'}) return false;
            around.setSidebarSize(${size});
            return true;
          }`));
        },
        shownTool: () => inFrontEnd(frontEnd, 'ui/legacy/legacy.js', '({ InspectorView }) => InspectorView.InspectorView.instance().tabbedPane.selectedTabId') as Promise<string>,
        har: () => inFrontEnd(frontEnd, 'models/har/har.js', savedHar) as Promise<string>,
        // Docked, they share their document with a blank where the page is. A screenshot of a part hangs there.
        screenshot: async () => Buffer.from(await inFrontEnd(frontEnd, 'ui/legacy/legacy.js', partOf(await frontEnd.screenshot({ encoding: 'base64' }))) as string, 'base64'),
        async close() {
          const gone = new Promise((resolve) => frontEnd.once('close', resolve));
          // They may be gone before they answer.
          await frontEnd.evaluate('InspectorFrontendHost.closeWindow()').catch(() => undefined);
          await gone;
        },
      };
    };
  },
});

/** Calls a function with a module of DevTools' own. Code for the front end is text: a test runner would put its own loader in the place of import(). */
const inFrontEnd = (frontEnd: Page, module: string, code: string): Promise<unknown> =>
  frontEnd.evaluate(`import(location.origin + '/bundled/${module}').then(${code})`);

/** What "Export HAR (sanitized)" of the Network panel saves. */
const savedHar = `async ({ Log }) => {
  const { NetworkLog } = await import(location.origin + '/bundled/models/logs/logs.js');
  return JSON.stringify({ log: await Log.Log.build(NetworkLog.NetworkLog.instance().requests().filter(({ finished }) => finished), { sanitize: true }) });
}`;

/** Cuts DevTools themselves out of a picture of their document. */
const partOf = (png: string): string => `async ({ InspectorView }) => {
  const { x, y, width, height } = InspectorView.InspectorView.instance().element.getBoundingClientRect();
  const bytes = Uint8Array.from(atob('${png}'), (character) => character.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes]), x, y, width, height);
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const cut = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  return btoa(Array.from(cut, (byte) => String.fromCharCode(byte)).join(''));
}`;

/** The page that holds the frame has the mouse and the keyboard. It is drawn, and so can be clicked, in front only. */
const driven = (page: Page, frame: Frame): Driven => ({
  evaluate: (code, ...args) => frame.evaluate(code as never, ...args as never),
  async click(selector, words = '') {
    await page.bringToFront();
    const element = await waitFor(`${selector} ${words}`, async () => {
      const found = await frame.evaluateHandle(find, selector, words);
      return (found.asElement() as ElementHandle<Element> | null) ?? undefined;
    });
    await element.click();
  },
  async press(key, modifier) {
    if (modifier) await page.keyboard.down(modifier);
    await page.keyboard.press(key as KeyInput);
    if (modifier) await page.keyboard.up(modifier);
  },
});
