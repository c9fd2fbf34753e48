import browser, { type Runtime, type WebRequest } from 'webextension-polyfill';
import type { TrialRule } from '../src/index.ts';
import { type MessageName, type Messages, networkPort } from './messages.ts';

/**
 * The only module that touches the extension API. It evens out what differs between a browser's own `browser`, the
 * polyfilled `chrome` of older versions, and Firefox.
 */

export type Theme = 'light' | 'dark';

export const version = browser.runtime.getManifest().version;

export const inspectedTabId = (): number => browser.devtools.inspectedWindow.tabId;

/** Undefined in the devtools page of a browser that tells its background page only. */
export const webRequest: WebRequest.Static | undefined = browser.webRequest;

/** The part of declarativeNetRequest that is used here: all rules belong to this extension. */
export interface SessionRules {
  updateSessionRules(change: { readonly removeRuleIds: readonly number[]; readonly addRules: readonly TrialRule[] }): Promise<void>;
  getSessionRules(): Promise<readonly { readonly id: number }[]>;
}

/** Undefined where `webRequest` is. */
export const sessionRules = browser.declarativeNetRequest as unknown as SessionRules | undefined;

export const openTabIds = async (): Promise<readonly number[]> => (await browser.tabs.query({})).flatMap(({ id }) => id ?? []);

export async function inspectedUrl(): Promise<string> {
  // Both may be missing: a devtools page without webRequest has no tabs either.
  const tabs = browser.tabs as typeof browser.tabs | undefined;
  // Nor do tabs tell the URL of a page to which access is withheld.
  const url = (await tabs?.get(inspectedTabId()))?.url ?? await evaluateInInspectedPage('location.href');
  return typeof url === 'string' ? url : '';
}

const everySite = { origins: ['<all_urls>'] };

/**
 * Tells whether the browser withholds access to any site, now and whenever that changes: the user may withhold what the
 * manifest asks for. Returns what ends it. Where a devtools page has no webRequest, it cannot ask this either.
 */
export function onAccess(listener: (isWithheld: boolean) => void): () => void {
  const { permissions } = browser;
  let isOver = false;
  const tell = async (): Promise<void> => {
    const isWithheld = !(await permissions.contains(everySite));
    if (!isOver) listener(isWithheld);
  };
  permissions.onAdded.addListener(tell);
  permissions.onRemoved.addListener(tell);
  void tell();
  return () => {
    isOver = true;
    permissions.onAdded.removeListener(tell);
    permissions.onRemoved.removeListener(tell);
  };
}

/** Has the browser ask the user for access to every site; within a click handler. Resolves to whether it is there. */
export const requestAccess = (): Promise<boolean> => browser.permissions.request(everySite);

/** Evaluates in the inspected page. */
export type Evaluate = (expression: string) => Promise<unknown>;

/** The value of an expression in the inspected page's main frame, which may be no list; undefined: it cannot be had. The page may lie. */
export const evaluateInInspectedPage: Evaluate = async (expression) => {
  const { eval: evaluate } = browser.devtools.inspectedWindow;
  return valueOf(evaluate(expression)).catch(() => undefined);
};

/**
 * The same where an evaluation that a navigation interrupts may make all later ones of its document fail: the next one is
 * made in the name of another document, a frame.
 */
export function evaluatorInFrames(): Evaluate {
  let frame: Promise<HTMLIFrameElement> | null = null;
  return async (expression) => {
    const current = frame ??= loadedFrame('/empty.html');
    try {
      const { browser: inFrame } = (await current).contentWindow as unknown as { readonly browser: typeof browser };
      const { eval: evaluate } = inFrame.devtools.inspectedWindow;
      return await valueOf(evaluate(expression));
    } catch {
      if (frame === current) frame = null;
      void current.then((failed) => failed.remove());
      return undefined;
    }
  };
}

function loadedFrame(url: string): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  const loaded = new Promise<HTMLIFrameElement>((resolve) => frame.addEventListener('load', () => resolve(frame), { once: true }));
  frame.src = url;
  document.documentElement.append(frame);
  return loaded;
}

/** Chrome's own API gives the value, the others give it in a list with the exception. */
async function valueOf(evaluated: Promise<unknown>): Promise<unknown> {
  const result = await evaluated;
  return Array.isArray(result) ? result[0] : result;
}

/** Opens a page of the extension in a tab. */
export const openTab = (url: string): void => void browser.tabs.create({ url });

/** A port between the devtools page and the event page. */
export interface NetworkPort {
  post<Name extends MessageName>(name: Name, payload: Messages[Name]): void;
  onMessage(listener: (received: unknown) => void): void;
  /** Calls back when the other end is gone. */
  onDisconnect(listener: () => void): void;
}

/** Connects to the event page, which wakes it. */
export const connectNetworkPort = (): NetworkPort => networkPortOf(browser.runtime.connect({ name: networkPort }));

export function onNetworkPort(listener: (port: NetworkPort) => void): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name === networkPort) listener(networkPortOf(port));
  });
}

const networkPortOf = (port: Runtime.Port): NetworkPort => ({
  post: (name, payload) => port.postMessage({ name, payload }),
  onMessage: (listener) => port.onMessage.addListener((received) => listener(received)),
  onDisconnect: (listener) => port.onDisconnect.addListener(() => listener()),
});

/** `injectedScript` runs in the page that is loaded now, before any script of its own, and in no other page. */
export function reloadInspectedPage(injectedScript?: string): void {
  void browser.devtools.inspectedWindow.reload(injectedScript === undefined ? {} : { injectedScript });
}

export function onNavigated(listener: (url: string) => void): void {
  browser.devtools.network.onNavigated.addListener(listener);
}

/** The part of a HAR entry that is read here, with Chrome's own fields. */
export interface FinishedRequest {
  readonly _resourceType?: string;
  readonly _initiator?: unknown;
  /** ISO 8601. */
  readonly startedDateTime: string;
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

/** What shows a line of a script in DevTools, both counting from 1; null: this browser cannot. In the devtools page only. */
export function sourceOpener(): ((url: string, line: number, column: number) => void) | null {
  const { panels } = browser.devtools as { readonly panels: { openResource?(url: string, line: number, column: number, callback: () => void): void } };
  if (!panels.openResource) return null;
  return (url, line, column) => panels.openResource?.(url, line - 1, column - 1, () => {});
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
