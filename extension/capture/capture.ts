import type { BrowserProfile, NetworkEvent } from '../../src/index.ts';

/** How one kind of browser tells what happens on its network. */
export interface Capture {
  readonly profile: BrowserProfile & { readonly name: 'chromium' | 'firefox' };
  /**
   * Tells every event of the inspected tab from now on. Converting is left to the caller, who does it when somebody
   * looks: a listener that does little is a page that loads fast.
   */
  start(push: (convert: () => NetworkEvent) => void): void;
}
