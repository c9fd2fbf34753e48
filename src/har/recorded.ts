import type { BrowserProfile } from '../fetch/browser-profile.ts';
import type { End, Exchange, Hop, Preflight, Times } from '../exchange/exchange.ts';
import type { Asked } from '../exchange/page-requests.ts';
import type { ReadEntry } from './entries.ts';
import { type JsonObject, isBoolean, isNumber, isObject, isText, listIn, objectIn } from './json.ts';

/** What HAR has no place for. Each entry that this program writes has it in `_corsInspector`, and so is read back without a guess. */
export type Recorded =
  | Place & OfUrl & { readonly part: 'preflight'; readonly wasSent: boolean; readonly times?: Times }
  | Place & OfUrl & {
    readonly part: 'request';
    readonly wasSent: boolean;
    readonly times?: Times;
    readonly redirectedTo: string | null;
    readonly scriptHeaderOrder: readonly string[] | null;
    /** Where the preflight stands that filled the cache; null: it is not in the file. */
    readonly preflight: 'none' | 'network' | { readonly cachedFrom: Place | null };
    /** In the first hop. */
    readonly of?: OfExchange;
  };

/** A hop of an exchange. */
export interface Place {
  readonly exchange: string;
  readonly hop: number;
}

/** As the browser had it, where the entry has to have it in another form. */
interface OfUrl {
  readonly url?: string;
}

export type OfExchange = Omit<Exchange, 'id' | 'hops' | 'asked' | 'stack'> & { readonly asked?: Omit<Asked, 'stack'> };

/** How header lines were seen, which decides what they mean. In `_corsInspector` of the log. */
export type RecordedLog = Pick<BrowserProfile, 'multipleAllowOriginValues'>;

const allowOriginValues: ReadonlySet<unknown> = new Set(['space-or-comma', 'lines', 'merged-lines'] satisfies RecordedLog['multipleAllowOriginValues'][]);

export function readRecordedLog(log: JsonObject): Partial<RecordedLog> {
  const { multipleAllowOriginValues } = objectIn(log, '_corsInspector');
  return allowOriginValues.has(multipleAllowOriginValues) ? { multipleAllowOriginValues } as RecordedLog : {};
}

type NetworkPreflight = Preflight & { readonly from: 'network' };

/** The exchanges of which these are the entries, as they were. What is damaged is left out. */
export function exchangesRecorded(entries: readonly ReadEntry[]): readonly Exchange[] {
  const requests = new Map<string, ReadEntry[]>();
  const preflights = new Map<string, NetworkPreflight>();
  for (const entry of entries) {
    const { exchange, hop, part } = entry.recorded ?? {};
    if (!isText(exchange) || !isNumber(hop)) continue;
    if (part === 'preflight') preflights.set(placeKey({ exchange, hop }), preflightOf(entry));
    else if (part !== 'request') continue;
    else if (requests.has(exchange)) requests.get(exchange)?.push(entry);
    else requests.set(exchange, [entry]);
  }
  return [...requests].flatMap(([id, own]) => exchangeOf(id, own, preflights) ?? []);
}

const placeKey = ({ exchange, hop }: Place): string => `${hop} ${exchange}`;

function preflightOf({ recorded, requestHeaders, status, responseHeaders, error }: ReadEntry): NetworkPreflight {
  return { from: 'network', requestHeaders: recorded?.['wasSent'] === true ? requestHeaders : null, response: responseOf(status, responseHeaders), error: error ?? null, ...timesOf(recorded) };
}

const responseOf = (status: number, headers: ReadEntry['responseHeaders']) => (status === 0 ? null : { status, headers });

function exchangeOf(id: string, entries: readonly ReadEntry[], preflights: ReadonlyMap<string, NetworkPreflight>): Exchange | null {
  const ordered = [...entries].sort((a, b) => hopNumber(a) - hopNumber(b));
  const [first, ...rest] = ordered.map((entry, hop) => hopOf(entry, preflights.get(placeKey({ exchange: id, hop })) ?? null, preflights));
  const of = objectIn(ordered[0]?.recorded, 'of');
  const { type, origin, startedAt, isUnmarked, hasStarted } = of;
  const trial = keyIn(trials, of['trial']);
  const end = endOf(objectIn(of, 'end'));
  if (!first || !ordered.every((entry, hop) => hopNumber(entry) === hop) || !isText(type) || !isText(origin) || !isNumber(startedAt) || !end) return null;
  const asked = askedOf(objectIn(of, 'asked'));
  const stack = ordered[0]?.stack ?? [];
  return {
    id, type, origin, startedAt, hops: [first, ...rest], end,
    ...(isUnmarked === true ? { isUnmarked } : {}), ...(hasStarted === true ? { hasStarted } : {}), ...(trial ? { trial } : {}), ...(asked ? { asked } : {}), ...(stack.length > 0 ? { stack } : {}),
  };
}

