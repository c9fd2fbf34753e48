import { type BrowserProfile, type Diagnosis, type Exchange, type Gap, type NetworkEvent, type OtherBrowser, type Report, type ReportSource, createRecorder, diagnose, mostExchanges, otherBrowserOf, reportOf } from '../../src/index.ts';
import type { CaptureListener } from '../capture/capture.ts';
import { createListeners } from '../listeners.ts';
import { createNavigations } from './navigations.ts';
import { pace } from './pace.ts';

/** Everything that one DevTools window has recorded of its inspected page. */
export interface Session {
  readonly version: string;
  readonly profile: BrowserProfile;
  readonly preserveLog: boolean;
  setPreserveLog(preserve: boolean): void;
  /** Whether the browser withholds access to any site, and so hides requests. */
  readonly isAccessWithheld: boolean;
  exchanges(): readonly Exchange[];
  /** When nothing was heard, oldest first; the same array as long as nothing changed. */
  gaps(): readonly Gap[];
  /** How many exchanges made room for later ones. */
  dropped(): number;
  /** Everything recorded, with what a file of it has to say besides. */
  source(): ReportSource;
  report(): Report;
  /** What the other browser would have decided; null: nothing else, or it is not known. */
  otherBrowserOf(exchange: Exchange, diagnosis: Diagnosis): OtherBrowser | null;
  clear(): void;
  /** Calls back after something was recorded or forgotten, or access has changed. Returns what ends it. */
  subscribe(onChange: () => void): () => void;
}

export interface RecordingSession extends Session, CaptureListener {
  /** The URL of the page that is inspected when DevTools opens. */
  opened(url: string): void;
  navigated(url: string): void;
}

export interface SessionOptions {
  readonly version: string;
  readonly profile: BrowserProfile & { readonly name: 'chromium' | 'firefox' };
  readonly browserVersion: string;
  /** Whether `navigated` is called for each new URL of the page, those that a script of it sets included. */
  readonly everyUrlIsTold: boolean;
}

export function createSession({ version, profile, browserVersion, everyUrlIsTold }: SessionOptions): RecordingSession {
  const allowed = new WeakMap<Exchange, boolean>();
  const recorder = createRecorder(profile, {
    most: mostExchanges,
    isDispensable(exchange) {
      // The oldest are asked about each time that there is room to be made.
      const isAllowed = allowed.get(exchange) ?? diagnose(exchange, profile).outcome === 'allowed';
      allowed.set(exchange, isAllowed);
      return isAllowed;
    },
  });
  const navigations = createNavigations({ everyUrl: everyUrlIsTold });
  const listeners = createListeners();
  let waiting: (() => NetworkEvent)[] = [];
  let page = '';
  let preserveLog = false;
  let isAccessWithheld = false;

  function drain(): void {
    const events = waiting;
    waiting = [];
    for (const convert of events) {
      const event = convert();
      if (event.kind === 'before-request' && event.type === 'main_frame') forgetBefore(navigations.requested(event));
      recorder.push(event);
    }
  }

  /** Requests of the new page may be under way before the navigation is told: they began after its own request. */
  function forgetBefore(start: number | null): void {
    if (start !== null && !preserveLog) recorder.clear(start);
  }

  const drainSoon = pace(() => {
    drain();
    listeners.tell();
    // The panel shares this thread. It renders in a microtask, and what that costs counts.
    return new Promise((resolve) => setTimeout(resolve));
  });

  function record(convert: () => NetworkEvent): void {
    waiting.push(convert);
    drainSoon();
  }

  function source(): ReportSource {
    drain();
    return { generator: `cors-inspector ${version}`, profile, browserVersion, page, exchanges: recorder.exchanges(), gaps: recorder.gaps(), dropped: recorder.dropped() };
  }

  return {
    version,
    profile,
    get preserveLog() {
      return preserveLog;
    },
    setPreserveLog(preserve) {
      preserveLog = preserve;
    },
    get isAccessWithheld() {
      return isAccessWithheld;
    },
    record,
    access(isWithheld) {
      if (isWithheld === isAccessWithheld) return;
      isAccessWithheld = isWithheld;
      const now = Date.now();
      // Of what is under way nothing more may be heard.
      if (isWithheld) record(() => ({ kind: 'gap', from: now, until: now }));
      listeners.tell();
    },
    opened(url) {
      page ||= url;
    },
    navigated(url) {
      drain();
      page = url;
      forgetBefore(navigations.told(url, Date.now()));
      listeners.tell();
    },
    exchanges() {
      drain();
      return recorder.exchanges();
    },
    gaps() {
      drain();
      return recorder.gaps();
    },
    dropped: () => recorder.dropped(),
    source,
    report: () => reportOf(source()),
    otherBrowserOf: (exchange, diagnosis) => otherBrowserOf(exchange, diagnosis, profile),
    clear() {
      drain();
      recorder.clear();
      listeners.tell();
    },
    subscribe: listeners.add,
  };
}
