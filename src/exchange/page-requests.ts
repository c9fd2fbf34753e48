import type { End, Hop } from './exchange.ts';
import { dropOldest } from './make-room.ts';
import type { PageRequestEvent } from './network-event.ts';
import { isRedirectStatus } from '../fetch/status.ts';
import type { BrowserProfile } from '../fetch/browser-profile.ts';

/** What the page itself asked for, where it was asked. It may lie: what was seen on the wire counts more. */
export type Asked = Omit<PageRequestEvent, 'kind' | 'origin' | 'url' | 'method' | 'time'>;

/** A request as the network began it. */
export interface Begun {
  /** Serialised, of the document or worker that asked. */
  readonly origin: string | null;
  readonly url: string;
  readonly method: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Joins what the page asked for to the requests that came of it. Either may be told first. */
export interface PageRequests<Request> {
  began(request: Request, begun: Begun): void;
  asked(event: PageRequestEvent): void;
  /** It turned out to be none of the page's own. */
  withdraw(request: Request, begun: Begun): void;
  clear(): void;
  /** How many requests and events are remembered. */
  size(): number;
}

/** By how many milliseconds two clocks may differ that are rounded to one. */
const clockError = 2;

/** How long, in milliseconds, a request may wait before the network begins it. */
const longestWait = 10_000;

/** How many requests of one URL are remembered: later ones have little to do with them. */
const remembered = 32;

/** And of how many URLs. */
const mostUrls = 2000;

/**
 * The two share no id, only origin, URL, method and time. Requests begin in the order in which the page asks for them.
 * Where some are missing on one side and what is left says different things, nothing is told of any.
 */
export function createPageRequests<Request>(tell: (request: Request, asked: Asked | undefined) => void): PageRequests<Request> {
  interface Said {
    readonly time: number;
    readonly asked: Asked;
    /** The same for all that ask for the same, whoever called. */
    readonly sense: string;
  }
  interface Alike {
    readonly requests: { readonly request: Request; readonly startedAt: number }[];
    readonly said: Said[];
  }
  const byKey = new Map<string, Alike>();

  function alike({ origin, url, method }: Omit<Begun, 'startedAt'>): Alike {
    const key = `${origin} ${method} ${url}`;
    const known = byKey.get(key) ?? { requests: [], said: [] };
    // The one that nothing was told of for the longest time comes first.
    byKey.delete(key);
    byKey.set(key, known);
    dropOldest(byKey, mostUrls, (oldest) => byKey.delete(oldest));
    return known;
  }

  function join({ requests, said }: Alike): void {
    const isPaired = requests.length === said.length && requests.every(({ startedAt }, index) => said[index] && mayBeginAt(said[index], startedAt));
    requests.forEach(({ request, startedAt }, index) => tell(request, isPaired ? said[index]?.asked : commonTo(startedAt, requests, said)));
  }

  /** What all say that may be meant, if there is one for each request that each of them may mean. */
  function commonTo(startedAt: number, requests: Alike['requests'], said: readonly Said[]): Asked | undefined {
    const mine = said.filter((one) => mayBeginAt(one, startedAt));
    const [first, last] = [mine[0], mine.at(-1)];
    if (!first || !last) return undefined;
    const rivals = requests.filter((other) => other.startedAt >= first.time - clockError && other.startedAt <= last.time + longestWait);
    if (rivals.length > mine.length || mine.some(({ sense }) => sense !== first.sense)) return undefined;
    return mine.length === 1 ? first.asked : { ...first.asked, stack: [] };
  }

  return {
    began(request, begun) {
      const known = alike(begun);
      insert(known.requests, { request, startedAt: begun.startedAt }, ({ startedAt }) => startedAt);
      if (known.said.length > 0) join(known);
    },
    asked({ api, mode, credentials, redirect, headerNames, stack, time, ...event }) {
      const known = alike(event);
      const sense = JSON.stringify([api, mode, credentials, redirect, headerNames]);
      insert(known.said, { time, asked: { api, mode, credentials, redirect, headerNames, stack }, sense }, (said) => said.time);
      if (known.requests.length > 0) join(known);
    },
    withdraw(request, begun) {
      const known = alike(begun);
      const index = known.requests.findIndex((other) => other.request === request);
      if (index === -1) return;
      known.requests.splice(index, 1);
      join(known);
    },
    clear: () => byKey.clear(),
    size: () => [...byKey.values()].reduce((sum, { requests, said }) => sum + requests.length + said.length, 0),
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

function insert<T>(list: T[], item: T, timeOf: (item: T) => number): void {
  let index = list.length;
  for (let before = list[index - 1]; before !== undefined && timeOf(before) > timeOf(item); before = list[index - 1]) index -= 1;
  list.splice(index, 0, item);
  if (list.length > remembered) list.shift();
}

const mayBeginAt = ({ time }: { readonly time: number }, startedAt: number): boolean => time <= startedAt + clockError && time >= startedAt - longestWait;
