import { createTrialRun } from '../../extension/devtools/trial-run.ts';
import { mountPanel } from '../../extension/panel/mount.tsx';
import type { PanelPorts } from '../../extension/panel/ports.ts';
import { browserProfiles, createRecorder, otherBrowserOf } from '../../src/index.ts';
import { eventsOf, eventsOfCase, stories, triedOut } from './exchanges.ts';
import { harFiles } from './har-files.ts';

/** What a test may ask of the gallery. */
export interface Gallery {
  /** Every text that was copied. */
  readonly copied: string[];
  reloads: number;
  /** Lines of scripts that were to be shown. */
  readonly opened: string[];
  /** How often access to every site was asked for. */
  accessRequests: number;
  /** Withholds access, or grants it. */
  withholdAccess(withheld: boolean): void;
  /** Records one more story under this id. */
  record(id: string, story: string): void;
}

declare global {
  var gallery: Gallery;
}

// ?case=NAME shows that case, ?select=ID selects an exchange in it, ?tab=ID opens a tab, ?policy=STATE is a state of the
// policy in the tab Fix (server, editing or wrong), ?file=NAME drops that file, ?theme=dark is dark, ?clipboard=refused
// cannot copy, ?access=withheld hides requests, ?trial=on tries headers out, ?asking=on or =lapsed is the switch "Ask the
// page", ?browser=firefox is what Firefox makes of the same events.
const options = new URLSearchParams(location.search);
const browser = options.get('browser') === 'firefox' ? 'firefox' : 'chromium';
// The stories end with Chromium's network errors.
const { corsNetworkError, completedMeansReadable, preflightComesFirst } = browserProfiles.chromium;
const profile = { ...browserProfiles[browser], name: browser, corsNetworkError, completedMeansReadable, preflightComesFirst } as const;
const recorder = createRecorder(profile, { most: 100_000, isDispensable: () => false });
const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
const changed = (): void => listeners.forEach((listener) => listener());
let preserveLog = false;
let isAccessWithheld = options.get('access') === 'withheld';

let asking: PanelPorts['asking']['state'] = 'off';
const asked = options.get('asking');
if (asked === 'on' || asked === 'lapsed') asking = asked;

/** What the browser is told to try out takes no time here, and changes nothing. */
const trying = createTrialRun({ set: async () => undefined, tell: recorder.push, reload: () => void gallery.reloads++ });

globalThis.gallery = {
  copied: [],
  reloads: 0,
  opened: [],
  accessRequests: 0,
  withholdAccess(withheld) {
    isAccessWithheld = withheld;
    changed();
  },
  record(id, story) {
    const found = stories[story];
    if (found) eventsOf(id, found).forEach(recorder.push);
    changed();
  },
};

const name = options.get('case') ?? 'session';
eventsOfCase(name).forEach(recorder.push);
if (options.get('trial') === 'on') trying.start(triedOut);

mountPanel(document.body, {
  profile,
  exchanges: recorder.exchanges,
  gaps: recorder.gaps,
  dropped: recorder.dropped,
  subscribe,
  clear() {
    recorder.clear();
    changed();
  },
  get preserveLog() {
    return preserveLog;
  },
  setPreserveLog(preserve) {
    preserveLog = preserve;
  },
  get isAccessWithheld() {
    return isAccessWithheld;
  },
  askForAccess() {
    gallery.accessRequests++;
  },
  trying,
  asking: {
    get state() {
      return asking;
    },
    frames: browser === 'firefox' ? 'same-origin' : 'none',
    set(on) {
      asking = on ? 'on' : 'off';
      changed();
    },
    subscribe,
  },
  // Firefox has nothing that shows a line.
  openSource: browser === 'firefox' ? null : (url, line) => void gallery.opened.push(`${url}:${line}`),
  reloadInspectedPage() {
    gallery.reloads++;
  },
  source: () => ({ generator: 'gallery 1', profile, browserVersion: '', page: 'https://shop.example/', exchanges: recorder.exchanges(), gaps: recorder.gaps(), dropped: recorder.dropped() }),
  otherBrowserOf: (exchange, diagnosis) => otherBrowserOf(exchange, diagnosis, profile),
  async copy(text) {
    if (options.get('clipboard') === 'refused') return false;
    gallery.copied.push(text);
    return true;
  },
  onTheme(listener) {
    listener(options.get('theme') === 'dark' ? 'dark' : 'light');
    return () => {};
  },
});

/** Clicks the element as soon as it is drawn. */
function click(selector: string): Promise<void> {
  return new Promise((resolve) => {
    const attempt = (): void => {
      const element = document.querySelector<HTMLElement>(selector);
      if (!element) return;
      observer.disconnect();
      element.click();
      resolve();
    };
    const observer = new MutationObserver(attempt);
    observer.observe(document.body, { childList: true, subtree: true });
    attempt();
  });
}

const file = harFiles[options.get('file') ?? ''];
if (file) {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([file.text], file.name));
  document.dispatchEvent(new DragEvent('drop', { dataTransfer }));
}

const selected = options.get('select') ?? (name in stories ? name : null);
const tab = options.get('tab');
if (selected !== null) await click(`[data-exchange="${CSS.escape(selected)}"]`);
if (tab !== null) await click(`#tab-${CSS.escape(tab)}`);

function type(selector: string, text: string): void {
  const field = document.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
  if (!field) throw new Error(`There is no ${selector}.`);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const policyStates: Readonly<Record<string, () => Promise<void>>> = {
  server: () => click('.scope label:last-of-type input'),
  editing: () => click('.policy button'),
  wrong: async () => {
    await click('.policy button');
    type('#policy-origins', 'https://shop.example/\nhttps://*.shop.example\nnull\nlocalhost:3000');
    type('#policy-methods', 'GET, put, TRACE');
    type('#policy-requestHeaders', 'content-type, Access-Control-Allow-Origin, sec-fetch-mode, x cart-id:');
    type('#policy-exposedHeaders', 'etag, set-cookie, content-type');
    type('#policy-maxAge', '1e9');
  },
};
await policyStates[options.get('policy') ?? '']?.();