const hopNumber = ({ recorded }: ReadEntry): number => (isNumber(recorded?.['hop']) ? recorded['hop'] : -1);

function hopOf({ recorded, url, method, requestHeaders, status, responseHeaders }: ReadEntry, own: NetworkPreflight | null, preflights: ReadonlyMap<string, NetworkPreflight>): Hop {
  const { wasSent, redirectedTo, scriptHeaderOrder, preflight, url: written } = recorded ?? {};
  return {
    url: isText(written) ? written : url, method,
    requestHeaders: wasSent === true ? requestHeaders : null,
    scriptHeaderOrder: Array.isArray(scriptHeaderOrder) && scriptHeaderOrder.every(isText) ? scriptHeaderOrder : null,
    preflight: preflight === 'network' ? own : isObject(preflight) ? { from: 'cache', source: sourceOf(preflight, preflights) } : null,
    response: responseOf(status, responseHeaders),
    redirectedTo: isText(redirectedTo) ? redirectedTo : null,
    ...timesOf(recorded),
  };
}

function timesOf(recorded: ReadEntry['recorded']): { readonly times?: Times } {
  const { times } = recorded ?? {};
  if (!isObject(times)) return {};
  const { sentAt, answeredAt } = times;
  return { times: { sentAt: isNumber(sentAt) ? sentAt : null, answeredAt: isNumber(answeredAt) ? answeredAt : null } };
}

function sourceOf(preflight: JsonObject, preflights: ReadonlyMap<string, NetworkPreflight>): NetworkPreflight | null {
  const { exchange, hop } = objectIn(preflight, 'cachedFrom');
  return isText(exchange) && isNumber(hop) ? preflights.get(placeKey({ exchange, hop })) ?? null : null;
}

function endOf(end: JsonObject): End | null {
  const { kind, at, error, fromCache, readable, from, until } = end;
  switch (kind) {
    // It was under way when the file was written.
    case 'pending':
    case 'untold':
      return { kind: 'untold' };
    case 'unseen':
      return isNumber(from) && isNumber(until) ? { kind, from, until } : null;
    case 'completed':
      return isNumber(at) && isBoolean(fromCache) ? { kind, at, fromCache, ...(isBoolean(readable) ? { readable } : {}) } : null;
    case 'error':
    case 'refused':
      return isNumber(at) && isText(error) ? { kind, at, error } : null;
    case 'unfollowed':
      return isNumber(at) ? { kind, at } : null;
    default:
      return null;
  }
}

// Records, so that the compiler misses what is not in them.
const trials: Readonly<Record<NonNullable<Exchange['trial']>, true>> = { changed: true, unclear: true };
const apis: Readonly<Record<Asked['api'], true>> = { fetch: true, xhr: true, 'event-source': true, element: true };
const modes: Readonly<Record<NonNullable<Asked['mode']>, true>> = { cors: true, 'no-cors': true, 'same-origin': true };
const credentialsModes: Readonly<Record<NonNullable<Asked['credentials']>, true>> = { include: true, omit: true, 'same-origin': true };
const redirectModes: Readonly<Record<NonNullable<Asked['redirect']>, true>> = { follow: true, error: true, manual: true };

const keyIn = <Key extends string>(record: Readonly<Record<Key, true>>, value: unknown): Key | null => (isText(value) && Object.hasOwn(record, value) ? value as Key : null);

function askedOf(asked: JsonObject): Asked | null {
  const api = keyIn(apis, asked['api']);
  const headerNames = listIn(asked, 'headerNames');
  return api && {
    api,
    mode: keyIn(modes, asked['mode']),
    credentials: keyIn(credentialsModes, asked['credentials']),
    redirect: keyIn(redirectModes, asked['redirect']),
    headerNames: 'headerNames' in asked && asked['headerNames'] !== null && headerNames.every(isText) ? headerNames : null,
    stack: [],
  };
}
