import browser, { type WebRequest } from 'webextension-polyfill';

/**
 * The only module that touches the extension API. It evens out what differs between a browser's own `browser`, the
 * polyfilled `chrome` of older versions, and Firefox.
 */

export type Theme = 'light' | 'dark';

export const version = browser.runtime.getManifest().version;

export const inspectedTabId = browser.devtools.inspectedWindow.tabId;

export const webRequest: WebRequest.Static = browser.webRequest;

export async function inspectedUrl(): Promise<string> {
  const { url } = await browser.tabs.get(inspectedTabId);
  return url ?? '';
}

export function reloadInspectedPage(): void {
  void browser.devtools.inspectedWindow.reload();
}

export function onNavigated(listener: (url: string) => void): void {
  browser.devtools.network.onNavigated.addListener(listener);
}

/** The part of a HAR entry that is read here, with Chrome's own fields. */
export interface FinishedRequest {
  readonly _resourceType?: string;
  readonly request: { readonly method: string; readonly url: string; readonly headers: readonly { readonly name: string }[] };
  /** `_error` is there when the response never came, or was withheld. */
  readonly response: { readonly _error?: string | null };
}

export function onRequestFinished(listener: (entry: FinishedRequest) => void): void {
  browser.devtools.network.onRequestFinished.addListener((entry) => listener(entry as unknown as FinishedRequest));
}

/** Adds the panel to DevTools. Its page is made when its tab is first shown, and `onShown` hands over its window. */
export async function createPanel(title: string, icon: string, page: string, onShown: (panel: Window) => void): Promise<void> {
  const panel = await browser.devtools.panels.create(title, icon, page);
  panel.onShown.addListener((window) => onShown(window as unknown as Window));
}

/**
 * The theme of DevTools, now and whenever it changes. Asked in the devtools page: in Chrome a panel's own page is told
 * a stale theme. Chrome has a setter for one handler where Firefox has an event.
 */
export function onTheme(listener: (theme: Theme) => void): void {
  const { panels } = browser.devtools;
  const tell = (name: string): void => listener(name === 'dark' ? 'dark' : 'light');
  tell(panels.themeName);
  if ('setThemeChangeHandler' in panels && typeof panels.setThemeChangeHandler === 'function') panels.setThemeChangeHandler(tell);
  else panels.onThemeChanged?.addListener(tell);
}
