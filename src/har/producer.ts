import { type BrowserProfile, browserProfiles } from '../fetch/browser-profile.ts';
import { contains, get } from '../fetch/header-list.ts';
import type { ReadEntry } from './entries.ts';
import { type JsonObject, objectIn, textIn } from './json.ts';
import { readRecordedLog } from './recorded.ts';

/** The browser whose requests a file holds, and what its record can be trusted to tell. */
export interface Producer {
  readonly profile: BrowserProfile & { readonly name: 'chromium' | 'firefox' };
  /** Empty: the file does not say. */
  readonly browserVersion: string;
  /** Whether a request without a network error ended without one. */
  readonly tellsSuccess: boolean;
  /** Whether the absence of `Sec-Fetch-Storage-Access` may have another reason than the credentials mode. */
  readonly isUnmarked: boolean;
  /** Byte-lowercase names of headers that may have been left out of the file. */
  readonly withheld: readonly string[];
  /** What to tell who reads the file. */
  readonly notes: readonly string[];
}

const chromium = { ...browserProfiles.chromium, name: 'chromium' } as const;
const firefox = { ...browserProfiles.firefox, name: 'firefox' } as const;

const untold = 'It does not tell how a request ended. Verdicts follow from the headers, and where those do not decide, the outcome is unknown.';

/** Chrome leaves them out unless told otherwise. */
const withoutSecrets = 'It holds neither Cookie nor Authorization. Whether requests carried them is unknown.';

/** Each kind of file, by what its `creator` calls itself; the last one is any other. */
const kinds: readonly { readonly creator: RegExp; readonly tellsSuccess: boolean; readonly notes: readonly string[] }[] = [
  { creator: /^cors-inspector$/, tellsSuccess: true, notes: [] },
  // What Chrome, Edge and their like call themselves.
  { creator: /^WebInspector$/, tellsSuccess: true, notes: [] },
  { creator: /^Firefox$/, tellsSuccess: false, notes: [`Firefox wrote it. ${untold}`] },
  { creator: /^/, tellsSuccess: false, notes: [untold] },
];

export function producerOf(log: JsonObject, entries: readonly ReadEntry[]): Producer {
  const creator = textIn(objectIn(log, 'creator'), 'name');
  const { tellsSuccess = false, notes = [] } = kinds.find((kind) => kind.creator.test(creator)) ?? {};
  const browser = objectIn(log, 'browser');
  const name = `${textIn(browser, 'name')} ${creator}`;
  const agents = entries.map(({ requestHeaders }) => get(requestHeaders, 'user-agent') ?? '').find((agent) => agent !== '') ?? '';
  const isFirefox = /firefox/i.test(name) || (!/chrom|edge/i.test(name) && /Firefox\/\d/.test(agents));
  const [, agentVersion = ''] = /(?:Chrome|Firefox)\/([\d.]+)/.exec(agents) ?? [];
  const isWithoutSecrets = !entries.some(({ recorded, requestHeaders, responseHeaders }) =>
    recorded !== null || contains(requestHeaders, 'cookie') || contains(requestHeaders, 'authorization') || contains(responseHeaders, 'set-cookie'));
  const isKnown = isFirefox || /chrom|edge|WebInspector/i.test(name) || agentVersion !== '';
  return {
    profile: { ...(isFirefox ? firefox : chromium), ...readRecordedLog(log) },
    browserVersion: textIn(browser, 'version') || agentVersion,
    tellsSuccess,
    // Firefox marks nothing that a worker asks for, and no file says who asked.
    isUnmarked: isFirefox,
    withheld: isWithoutSecrets ? ['authorization', 'cookie'] : [],
    notes: [...notes, ...(isWithoutSecrets ? [withoutSecrets] : []), ...(isKnown ? [] : ['It does not say which browser made the requests. They are judged as Chromium would.'])],
  };
}
