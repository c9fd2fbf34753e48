import type { BrowserProfile, HeaderChanges, NetworkEvent } from '../../src/index.ts';
import type { Injection } from './page-observer.ts';

/** How one kind of browser tells what happens on its network. */
export interface Capture {
  readonly profile: BrowserProfile & { readonly name: 'chromium' | 'firefox' };
  /** Whether DevTools tell each new URL of the page, those that a script of it sets included. */
  readonly everyUrlIsTold: boolean;
  readonly injection: Injection;
  /** Tells the listener from now on. Resolves once nothing is missed any more. */
  start(listener: CaptureListener): Promise<void>;
  /** Asks the user for access to every site, from within a click handler. */
  askForAccess(): void;
  /** Has the browser make these changes in the tab from now on, and no others; null: none. Rejects where the browser refuses. */
  setTrial(changes: HeaderChanges | null): Promise<void>;
}

export interface CaptureListener {
  /**
   * An event of the inspected tab. Converting is left to the listener, who does it when somebody looks: capturing that
   * does little is a page that loads fast.
   */
  record(convert: () => NetworkEvent): void;
  /** Whether the browser withholds access to any site, at first and whenever it changes. It hides what it withholds. */
  access(isWithheld: boolean): void;
}
