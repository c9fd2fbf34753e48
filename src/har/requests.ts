import { get } from '../fetch/header-list.ts';
import { parseUrl } from '../fetch/url.ts';
import { isCorsPreflightRequest } from '../exchange/preflight-request.ts';
import type { ReadEntry } from './entries.ts';

/** A request with the redirects that it followed, each with the preflights that seem to be its own. */
export interface Request {
  readonly hops: readonly [RequestHop, ...RequestHop[]];
}

export interface RequestHop {
  readonly entry: ReadEntry;
  /** Where a preflight of it was found, when that began, in milliseconds since the epoch; null: none was. */
  preflightAt: number | null;
  /** The `Origin` of that preflight. */
  preflightOrigin: string | null;
}

export interface Requests {
  readonly requests: readonly Request[];
  readonly preflights: readonly ReadEntry[];
}

/**
 * By how many milliseconds a redirect and what follows it may lie apart, and a request and its preflight. No file says
 * which belong together, and Firefox counts neither the wait for a preflight nor its own delay in what a request took.
 */
const longestDelay = 10_000;

export const isPreflight = ({ method, requestHeaders, resourceType }: ReadEntry): boolean => resourceType === 'preflight' || isCorsPreflightRequest(method, requestHeaders);

/** Joins what a browser's own log has as one entry each. The entries are in the order in which they began. */
export function requestsOf(entries: readonly ReadEntry[]): Requests {
  const preflights = entries.filter(isPreflight);
  const hops = entries.filter((entry) => !isPreflight(entry)).map((entry): RequestHop => ({ entry, preflightAt: null, preflightOrigin: null }));
  findPreflights(hops, preflights);
  return { requests: joinRedirects(hops), preflights };
}

/** A redirect is followed by the next entry at the URL to which it leads. */
function joinRedirects(hops: readonly RequestHop[]): readonly Request[] {
  interface Joined {
    readonly hops: [RequestHop, ...RequestHop[]];
  }
  /** The oldest first; those before `next` wait no more. */
  interface Waiting {
    readonly requests: Joined[];
    next: number;
  }
  const requests: Joined[] = [];
  const waiting = new Map<string, Waiting>();

  function redirectedTo(url: string, startedAt: number): Joined | null {
    const queue = waiting.get(url);
    for (let request = queue?.requests[queue.next]; queue && request; request = queue.requests[queue.next]) {
      queue.next++;
      const { entry } = request.hops.at(-1) ?? request.hops[0];
      if (startedAt <= entry.startedAt + entry.duration + longestDelay) return request;
    }
    return null;
  }

  for (const hop of hops) {
    const { url, redirectsTo, error, startedAt } = hop.entry;
    let request = redirectedTo(withoutUserInfo(url), startedAt);
    if (request) request.hops.push(hop);
    else requests.push(request = { hops: [hop] });
    // What failed was not followed.
    if (redirectsTo === null || error) continue;
    const target = withoutUserInfo(redirectsTo);
    const queue = waiting.get(target);
    if (queue) queue.requests.push(request);
    else waiting.set(target, { requests: [request], next: 0 });
  }
  return requests;
}

/** Firefox leaves user name and password out of what it follows. */
function withoutUserInfo(url: string): string {
  const { protocol, host, pathname, search } = parseUrl(url) ?? {};
  return host === undefined ? url : `${protocol}//${host}${pathname}${search}`;
}

/**
 * A preflight belongs to a request to its URL, with the method that it asks for, that began before it: the nearest one
 * that has none yet. Where several wait for several, all of them are found when the last of the preflights is there.
 */
function findPreflights(hops: readonly RequestHop[], preflights: readonly ReadEntry[]): void {
  interface Run {
    readonly waiting: RequestHop[];
    found: ReadEntry[];
  }
  const runs = new Map<string, Run>();
  const runOf = (method: string, url: string): Run => {
    const key = `${method} ${url}`;
    const run = runs.get(key) ?? { waiting: [], found: [] };
    runs.set(key, run);
    return run;
  };
  const settle = ({ waiting, found }: Run): void => {
    const at = found.at(-1)?.startedAt ?? 0;
    for (const { startedAt, requestHeaders } of found) {
      const hop = waiting.at(-1);
      if (!hop || hop.entry.startedAt < startedAt - longestDelay) break;
      waiting.pop();
      hop.preflightAt = at;
      hop.preflightOrigin = get(requestHeaders, 'origin');
    }
  };
  let next = 0;
  for (const hop of hops) {
    for (let preflight = preflights[next]; preflight && preflight.startedAt < hop.entry.startedAt; preflight = preflights[++next]) find(preflight);
    const run = runOf(hop.entry.method, hop.entry.url);
    settle(run);
    run.found = [];
    run.waiting.push(hop);
  }
  for (; next < preflights.length; next++) find(preflights[next]);
  for (const run of runs.values()) settle(run);

  function find(preflight: ReadEntry | undefined): void {
    if (preflight) runOf(get(preflight.requestHeaders, 'access-control-request-method') ?? '', preflight.url).found.push(preflight);
  }
}
