import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { type HeaderList, get } from '../fetch/header-list.ts';
import { parseUrl } from '../fetch/url.ts';
import { utf8Encode } from '../fetch/utf8.ts';
import { isoDateTime } from '../exchange/date-time.ts';
import { type Exchange, type Hop, type Preflight, lastHop } from '../exchange/exchange.ts';
import type { Asked } from '../exchange/page-requests.ts';
import { type Redaction, redactions } from '../explain/redact.ts';
import type { Har, HarEntry, HarHeader, HarInitiator } from './har.ts';
import type { OfExchange, Place } from './recorded.ts';
import { harTypeOf } from './resource-type.ts';

export interface HarSource {
  /** Name and version of this program, with a space between them. */
  readonly generator: string;
  /** Of the browser that made the requests. */
  readonly profile: BrowserProfile;
  readonly browserVersion: string;
  /** URL of the inspected page. */
  readonly page: string;
  readonly exchanges: readonly Exchange[];
  /** Whether secrets stay in what is written; unless stated otherwise they do not. */
  readonly secrets?: keyof typeof redactions;
}

type NetworkPreflight = Preflight & { readonly from: 'network' };

/**
 * Everything that was recorded as HAR 1.2: an entry for each hop and each preflight. Chrome's own fields are written as
 * Chrome does; what HAR has no place for is in `_corsInspector`, and `readHar` gives the same exchanges back.
 */
export function harOf({ generator, profile, browserVersion, page, exchanges, secrets = 'redacted' }: HarSource): Har {
  const redaction = redactions[secrets];
  const [name = '', version = ''] = generator.split(' ');
  const ordered = [...exchanges].sort((a, b) => a.startedAt - b.startedAt);
  const places = placesOf(ordered);
  const { multipleAllowOriginValues } = profile;
  return {
    log: {
      version: '1.2',
      creator: { name, version },
      browser: { name: profile.name, version: browserVersion },
      pages: [{ startedDateTime: isoDateTime(ordered[0]?.startedAt ?? 0), id: pageId, title: redaction.url(page), pageTimings: {} }],
      entries: ordered.flatMap((exchange) => exchange.hops.flatMap((hop, index) => entriesOf(exchange, hop, index, places, redaction))),
      comment: 'Cross-origin requests only. What was not seen to be sent has the time at which its request began.',
      _corsInspector: { multipleAllowOriginValues },
    },
  };
}

const pageId = 'page_1';

/** Where each preflight stands. */
const placesOf = (exchanges: readonly Exchange[]): ReadonlyMap<Preflight, Place> =>
  new Map(exchanges.flatMap(({ id, hops }) => hops.flatMap(({ preflight }, hop) => (preflight?.from === 'network' ? [[preflight, { exchange: id, hop }] as const] : []))));

function entriesOf(exchange: Exchange, hop: Hop, index: number, places: ReadonlyMap<Preflight, Place>, redaction: Redaction): readonly HarEntry[] {
  const request = requestEntry(exchange, hop, index, places, redaction);
  return hop.preflight?.from === 'network' ? [preflightEntry(exchange, hop, index, hop.preflight, redaction), request] : [request];
}

function preflightEntry({ id, startedAt }: Exchange, { url }: Hop, hop: number, { requestHeaders, response, error, times }: NetworkPreflight, redaction: Redaction): HarEntry {
  return entryOf({
    from: times?.sentAt ?? startedAt, until: times?.answeredAt ?? null, url, method: 'OPTIONS', requestHeaders, response, redaction, resourceType: 'preflight', initiator: { type: 'preflight' },
    error: response !== null ? null : error ?? undefined,
    recorded: { exchange: id, hop, part: 'preflight', wasSent: requestHeaders !== null, ...(times ? { times } : {}) },
  });
}

function requestEntry(exchange: Exchange, hop: Hop, index: number, places: ReadonlyMap<Preflight, Place>, redaction: Redaction): HarEntry {
  const { id, startedAt, end, type } = exchange;
  const { url, method, requestHeaders, response, preflight, scriptHeaderOrder, redirectedTo, times } = hop;
  const isLast = hop === lastHop(exchange);
  const from = index === 0 ? startedAt : times?.sentAt ?? startedAt;
  const until = isLast ? ('at' in end ? end.at : null) : times?.answeredAt ?? null;
  return entryOf({
    from, until, url, method, requestHeaders, response, redaction,
    resourceType: harTypeOf(type), initiator: initiatorOf(exchange, redaction),
    error: isLast ? errorOf(exchange) : null,
    recorded: {
      exchange: id, hop: index, part: 'request', wasSent: requestHeaders !== null, scriptHeaderOrder, ...(times ? { times } : {}),
      redirectedTo: redirectedTo === null ? null : redaction.url(redirectedTo),
      preflight: preflight === null ? 'none' : preflight.from === 'network' ? 'network' : { cachedFrom: (preflight.source && places.get(preflight.source)) ?? null },
      ...(index === 0 ? { of: ofExchange(exchange) } : {}),
    },
  });
}

