import type { End, Hop } from './exchange.ts';
import type { PageRequestEvent } from './network-event.ts';
import { isRedirectStatus } from '../fetch/status.ts';
import type { BrowserProfile } from '../fetch/browser-profile.ts';

/** What the page itself asked for, where it was asked. It may lie: what was seen on the wire counts more. */
export type Asked = Omit<PageRequestEvent, 'kind' | 'url' | 'method' | 'time'>;

/** Joins what the page asked for to the requests that came of it. Either may be told first. */
export interface PageRequests<Request> {
  began(url: string, method: string, request: Request, startedAt: number): void;
  asked(event: PageRequestEvent): void;
  /** It turned out to be none of the page's own. */
  withdraw(url: string, method: string, request: Request): void;
  clear(): void;
}

/** By how many milliseconds two clocks may differ that are rounded to one. */
const clockError = 2;

/** How long, in milliseconds, a request may wait before the network begins it. */
const longestWait = 10_000;

/** How many requests of one URL are remembered: later ones have little to do with them. */
const remembered = 32;

/** Of how many URLs, the latest. */
const rememberedUrls = 2000;

/**
 * The two share no id, only URL, method and time. Requests begin in the order in which the page asks for them. Where some
 * are missing on one side and what is left says different things, nothing is told of any.
 */
export function createPageRequests<Request>(tell: (request: Request, asked: Asked | undefined) => void): PageRequests<Request> {
  interface Alike {
    readonly requests: { readonly request: Request; readonly time: number }[];
    readonly events: PageRequestEvent[];
  }
  const byKey = new Map<string, Alike>();

  function alike(url: string, method: string): Alike {
    const key = `${method} ${url}`;
    const known = byKey.get(key) ?? { requests: [], events: [] };
    byKey.delete(key);
    byKey.set(key, known);
    const [oldest] = byKey.keys();
    if (byKey.size > rememberedUrls && oldest !== undefined) byKey.delete(oldest);
    return known;
  }

  function join({ requests, events }: Alike): void {
    const isPaired = requests.length === events.length && requests.every(({ time }, index) => fits(events[index], time));
    requests.forEach(({ request, time }, index) => {
      const mine = events.filter((event) => fits(event, time));
      const rivals = requests.filter((other) => mine.some((event) => fits(event, other.time)));
      const asked = isPaired ? events[index] : mine.length >= rivals.length && mine.every((event) => saysTheSame(event, mine[0])) ? mine[0] : undefined;
      tell(request, asked && askedOf(asked));
    });
  }

  return {
    began(url, method, request, time) {
      const known = alike(url, method);
      insert(known.requests, { request, time });
      if (known.events.length > 0) join(known);
    },
    asked(event) {
      const known = alike(event.url, event.method);
      insert(known.events, event);
      if (known.requests.length > 0) join(known);
    },
    withdraw(url, method, request) {
      const known = alike(url, method);
      const index = known.requests.findIndex((other) => other.request === request);
      if (index === -1) return;
      known.requests.splice(index, 1);
      join(known);
    },
    clear: () => byKey.clear(),
  };
}

/** The end of a request that ended with a redirect, which means one thing or another by the redirect mode. https://fetch.spec.whatwg.org/#concept-request-redirect-mode */
export function endAsAsked(end: End, { response, redirectedTo }: Hop, asked: Asked, profile: BrowserProfile): End {
  const wasHandedOver = end.kind === 'completed' && profile.refusedRedirectCompletes && response !== null && isRedirectStatus(response.status) && end.readable !== true;
  const wasAborted = end.kind === 'error' && end.error === profile.abortNetworkError && redirectedTo !== null;
  if (!wasHandedOver && !wasAborted) return end;
  if (asked.redirect === 'error') return { kind: 'refused', at: end.at, error: end.kind === 'error' ? end.error : profile.corsNetworkError };
  // Resource Timing says of a redirect that the script got what it says of a response that was withheld.
  return asked.redirect === 'manual' ? { kind: 'completed', at: end.at, fromCache: false } : end;
}

function insert<T extends { readonly time: number }>(list: T[], item: T): void {
  let index = list.length;
  while (index > 0 && (list[index - 1]?.time ?? 0) > item.time) index -= 1;
  list.splice(index, 0, item);
  if (list.length > remembered) list.shift();
}

const fits = (event: PageRequestEvent | undefined, time: number): boolean => event !== undefined && event.time <= time + clockError && event.time >= time - longestWait;

const askedOf = ({ api, mode, credentials, redirect, headerNames, stack }: PageRequestEvent): Asked => ({ api, mode, credentials, redirect, headerNames, stack });

const saysTheSame = (a: PageRequestEvent, b: PageRequestEvent | undefined): boolean => JSON.stringify(askedOf(a)) === JSON.stringify(b && askedOf(b));
