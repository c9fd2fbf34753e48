import type { BrowserProfile, Diagnosis, Exchange, Gap, HeaderChanges, OtherBrowser, ReportSource } from '../../src/index.ts';

/**
 * All that the panel knows of the world around it. The shell gives the real ones; tests and the gallery give their own,
 * so the panel imports no extension API.
 */
export interface PanelPorts {
  readonly profile: BrowserProfile;
  /** Every exchange recorded, in the order in which the requests began; the same array as long as nothing changed. */
  exchanges(): readonly Exchange[];
  /** When nothing was heard of the network, oldest first; the same array as long as nothing changed. */
  gaps(): readonly Gap[];
  /** How many exchanges made room for later ones. */
  dropped(): number;
  /** Calls back after something was recorded or forgotten, not too often, or access has changed. Returns what ends it. */
  subscribe(onChange: () => void): () => void;
  /** Forgets what was recorded. */
  clear(): void;
  /** Whether exchanges outlive a navigation of the inspected page. */
  readonly preserveLog: boolean;
  setPreserveLog(preserve: boolean): void;
  /** Whether the browser withholds access to any site: then it hides requests. */
  readonly isAccessWithheld: boolean;
  /** Asks the user for access to every site, from within a click handler. */
  askForAccess(): void;
  /** The observer in the page. Switching it on reloads the page. */
  readonly asking: {
    /** `starting`: whether the document that is there is asked is not known yet. `lapsed`: it is not, since the page was left or reloaded. `stopping`: it may still be, but no longer shall. */
    readonly state: 'off' | 'starting' | 'on' | 'lapsed' | 'stopping';
    /** Which frames are observed beside the main one. Workers never are. */
    readonly frames: 'same-origin' | 'none';
    set(on: boolean): void;
    subscribe(onChange: () => void): () => void;
  };
  /** Headers that are tried out in this tab, in the browser. Starting reloads the page. */
  readonly trying: {
    /** `refused`: the browser did not do what it was asked. */
    readonly state: 'off' | 'starting' | 'on' | 'refused';
    /** The origin of the server whose responses are changed; null: none. */
    readonly server: string | null;
    start(changes: HeaderChanges): void;
    stop(): void;
    subscribe(onChange: () => void): () => void;
  };
  reloadInspectedPage(): void;
  /** Shows a line of a script in DevTools, both counting from 1; null: this browser cannot. */
  readonly openSource: ((url: string, line: number, column: number) => void) | null;
  /** Everything that is shown, with what a file of it has to say besides. */
  source(): ReportSource;
  /** What the other browser would have decided; null: nothing else, or it is not known. */
  otherBrowserOf(exchange: Exchange, diagnosis: Diagnosis): OtherBrowser | null;
  /** Copies text from within a click handler; resolves to whether it worked. */
  copy(text: string): Promise<boolean>;
  /** The theme of DevTools, now and whenever it changes. */
  onTheme(listener: (theme: 'light' | 'dark') => void): () => void;
}