function ofExchange({ id, hops, stack, asked, ...of }: Exchange): OfExchange {
  return { ...of, ...(asked ? { asked: withoutStack(asked) } : {}) };
}

/** The stack has a place in HAR. */
const withoutStack = ({ stack, ...asked }: Asked): Omit<Asked, 'stack'> => asked;

function errorOf({ end }: Exchange): string | null | undefined {
  switch (end.kind) {
    case 'completed':
      return null;
    case 'error':
    case 'refused':
      return end.error;
    case 'pending':
    case 'unseen':
    case 'untold':
    case 'unfollowed':
      return undefined;
  }
}

function initiatorOf({ stack = [] }: Exchange, { url: redact }: Redaction): HarInitiator {
  if (stack.length === 0) return { type: 'other' };
  return { type: 'script', stack: { callFrames: stack.map(({ functionName, url, line, column }) => ({ functionName, url: redact(url), lineNumber: line - 1, columnNumber: column - 1 })) } };
}

interface Parts {
  /** Milliseconds since the epoch. */
  readonly from: number;
  /** Null: not known. */
  readonly until: number | null;
  readonly url: string;
  readonly method: string;
  readonly requestHeaders: HeaderList | null;
  readonly response: { readonly status: number; readonly headers: HeaderList } | null;
  /** Undefined: not known. */
  readonly error: string | null | undefined;
  readonly resourceType: string;
  readonly initiator: HarInitiator;
  readonly recorded: HarEntry['_corsInspector'];
  readonly redaction: Redaction;
}

function entryOf({ from, until, url, method, requestHeaders, response, error, resourceType, initiator, recorded, redaction }: Parts): HarEntry {
  const duration = until === null ? null : Math.max(0, until - from);
  const written = (headers: HeaderList | null): readonly HarHeader[] => redaction.headers(headers ?? []).map(([name, value]) => ({ name, value }));
  const shown = redaction.url(url);
  const uri = asUri(shown);
  const location = response && get(redaction.headers(response.headers), 'location');
  return {
    pageref: pageId,
    startedDateTime: isoDateTime(from),
    time: duration ?? 0,
    request: {
      method, url: uri, httpVersion: '', cookies: [], headers: written(requestHeaders), queryString: queryOf(shown), headersSize: -1, bodySize: -1,
    },
    response: {
      status: response?.status ?? 0, statusText: '', httpVersion: '', cookies: [], headers: written(response?.headers ?? null),
      content: { size: 0, mimeType: (response && get(response.headers, 'content-type')) ?? '' },
      redirectURL: location ?? '', headersSize: -1, bodySize: -1, ...(error === undefined ? {} : { _error: error }),
    },
    cache: {},
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, ...(duration === null ? { send: -1, wait: -1, receive: -1 } : { send: 0, wait: duration, receive: 0 }) },
    _resourceType: resourceType,
    _initiator: initiator,
    _corsInspector: uri === shown ? recorded : { ...recorded, url: shown },
  };
}

/**
 * The URL as an RFC 3986 URI, which HAR asks for: URLs may hold more characters.
 * https://url.spec.whatwg.org/#url-writing
 */
function asUri(url: string): string {
  const { href } = parseUrl(url) ?? { href: url };
  const authority = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(href)?.[0] ?? '';
  const rest = utf8Encode(href.slice(authority.length)).replace(/%(?![0-9a-f]{2})|[^\w.~:/?#@!$&'()*+,;=%-]/gi, (byte) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`);
  return authority + rest;
}

/** As it stands in the URL: nothing is decoded. */
function queryOf(url: string): readonly HarHeader[] {
  const query = parseUrl(url)?.search.slice(1) ?? '';
  return query === '' ? [] : query.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    return equals === -1 ? { name: pair, value: '' } : { name: pair.slice(0, equals), value: pair.slice(equals + 1) };
  });
}
