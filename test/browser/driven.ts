/** A document in which functions are evaluated; arguments and results travel as JSON. */
export interface Evaluates {
  evaluate<Arguments extends readonly unknown[], Result>(code: string | ((...args: Arguments) => Result), ...args: Arguments): Promise<Awaited<Result>>;
}

/** The keys without a character, as `KeyboardEvent.key` names them. */
export type Key = 'Backspace' | 'Enter' | 'Escape' | 'Tab' | 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/** A document that is used as people use it: with the mouse and the keyboard. */
export interface Driven extends Evaluates {
  /** Clicks the first element that matches and whose name or text contains the words, as soon as it is there. */
  click(selector: string, words?: string): Promise<void>;
  /** Presses a key wherever the focus is: the one of a character, or one of `Key`; together with a modifier or not. */
  press(key: string, modifier?: 'Control' | 'Shift'): Promise<void>;
}

/** A tab. */
export interface InspectedPage extends Driven {
  /** Loads a page; rejects when it cannot be reached. */
  goto(url: string): Promise<void>;
  bringToFront(): Promise<void>;
  /** Takes the network from the page and, in Firefox, from the whole browser. */
  setOffline(isOffline: boolean): Promise<void>;
  close(): Promise<void>;
  /** Opens DevTools and waits until the extension has its tab there; what it gives back shows the panel. */
  openDevTools(handle?: string): Promise<() => Promise<DevTools>>;
}

export interface DevTools {
  /** The panel's own page. */
  readonly panel: Driven;
  /** Gives the panel the keyboard. */
  focus(): Promise<void>;
  setTheme(theme: 'light' | 'dark'): Promise<void>;
  /** Docks them to a side of the page, so many CSS pixels high or wide. */
  dock(side: 'bottom' | 'right', size: number): Promise<void>;
  /** What the browser calls the tool that is shown: `sources`, `netmonitor`, … */
  shownTool(): Promise<string>;
  /** What the browser's own network tool saves as HAR, as text. In Firefox that tool records once it has been shown. */
  har(): Promise<string>;
  /** DevTools as a user sees them, without the page: a PNG. */
  screenshot(): Promise<Uint8Array>;
  /** Closes them, as a user does. */
  close(): Promise<void>;
}

/** Runs in the document: the element that `click` means. */
export const find = (selector: string, words: string): Element | null =>
  [...document.querySelectorAll(selector)].find((element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').includes(words)) ?? null;

/** Presses one key after the other. */
export async function type(into: Driven, text: string): Promise<void> {
  for (const character of text) await into.press(character);
}
