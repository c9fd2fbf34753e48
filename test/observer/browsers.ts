import { launchChromium, openPanel } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';
import { ensureChromium, ensureFirefox } from '../browser/install.ts';
import type { EvaluatesText } from '../oracle/asking.ts';
import { extensionFolder, firefoxExtensionFolder } from '../playground/extension.ts';

export interface Tab {
  goto(url: string): Promise<unknown>;
  /** Resolves to what an expression gives in the page. */
  read<T>(expression: string): Promise<T>;
  openPanel(): Promise<Panel>;
}

export interface Panel {
  readonly panel: EvaluatesText;
  closeDevTools(): Promise<unknown>;
}

export interface Opened {
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

/** Each browser with the extension. */
export const browsers: readonly { readonly name: 'chromium' | 'firefox'; open(): Promise<Opened> }[] = [
  {
    name: 'chromium',
    async open() {
      await ensureChromium();
      const browser = await launchChromium({ extension: extensionFolder });
      return {
        async newTab() {
          const page = await browser.newPage();
          return {
            goto: (url) => page.goto(url),
            read: <T>(expression: string) => page.evaluate(expression) as Promise<T>,
            async openPanel() {
              const { frontEnd, panel } = await openPanel(page);
              return { panel, closeDevTools: () => frontEnd.close() };
            },
          };
        },
        close: () => browser.close(),
      };
    },
  },
  {
    name: 'firefox',
    async open() {
      await ensureFirefox();
      const firefox = await launchFirefox({ extension: firefoxExtensionFolder });
      return {
        async newTab() {
          const page = await firefox.newPage();
          return {
            goto: (url) => page.goto(url),
            read: (expression) => page.evaluate(expression),
            async openPanel() {
              const { panel, close } = await (await page.openDevTools())();
              return { panel, closeDevTools: close };
            },
          };
        },
        close: () => firefox.close(),
      };
    },
  },
];
