import type { BrowserProfile } from '../fetch/browser-profile.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { createRecorder } from '../exchange/recorder.ts';
import { readEntries } from './entries.ts';
import { eventsOf } from './events.ts';
import { type JsonObject, isObject, listIn, objectIn, textIn } from './json.ts';
import { producerOf } from './producer.ts';
import { exchangesRecorded } from './recorded.ts';

export type HarReading =
  | { readonly ok: true; readonly session: HarSession }
  | { readonly ok: false; readonly problem: HarProblem };

/** What a HAR file holds. */
export interface HarSession {
  /** The cross-origin ones, in the order in which they began. */
  readonly exchanges: readonly Exchange[];
  readonly profile: BrowserProfile & { readonly name: 'chromium' | 'firefox' };
  readonly browserVersion: string;
  /** URL of the first page; empty: the file does not say. */
  readonly page: string;
  /** What the file does not tell, in sentences. */
  readonly notes: readonly string[];
}

export type HarProblem = keyof typeof harProblems;

/** Why a file cannot be shown, and what to do. */
export const harProblems = {
  'not-json': 'This file is no HAR file: it is not JSON, or it is cut off. In the Network panel, choose "Save all as HAR", or export HAR here, and import that file.',
  'report': 'This is a JSON report. It holds conclusions and not all that they were drawn from. Export HAR instead of JSON, and import that file.',
  'not-har': 'This is JSON, and no HAR file: it has no log with entries. In the Network panel, choose "Save all as HAR", and import that file.',
  'no-entries': 'This HAR file has no request in it. Reload the page with the Network panel open, save all as HAR again, and import that file.',
} as const;

/**
 * What the text of a HAR file holds, as far as it is evidence of CORS. The file may come from anywhere and hold anything.
 * Where it does not tell, nothing is assumed: an exchange may end as `untold`.
 */
export function readHar(text: string): HarReading {
  const file = parse(text);
  if (file === undefined) return { ok: false, problem: 'not-json' };
  if (isObject(file) && file['format'] === 'cors-inspector') return { ok: false, problem: 'report' };
  if (!isObject(file) || !Array.isArray(objectIn(file, 'log')['entries'])) return { ok: false, problem: 'not-har' };
  const log = objectIn(file, 'log');
  const entries = readEntries(log);
  if (entries.length === 0) return { ok: false, problem: 'no-entries' };

  const others = entries.filter(({ recorded }) => recorded === null);
  const producer = producerOf(log, entries);
  const pages = pageUrls(log);
  const recorder = createRecorder(producer.profile, { most: Number.POSITIVE_INFINITY, isDispensable: () => false });
  for (const event of eventsOf(others, producer, (id) => pages.get(id) ?? '')) recorder.push(event);
  const exchanges = [...exchangesRecorded(entries), ...recorder.exchanges()].sort((a, b) => a.startedAt - b.startedAt);
  const { profile, browserVersion, notes } = producer;
  return { ok: true, session: { exchanges, profile, browserVersion, notes, page: [...pages.values()][0] ?? '' } };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text) as unknown;
  } catch {
    return undefined;
  }
}

/** Browsers give a page its URL as title. */
const pageUrls = (log: JsonObject): ReadonlyMap<string, string> =>
  new Map(listIn(log, 'pages').flatMap((page) => (isObject(page) ? [[textIn(page, 'id'), textIn(page, 'title')] as const] : [])));
