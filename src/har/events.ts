import { type HeaderList, contains, get } from '../fetch/header-list.ts';
import { isHttpUrl } from '../fetch/location.ts';
import { serializeOrigin } from '../fetch/origin.ts';
import { blinkHeaderOrder } from '../exchange/blink-header-order.ts';
import type { NetworkEvent, RequestEvent } from '../exchange/network-event.ts';
import type { ReadEntry } from './entries.ts';
import type { Producer } from './producer.ts';
import { type Request, type RequestHop, requestsOf } from './requests.ts';
import { webRequestTypeOf } from './resource-type.ts';

/**
 * The events that a browser must have reported of the requests that its own log has, in an order in which each request
 * finds the preflight that was its own. What the log does not tell is left out.
 *
 * @param pageUrl URL of a page by its id
 */
export function eventsOf(entries: readonly ReadEntry[], producer: Producer, pageUrl: (id: string) => string): readonly NetworkEvent[] {
  const { requests, preflights } = requestsOf(entries);
  const steps: Step[] = [];
  requests.forEach((request, index) => addRequest(steps, request, { id: `r${index}`, producer, pageUrl }));
  preflights.forEach((preflight, index) => addPreflight(steps, preflight, `p${index}`));
  return steps.sort((a, b) => a.at - b.at || a.rank - b.rank).flatMap(({ events }) => events);
}

/** What happens at once. */
interface Step {
  /** Milliseconds since the epoch, and which of those in the same millisecond comes first. */
  readonly at: number;
  readonly rank: number;
  readonly events: readonly NetworkEvent[];
}

const ranks = { begins: 0, goesOnAlone: 1, preflight: 2, goesOn: 3 } as const;

/** Only requests that were sent name their host. Of others, Chrome's log has what was to be sent, without the browser's own. */
const wasSent = ({ requestHeaders }: ReadEntry): boolean => contains(requestHeaders, 'host');

function addPreflight(steps: Step[], entry: ReadEntry, requestId: string): void {
  const { url, status, responseHeaders, requestHeaders, startedAt, error } = entry;
  // Of one that was not sent, the request that it was for says as much.
  if (!contains(requestHeaders, 'access-control-request-method')) return;
  const base = { requestId, url, method: 'OPTIONS', time: startedAt, type: 'other', origin: get(requestHeaders, 'origin'), frame: entry.page };
  const ended = { ...base, time: startedAt + entry.duration };
  steps.push({
    at: startedAt, rank: ranks.preflight, events: [
      { kind: 'before-request', ...base },
      { kind: 'send-headers', ...base, headers: requestHeaders },
      ...(status === 0 ? [] : [
        { kind: 'headers-received', ...ended, status, headers: responseHeaders },
        { kind: 'completed', ...ended, status, fromCache: false },
      ] as const),
      ...(status === 0 && error ? [{ kind: 'error', ...ended, error }] as const : []),
    ],
  });
}

interface Context {
  readonly id: string;
  readonly producer: Producer;
  readonly pageUrl: (id: string) => string;
}

