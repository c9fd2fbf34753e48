import type { Theme } from './browser.ts';
import type { PageObserver } from './capture/page-observer.ts';
import type { Session } from './devtools/session.ts';
import type { TrialRun } from './devtools/trial-run.ts';

/** What the devtools page hands to the panel's window. The panel may be made late, and made again: nothing lives in it. */
export interface Shell {
  readonly session: Session;
  readonly pageObserver: PageObserver;
  readonly trialRun: TrialRun;
  reloadInspectedPage(): void;
  /** Shows a line of a script in DevTools; null: this browser cannot. */
  readonly openSource: ((url: string, line: number, column: number) => void) | null;
  /** Asks the user for access to every site, from within a click handler. */
  askForAccess(): void;
  /** Tells the theme of DevTools, now and whenever it changes. Returns what ends it. */
  onTheme(listener: (theme: Theme) => void): () => void;
}

export type ShellWindow = Window & { corsInspectorShell?: Shell };
