import { utf8Encode } from '../fetch/utf8.ts';
import { type HeaderList, get } from '../fetch/header-list.ts';
import { isRedirectStatus } from '../fetch/status.ts';
import { parseUrl } from '../fetch/url.ts';
import type { StackFrame } from '../exchange/network-event.ts';
import { stackOfInitiator } from './initiator.ts';
import { type JsonObject, isNumber, isObject, isText, listIn, objectIn, textIn } from './json.ts';

/** An entry of a HAR file, as far as CORS has to do with it. */
export interface ReadEntry {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds that it took; 0 where the file does not know. */
  readonly duration: number;
  /** Without a fragment. */
  readonly url: string;
  readonly method: string;
  readonly requestHeaders: HeaderList;
  /** 0: none is known. */
  readonly status: number;
  readonly responseHeaders: HeaderList;
  /** Where the response redirects to, resolved; null: nowhere. */
  readonly redirectsTo: string | null;
  /** The browser's network error; null: the file says that there was none; undefined: it does not say. */
  readonly error: string | null | undefined;
  /** As Chrome names it; empty: the file does not say. */
  readonly resourceType: string;
  readonly mimeType: string;
  readonly isFromCache: boolean;
  /** A service worker answered in place of the network. */
  readonly isFromServiceWorker: boolean;
  readonly stack: readonly StackFrame[];
  /** Id of the page that it belongs to; empty: of none. */
  readonly page: string;
  /** What this program wrote of it; null: another program wrote the file. */
  readonly recorded: JsonObject | null;
}

/** In the order in which they began; what is no entry is left out. */
export const readEntries = (log: JsonObject): readonly ReadEntry[] =>
  listIn(log, 'entries').flatMap((entry) => readEntry(entry) ?? []).sort((a, b) => a.startedAt - b.startedAt);

function readEntry(entry: unknown): ReadEntry | null {
  if (!isObject(entry)) return null;
  const request = objectIn(entry, 'request');
  const response = objectIn(entry, 'response');
  const url = withoutFragment(textIn(request, 'url'));
  const startedAt = Date.parse(textIn(entry, 'startedDateTime'));
  const { time, _fromCache: fromCache, _initiator: initiator, _corsInspector: recorded } = entry;
  if (url === '' || !isNumber(startedAt)) return null;
  const status = statusOf(response['status']);
  const responseHeaders = headersOf(response);
  return {
    startedAt, url, status, responseHeaders,
    duration: isNumber(time) && time > 0 ? time : 0,
    method: textIn(request, 'method'),
    requestHeaders: headersOf(request),
    redirectsTo: isRedirectStatus(status) ? resolved(get(responseHeaders, 'location') ?? textIn(response, 'redirectURL'), url) : null,
    error: errorOf(response),
    resourceType: textIn(entry, '_resourceType'),
    mimeType: textIn(objectIn(response, 'content'), 'mimeType'),
    isFromCache: isText(fromCache),
    isFromServiceWorker: response['_fetchedViaServiceWorker'] === true,
    stack: stackOfInitiator(initiator),
    page: textIn(entry, 'pageref'),
    recorded: isObject(recorded) ? recorded : null,
  };
}

const statusOf = (status: unknown): number => (isNumber(status) && status >= 100 && status <= 999 ? Math.floor(status) : 0);

/** Names that begin with a colon are HTTP/2's own, and no headers. */
const headersOf = (message: JsonObject): HeaderList => listIn(message, 'headers').flatMap((header) => {
  if (!isObject(header)) return [];
  const { name, value } = header;
  return isText(name) && isText(value) && name !== '' ? [[name === ':authority' ? 'Host' : name, utf8Encode(value)] as const] : [];
}).filter(([name]) => !name.startsWith(':'));

const resolved = (location: string, base: string): string | null => (location === '' ? null : parseUrl(location, base)?.href ?? null);

/** Chrome appends the policy's reason after a full stop. */
function errorOf({ _error: error }: JsonObject): ReadEntry['error'] {
  if (error === null || error === '') return null;
  return isText(error) ? error.split('.', 1)[0] : undefined;
}

function withoutFragment(url: string): string {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
}