function addRequest(steps: Step[], request: Request, context: Context): void {
  const { id, producer } = context;
  const [first] = request.hops;
  // A service worker's own answer was not judged by its headers.
  if (request.hops.some(({ entry }) => entry.isFromServiceWorker) || !isHttpUrl(first.entry.url)) return;
  const shared = { requestId: id, type: webRequestTypeOf(first.entry), origin: originOf(request, context), frame: first.entry.page, ...(producer.isUnmarked ? { isUnmarked: true } : {}) };
  let last: Pick<Step, 'at' | 'rank'> = { at: 0, rank: 0 };
  /** Nothing happens to a request before what happened to it before. */
  const add = (at: number, rank: number, events: readonly NetworkEvent[]): void => {
    if (at > last.at || (at === last.at && rank > last.rank)) last = { at, rank };
    steps.push({ ...last, events });
  };
  for (const [index, hop] of request.hops.entries()) {
    const { entry, preflightAt } = hop;
    const { url, method, status, startedAt } = entry;
    const base = { ...shared, url, method, time: startedAt };
    const ended = { ...base, time: startedAt + entry.duration };
    const next = request.hops[index + 1];
    add(startedAt, ranks.begins, [
      { kind: 'before-request', ...base },
      ...(index === 0 && entry.stack.length > 0 ? [{ kind: 'initiator', url, method, time: startedAt, stack: entry.stack } as const] : []),
    ]);
    const events: NetworkEvent[] = [
      ...(wasSent(entry) ? [{ kind: 'send-headers', ...base, headers: entry.requestHeaders, withheld: producer.withheld } as const] : []),
      ...(status === 0 ? [] : [{ kind: 'headers-received', ...ended, status, headers: entry.responseHeaders } as const]),
    ];
    if (preflightAt === null) add(startedAt, ranks.goesOnAlone, events);
    else add(preflightAt, ranks.goesOn, events);
    if (!next) {
      events.push(...endOf(entry, ended, producer));
      return;
    }
    events.push({ kind: 'redirect', ...ended, status, location: entry.redirectsTo ?? next.entry.url });
    if (!isHttpUrl(next.entry.url)) return;
    if (!goesThere(next)) {
      events.push(...endOf(next.entry, { ...shared, url: next.entry.url, method: next.entry.method, time: next.entry.startedAt }, producer));
      return;
    }
  }
}

/**
 * Whether the request got as far as this URL. The log has an entry for a redirect that was not followed, too, and in
 * Firefox that names its host: what it lacks is the headers of a CORS request.
 */
const goesThere = ({ entry, preflightAt }: RequestHop): boolean =>
  entry.status !== 0 || preflightAt !== null || (wasSent(entry) && contains(entry.requestHeaders, 'origin'));

type Base = Omit<RequestEvent & { readonly kind: 'before-request' }, 'kind'>;

function endOf(entry: ReadEntry, base: Base, { tellsSuccess, profile }: Producer): readonly NetworkEvent[] {
  const { error, status, redirectsTo, isFromCache, mimeType } = entry;
  // A redirect that the script refused (redirect mode error) is written as one that CORS stopped.
  const isVague = error === profile.corsNetworkError && redirectsTo !== null;
  if (error && !isVague) {
    return [
      ...(mimeType !== '' && mimeType !== withoutBody ? [{ kind: 'response-started', ...base } as const] : []),
      { kind: 'error', ...base, error },
      ...(wasSent(entry) ? [] : [{ kind: 'finished', url: base.url, method: base.method, error, headerNames: headerOrder(entry.requestHeaders, entry.resourceType) } as const]),
    ];
  }
  // Of a redirect that nothing follows in the file, the rest may have been left out of it.
  if (error === null && tellsSuccess && status !== 0 && redirectsTo === null) return [{ kind: 'completed', ...base, status, fromCache: isFromCache }];
  return [{ kind: 'untold', ...base }];
}

/** What Chrome writes where the response was not handed over. */
const withoutBody = 'x-unknown';

const headerOrder = (headers: HeaderList, resourceType: string): readonly string[] => blinkHeaderOrder(headers.map(([name]) => name), resourceType === 'xhr' ? 'xhr' : 'fetch');

/**
 * Where no header says it, it is taken from the page of the request. A later hop may name the origin `null` because of
 * the redirect before it.
 */
function originOf({ hops }: Request, { pageUrl }: Context): string | null {
  const [first] = hops;
  const own = get(first.entry.requestHeaders, 'origin') ?? first.preflightOrigin;
  if (own !== null) return own;
  const later = hops.map(({ entry }) => get(entry.requestHeaders, 'origin')).find((origin) => origin !== null && origin !== 'null');
  if (later !== undefined && later !== null) return later;
  const url = get(first.entry.requestHeaders, 'referer') ?? pageUrl(first.entry.page);
  return url === '' ? null : serializeOrigin(url);
}
