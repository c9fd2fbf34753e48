import { byteLowercase } from '../fetch/byte.ts';
import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { checkPreflightResponse } from '../fetch/cors-preflight-fetch.ts';
import { type CorsPreflightCache, createCorsPreflightCache } from '../fetch/cors-preflight-cache.ts';
import { type HeaderList, get } from '../fetch/header-list.ts';
import { isHttpUrl, locationUrl } from '../fetch/location.ts';
import { firstError } from '../fetch/network-error.ts';
import { isSameOrigin, serializeOrigin } from '../fetch/origin.ts';
import type { CredentialsMode, PreflightedRequest } from '../fetch/request.ts';
import type { End, Exchange, Gap, Hop, Preflight, SeenResponse, Times } from './exchange.ts';
import { createLaterTold } from './later-told.ts';
import { afterMakingRoom, dropOldest } from './make-room.ts';
import type { FinishedEvent, GapEvent, NetworkEvent, RequestEvent, StackFrame } from './network-event.ts';
import { type Asked, askedOf, createPageCalls, createPageElements, endAsAsked, pageRequestKey } from './page-requests.ts';
import { isCorsPreflightRequest, needsPreflight, requestedHeaderNames, scriptHeaderNames } from './preflight-request.ts';
import { createReadableResponses } from './resource-timing.ts';
import { changedHeaders, createTrials } from './trials.ts';
import { createUnclaimedPreflights } from './unclaimed-preflights.ts';

/** Turns a stream of network events into exchanges. Any event may be missing; what was not seen stays unknown. */
export interface Recorder {
  push(event: NetworkEvent): void;
  /** Every cross-origin exchange, in the order in which the requests began; the same object as long as nothing changed. */
  exchanges(): readonly Exchange[];
  /** When nothing was heard, oldest first; the same object as long as nothing changed. */
  gaps(): readonly Gap[];
  /** Forgets what began before this moment (milliseconds since the epoch); everything when it is left out. */
  clear(before?: number): void;
  /** How many exchanges made room for later ones since everything was last forgotten. */
  dropped(): number;
  /** How many things are held for any purpose: bounded, whatever the events. */
  size(): number;
}

export interface RecorderOptions {
  /** How many exchanges are kept. */
  readonly most: number;
  /** Whether this exchange, which is over, may make room before older ones that are of more interest. */
  readonly isDispensable: (exchange: Exchange) => boolean;
}

/** How many exchanges a DevTools window can hold and a panel can list without delay. */
export const mostExchanges = 10_000;

type NetworkPreflight = Preflight & { readonly from: 'network' };

/** A request under way, of the page's own or a preflight: which of the two shows only when its headers are sent. */
interface Entry {
  readonly requestId: string;
  readonly type: string;
  readonly origin: string | null;
  readonly frame: string;
  readonly isUnmarked: boolean;
  hasStarted: boolean;
  /** Names of headers that may have been sent and not been seen. */
  withheld: readonly string[];
  readonly startedAt: number;
  readonly hops: [Hop, ...Hop[]];
  end: End;
  asked: Asked | undefined;
  trial: Exchange['trial'];
  /** As the network log has it; empty: not told. */
  stack: readonly StackFrame[];
  isPreflight: boolean;
  /** For a preflight: some actual request has been joined to it. */
  claimed: boolean;
  /** What `exchanges()` hands out, null for what is no cross-origin request; undefined: not known since the last change. */
  exchange: Exchange | null | undefined;
}

/** Loads that are no CORS requests whatever their origin: their mode is `navigate` or `websocket`. */
const otherModes: ReadonlySet<string> = new Set(['main_frame', 'sub_frame', 'object', 'websocket', 'webtransport', 'webbundle']);

/** What the requests are called that a script calls for, and those of elements; the page is asked of no others. */
const callTypes: ReadonlySet<string> = new Set(['xmlhttprequest', 'other']);
const elementTypes: ReadonlySet<string> = new Set(['image', 'imageset', 'media', 'script', 'stylesheet', 'font']);

/** Looking a font up in the cache is reported as a request that misses; the real request follows under another id. */
const cacheLookUp = 'net::ERR_CACHE_MISS';

/** How much of the network log may wait for requests that are still under way, in all and for one URL. */
const earlyLimit = 1000;
const mostEarly = 20;
/** How many equal requests may wait for the network log, and for how many URLs any may. */
const mostAwaited = 200;
const mostAwaitedUrls = 1000;
const mostGaps = 1000;

/** How many requests that were forgotten while they were under way are told from new ones. */
const mostForgotten = 1000;

export function createRecorder(profile: BrowserProfile, { most, isDispensable }: RecorderOptions = { most: mostExchanges, isDispensable: () => false }): Recorder {
  const entries = new Map<string, Entry>();
  const unclaimed = createUnclaimedPreflights(profile);
  /** Requests that are under way, by the URL where they are. */
  const pending = new Map<string, Set<Entry>>();
  /** Ids of requests that were forgotten while they were under way. */
  const forgotten = new Set<string>();
  /** Requests of which the network log has more to say, by the URL that it will name; and what it said too early. */
  const awaited = new Map<string, readonly Entry[]>();
  const early = new Map<string, readonly FinishedEvent[]>();
  let earlyCount = 0;
  const cache: CorsPreflightCache<NetworkPreflight> = createCorsPreflightCache(profile);
  const readableResponses = createReadableResponses<Entry>((entry, readable) => {
    if (entry.end.kind !== 'completed' || entry.end.readable === readable) return;
    const { kind, at, fromCache } = entry.end;
    entry.end = readable === undefined ? { kind, at, fromCache } : { kind, at, fromCache, readable };
    changed(entry);
  });
  const tellAsked = (entry: Entry, asked: Asked | undefined): void => {
    if (entry.asked === asked) return;
    entry.asked = asked;
    changed(entry);
  };
  const pageCalls = createPageCalls(tellAsked);
  const pageElements = createPageElements(tellAsked);
  const initiators = createLaterTold<Entry, readonly StackFrame[]>({
    tell(entry, stack = []) {
      if (entry.stack === stack || entry.stack.length + stack.length === 0) return;
      entry.stack = stack;
      changed(entry);
    },
    common: ([first, ...others]) => (others.length === 0 ? first : undefined),
    // The log takes the time from a clock of its own, which it sets once.
    clockError: 50, longestWait: 10_000, means: 'one in order',
  });
  const trials = createTrials();
  let snapshot: readonly Exchange[] | null = null;
  let gaps: readonly Gap[] = [];
  let dropped = 0;

  function push(event: NetworkEvent): void {
    if (event.kind === 'finished') return joinFinished(event);
    if (event.kind === 'gap') return recordGap(event);
    if (event.kind === 'resource-timing') {
      return readableResponses.told(withoutFragment(event.url), event.responseStatus !== 0, event.from, event.until);
    }
    if (event.kind === 'page-request') {
      const told = event.api === 'element' ? pageElements : pageCalls;
      return told.told(pageRequestKey({ ...event, url: withoutFragment(event.url) }), askedOf(event), event.time, event.until);
    }
    if (event.kind === 'initiator') return initiators.told(requestKey(event.url, event.method), event.stack, event.time);
    if (event.kind === 'trial') return (event.isInForce ? trials.inForce : trials.told)(event.time, event.changes);
    if (otherModes.has(event.type) && !entries.has(event.requestId)) return;
    if (forgotten.has(event.requestId)) {
      if (event.kind === 'completed' || event.kind === 'error') forgotten.delete(event.requestId);
      return;
    }
    const entry = entryOf(event);
    if (entry.end.kind === 'unseen') entry.end = { kind: 'pending' };
    if (entry.isPreflight) recordPreflight(entry, event);
    else record(entry, event);
    if (entry.end.kind !== 'pending') settle(entry);
    changed(entry);
    if (entries.size - unclaimed.size() > most) makeRoom();
  }

  /** Drops what is no exchange, then the oldest dispensable exchanges, then the oldest of the rest. */
  function makeRoom(): void {
    const excess = entries.size - unclaimed.size() - afterMakingRoom(most);
    const dropping = new Set<Entry>();
    // Whether an exchange is dispensable takes long to find out: no more of them are asked about than have to go.
    const take = (may: (entry: Entry) => boolean): void => {
      for (const entry of entries.values()) {
        if (dropping.size >= excess) return;
        if (!entry.isPreflight && may(entry)) dropping.add(entry);
      }
    };
    take((entry) => isOver(entry) && exchangeOf(entry) === null);
    const noExchanges = dropping.size;
    take((entry) => {
      const exchange = isOver(entry) ? exchangeOf(entry) : null;
      return exchange !== null && isDispensable(exchange);
    });
    take(() => true);
    for (const entry of dropping) forget(entry);
    dropped += dropping.size - noExchanges;
  }

  function exchangeOf(entry: Entry): Exchange | null {
    if (entry.exchange === undefined) entry.exchange = isExchange(entry, profile) ? newExchange(entry, profile) : null;
    return entry.exchange;
  }

  function forget(entry: Entry): void {
    entries.delete(entry.requestId);
    unclaimed.remove(entry.requestId);
    snapshot = null;
    if (isOver(entry)) return;
    remember(entry.requestId);
    removeFrom(pending, current(entry).url, entry);
  }

  function remember(forgottenId: string): void {
    forgotten.add(forgottenId);
    dropOldest(forgotten, mostForgotten, (oldest) => forgotten.delete(oldest));
  }

  function recordGap({ from, until }: GapEvent): void {
    gaps = [...gaps.slice(1 - mostGaps), { from, until }];
    for (const waiting of pending.values()) {
      for (const entry of waiting) {
        if (entry.startedAt >= until) continue;
        entry.end = { kind: 'unseen', from, until };
        changed(entry);
      }
    }
  }

  function settle(entry: Entry): void {
    removeFrom(pending, current(entry).url, entry);
    if (pending.size > 0) return;
    early.clear();
    earlyCount = 0;
  }

  function changed(entry: Entry): void {
    entry.exchange = undefined;
    snapshot = null;
  }

  function entryOf(event: RequestEvent): Entry {
    let entry = entries.get(event.requestId);
    if (!entry) {
      entry = {
        requestId: event.requestId, type: event.type, origin: event.origin, frame: event.frame, isUnmarked: event.isUnmarked ?? false, hasStarted: false, withheld: [], startedAt: event.time,
        hops: [newHop(event)], end: { kind: 'pending' }, asked: undefined, trial: undefined, stack: [], isPreflight: false, claimed: false, exchange: undefined,
      };
      entries.set(event.requestId, entry);
      addTo(pending, current(entry).url, entry);
      if (callTypes.has(event.type)) pageCalls.began(pageKeyOf(entry), entry, entry.startedAt);
      initiators.began(requestKey(event.url, event.method), entry, entry.startedAt);
    } else if (current(entry).redirectedTo !== null && event.kind !== 'error' && event.kind !== 'untold' && isHttpUrl(event.url)) {
      // The request goes on at another URL, perhaps with another method. An error at once means that it did not go on.
      removeFrom(pending, current(entry).url, entry);
      entry.hops.push(newHop(event));
      addTo(pending, current(entry).url, entry);
    }
    return entry;
  }

  /** It is one of the browser's own. */
  function noPageRequest(entry: Entry): void {
    const [{ url, method }] = entry.hops;
    pageCalls.withdraw(pageKeyOf(entry), entry);
    initiators.withdraw(requestKey(url, method), entry);
  }

  function record(entry: Entry, event: RequestEvent): void {
    switch (event.kind) {
      case 'before-request':
        return;
      case 'send-headers':
        if (entry.hops.length === 1 && isCorsPreflightRequest(event.method, event.headers)) {
          entry.isPreflight = true;
          noPageRequest(entry);
          update(entry, { requestHeaders: event.headers, times: { sentAt: event.time, answeredAt: null } });
          return putUnclaimed(entry);
        }
        // Elements have no preflights. What is not sent with CORS came of no element that is told of.
        if (entry.hops.length === 1 && current(entry).requestHeaders === null && elementTypes.has(entry.type) && mayBeCors(event.headers)) {
          pageElements.began(pageKeyOf(entry), entry, entry.startedAt);
        }
        update(entry, { requestHeaders: event.headers, times: { sentAt: event.time, answeredAt: null } });
        entry.withheld = event.withheld ?? [];
        if (profile.preflightComesFirst) claimPreflight(entry, event.time);
        return;
      case 'headers-received':
        update(entry, { response: judgedResponse(entry, event), times: answered(entry, event.time) });
        if (!profile.preflightComesFirst) claimPreflight(entry, event.time);
        return;
      case 'response-started':
        entry.hasStarted = true;
        return;
      case 'redirect':
        update(entry, { redirectedTo: event.location });
        if (!isHttpUrl(event.location)) entry.end = { kind: 'unfollowed', at: event.time };
        return;
      case 'completed':
        entry.end = { kind: 'completed', at: event.time, fromCache: event.fromCache };
        readableResponses.began(entry.hops[0].url, entry, entry.startedAt);
        return;
      case 'error':
        if (isUnsentPreflight(entry)) {
          // It says nothing that the actual request's own error does not say.
          entries.delete(entry.requestId);
          noPageRequest(entry);
          settle(entry);
          return;
        }
        if (!profile.preflightComesFirst || current(entry).requestHeaders === null) claimPreflight(entry, event.time);
        entry.end = { kind: 'error', at: event.time, error: event.error };
        awaitFinished(entry, event.error);
        if (event.error === profile.corsNetworkError) forgetUnsentPreflight(entry);
        return;
      case 'untold':
        claimPreflight(entry, event.time);
        entry.end = { kind: 'untold' };
        return;
    }
  }

  function recordPreflight(entry: Entry, event: RequestEvent): void {
    switch (event.kind) {
      case 'headers-received':
        update(entry, { response: judgedResponse(entry, event), times: answered(entry, event.time) });
        return putUnclaimed(entry);
      case 'redirect':
        // No browser follows it. Firefox says so in further events, which are about no request of the page's.
        remember(entry.requestId);
        entry.end = { kind: 'completed', at: event.time, fromCache: false };
        return forgetPreflight(entry);
      case 'completed':
        entry.end = { kind: 'completed', at: event.time, fromCache: false };
        return forgetPreflight(entry);
      case 'error':
        if (entry.end.kind === 'pending') entry.end = { kind: 'error', at: event.time, error: event.error };
        putUnclaimed(entry);
        return forgetPreflight(entry);
      case 'before-request':
      case 'send-headers':
      case 'response-started':
      case 'untold':
        return;
    }
  }

  /** The response as the browser judges it; null: it may have been changed or not. */
  function judgedResponse(entry: Entry, { url, time, status, headers, isTabless }: RequestEvent & { readonly kind: 'headers-received' }): SeenResponse | null {
    const changes = isTabless ? null : trials.changesOf({ url, from: entry.startedAt, until: time });
    if (changes === null) return { status, headers };
    entry.trial = eitherTrial(entry.trial, changes === 'unclear' ? 'unclear' : 'changed');
    return changes === 'unclear' ? null : { status, headers: changedHeaders(headers, changes) };
  }

  /** A preflight that is over and joined lives on in its exchange alone. */
  function forgetPreflight(entry: Entry): void {
    if (entry.claimed && entry.end.kind !== 'pending') entries.delete(entry.requestId);
  }

  /**
   * Whether this is a preflight that failed before its headers were sent: an OPTIONS whose URL another request waits at.
   * Where a preflight for an OPTIONS has been seen, this may be that OPTIONS itself.
   */
  function isUnsentPreflight(options: Entry): boolean {
    const { url, method, requestHeaders } = current(options);
    if (method !== 'OPTIONS' || requestHeaders !== null || unclaimed.has(url, 'OPTIONS')) return false;
    for (const entry of pending.get(url) ?? []) {
      if (entry !== options && !entry.isPreflight && current(entry).requestHeaders === null) return true;
    }
    return false;
  }

  /** Where CORS stopped a request before even its preflight was sent, the end of the request may come first. */
  function forgetUnsentPreflight(stopped: Entry): void {
    const { url, requestHeaders, preflight } = current(stopped);
    if (requestHeaders !== null || preflight !== null) return;
    for (const entry of pending.get(url) ?? []) {
      if (entry === stopped || entry.frame !== stopped.frame || current(entry).method !== 'OPTIONS' || current(entry).requestHeaders !== null) continue;
      noPageRequest(entry);
      return forget(entry);
    }
  }

  function putUnclaimed(preflight: Entry): void {
    const { url, requestHeaders, response } = current(preflight);
    if (preflight.claimed || requestHeaders === null) return;
    for (const displacedId of unclaimed.put(preflight.requestId, { url, frame: preflight.frame, requestHeaders, response, failed: preflight.end.kind === 'error' })) {
      const displaced = entries.get(displacedId);
      if (displaced) forget(displaced);
    }
  }

  /** Joins the preflight that let this hop pass, or that stopped it. */
  function claimPreflight(entry: Entry, now: number): void {
    const { url, method, requestHeaders: sent, response, preflight } = current(entry);
    if (preflight !== null) return;
    // In Firefox a request that its preflight stopped had its headers, too: what it lacks is a response.
    const stopped = sent === null || (!profile.preflightComesFirst && response === null);
    const claimed = entries.get(unclaimed.claim({ url, method, frame: entry.frame, origin: entry.origin, requestHeaders: sent, withheld: entry.withheld, stopped }) ?? '');
    if (claimed) {
      claimed.claimed = true;
      entry.trial = eitherTrial(entry.trial, claimed.trial);
      forgetPreflight(claimed);
      const joined = preflightOf(claimed);
      update(entry, { preflight: joined, ...timesAfter(joined, current(entry)) });
      if (sent) rememberPreflight(entry, joined, now);
    } else if (sent && mayBeCors(sent) && needsPreflight(method, sent, profile) && crossesOrigins(entry, profile)) {
      update(entry, { preflight: { from: 'cache', source: cachedPreflight(entry, sent, now) } });
    }
  }

  function rememberPreflight(entry: Entry, preflight: NetworkPreflight, now: number): void {
    const { url, method } = current(entry);
    if (preflight.requestHeaders === null || preflight.response === null || entry.origin === null) return;
    const unsafeHeaderNames = requestedHeaderNames(preflight.requestHeaders);
    // A browser keeps only an answer that passed. Where both credentials modes would pass, the wider one serves both.
    for (const credentials of ['include', 'omit'] as const) {
      const request: PreflightedRequest = { origin: get(preflight.requestHeaders, 'origin') ?? entry.origin, credentials, method, unsafeHeaderNames };
      if (firstError(checkPreflightResponse(request, preflight.response, profile)) === null) {
        cache.store({ ...request, origin: entry.origin }, url, preflight.response, preflight, now);
        return;
      }
    }
  }

  function cachedPreflight(entry: Entry, sent: HeaderList, now: number): NetworkPreflight | null {
    const { url, method } = current(entry);
    const unsafeHeaderNames = scriptHeaderNames(sent, profile);
    const modes: readonly CredentialsMode[] = get(sent, 'cookie') === null ? ['omit', 'include'] : ['include'];
    for (const credentials of modes) {
      const found = cache.match({ origin: entry.origin ?? '', credentials, method, unsafeHeaderNames }, url, now);
      if (found) return found;
    }
    return null;
  }

  /** What the network log can still add, once a request has failed. */
  function awaitFinished(entry: Entry, error: string): void {
    const { url, method, requestHeaders, preflight, redirectedTo } = current(entry);
    const keys: string[] = [];
    // The order of its headers, where several of them can be missing in what a preflight allowed.
    if (requestHeaders === null && preflight !== null && requestedHeaderNames(requestHeadersOf(preflight)).length > 1) keys.push(requestKey(url, method));
    // Whether a redirect that was not followed failed, or went to the script.
    if (redirectedTo !== null && error === profile.abortNetworkError) keys.push(requestKey(url, method), requestKey(redirectedTo, method));
    for (const key of keys) {
      const event = (early.get(key) ?? []).find((candidate) => complete(entry, candidate));
      if (event) return remove(early, key, event);
    }
    for (const key of keys) add(awaited, key, entry, mostAwaited);
    dropOldest(awaited, mostAwaitedUrls, (oldest) => awaited.delete(oldest));
  }

  function joinFinished(event: FinishedEvent): void {
    const key = requestKey(event.url, event.method);
    const entry = (awaited.get(key) ?? []).find((candidate) => complete(candidate, event));
    if (entry) {
      const { url, method, redirectedTo } = current(entry);
      for (const waitedFor of [requestKey(url, method), requestKey(redirectedTo ?? url, method)]) remove(awaited, waitedFor, entry);
      changed(entry);
    } else if (pending.size > 0) {
      if (earlyCount === earlyLimit) {
        early.clear();
        earlyCount = 0;
      }
      add(early, key, event, mostEarly);
      earlyCount++;
    }
  }

  /** Adds what the log says to a request that failed; false: it speaks of another one. */
  function complete(entry: Entry, { url, headerNames, error }: FinishedEvent): boolean {
    const hop = current(entry);
    if (entry.end.kind !== 'error') return false;
    if (hop.redirectedTo !== null) {
      const { at } = entry.end;
      if (error === profile.corsNetworkError && withoutFragment(url) === hop.url) {
        entry.end = { kind: 'refused', at, error };
        return true;
      }
      if (error !== profile.abortNetworkError || withoutFragment(url) !== withoutFragment(hop.redirectedTo)) return false;
      entry.end = { kind: 'completed', at, fromCache: false };
      return true;
    }
    if (error !== profile.corsNetworkError || hop.scriptHeaderOrder !== null || !isHeaderOrderOf(headerNames, hop)) return false;
    update(entry, { scriptHeaderOrder: headerNames.map(byteLowercase) });
    return true;
  }

  function exchanges(): readonly Exchange[] {
    if (snapshot) return snapshot;
    const list: Exchange[] = [];
    for (const entry of entries.values()) {
      const exchange = exchangeOf(entry);
      if (exchange) list.push(exchange);
    }
    return (snapshot = list);
  }

  function clear(before = Number.POSITIVE_INFINITY): void {
    for (const entry of entries.values()) if (entry.startedAt < before) forget(entry);
    dropped = 0;
    awaited.clear();
    early.clear();
    earlyCount = 0;
    if (before === Number.POSITIVE_INFINITY) {
      readableResponses.clear();
      pageCalls.clear();
      pageElements.clear();
      initiators.clear();
    }
    snapshot = null;
    gaps = gaps.filter(({ until }) => until > before);
  }

  const countIn = <T>(index: ReadonlyMap<string, { readonly size: number } | readonly T[]>): number =>
    [...index.values()].reduce((sum, items) => sum + ('size' in items ? items.size : items.length), 0);

  return {
    push, exchanges, clear,
    gaps: () => gaps,
    dropped: () => dropped,
    size: () => entries.size + unclaimed.size() + countIn(pending) + forgotten.size + countIn(awaited) + countIn(early) + readableResponses.size() + pageCalls.size() + pageElements.size() + initiators.size() + trials.size() + gaps.length,
  };
}

const isOver = ({ end }: Entry): boolean => end.kind !== 'pending' && end.kind !== 'unseen';

function newHop(event: RequestEvent): Hop {
  return {
    url: withoutFragment(event.url), method: event.method, requestHeaders: null, scriptHeaderOrder: null,
    preflight: null, response: null, redirectedTo: null,
  };
}

const pageKeyOf = ({ origin, hops: [{ url, method }] }: Entry): string => pageRequestKey({ origin, url, method });

const current = (entry: Entry): Hop => entry.hops[entry.hops.length - 1] ?? entry.hops[0];

function update(entry: Entry, change: Partial<Hop>): void {
  entry.hops[entry.hops.length - 1] = { ...current(entry), ...change };
}

const withoutFragment = (url: string): string => {
  const hash = url.indexOf('#');
  return hash === -1 ? url : url.slice(0, hash);
};

const requestKey = (url: string, method: string): string => `${method} ${withoutFragment(url)}`;

/** Of what waits under one key, the oldest makes room: then a look at all of it takes a bounded time. */
function add<T>(index: Map<string, readonly T[]>, key: string, item: T, most: number): void {
  index.set(key, [...(index.get(key) ?? []).slice(1 - most), item]);
}

function addTo<T>(index: Map<string, Set<T>>, key: string, item: T): void {
  const set = index.get(key);
  if (set) set.add(item);
  else index.set(key, new Set([item]));
}

function removeFrom<T>(index: Map<string, Set<T>>, key: string, item: T): void {
  const set = index.get(key);
  if (set?.delete(item) && set.size === 0) index.delete(key);
}

function remove<T>(index: Map<string, readonly T[]>, key: string, item: T): void {
  const rest = (index.get(key) ?? []).filter((other) => other !== item);
  if (rest.length === 0) index.delete(key);
  else index.set(key, rest);
}

const requestHeadersOf = (preflight: Preflight): HeaderList =>
  (preflight.from === 'network' ? preflight : preflight.source)?.requestHeaders ?? [];

function isHeaderOrderOf(headerNames: readonly string[], { preflight }: Hop): boolean {
  if (preflight === null) return false;
  const names = new Set(headerNames.map(byteLowercase));
  return requestedHeaderNames(requestHeadersOf(preflight)).every((name) => names.has(name));
}

function preflightOf(entry: Entry): NetworkPreflight {
  const { requestHeaders, response, times } = current(entry);
  return { from: 'network', requestHeaders, response, error: entry.end.kind === 'error' ? entry.end.error : null, ...(times ? { times } : {}) };
}

/** Firefox tells of a request's headers before it sends the preflight: when the request was sent afterwards is not seen. */
const timesAfter = ({ times: before }: NetworkPreflight, { times }: Hop): { readonly times?: Times } =>
  (times && (times.sentAt ?? Number.POSITIVE_INFINITY) < (before?.answeredAt ?? Number.NEGATIVE_INFINITY) ? { times: { ...times, sentAt: null } } : {});

const answered = (entry: Entry, answeredAt: number): Times => ({ sentAt: current(entry).times?.sentAt ?? null, answeredAt });

const eitherTrial = (one: Exchange['trial'], other: Exchange['trial']): Exchange['trial'] => (one === 'unclear' || other === 'unclear' ? 'unclear' : one ?? other);

/** False where the browser itself says that the request's mode is another. */
function mayBeCors(sent: HeaderList): boolean {
  const mode = get(sent, 'sec-fetch-mode');
  return mode === 'cors' || (mode === null && get(sent, 'origin') !== null);
}

function crossesOrigins(entry: Entry, profile: BrowserProfile): boolean {
  const { origin } = entry;
  // A redirect to another origin may fail before the request gets there.
  return origin !== null && entry.hops.some((hop) =>
    !isSameOrigin(origin, serializeOrigin(hop.url)) || !isSameOrigin(origin, serializeOrigin((hop.response && locationUrl(hop.response, hop.url, profile)) ?? hop.url)));
}

function isExchange(entry: Entry, profile: BrowserProfile): boolean {
  if (entry.isPreflight || !isHttpUrl(entry.hops[0].url) || !crossesOrigins(entry, profile)) return false;
  // Until its headers are sent, an OPTIONS may be a preflight as well as a request of the page's own.
  if (entry.hops[0].method === 'OPTIONS' && entry.hops[0].requestHeaders === null && !isOver(entry)) return false;
  return !(entry.end.kind === 'error' && entry.end.error === cacheLookUp && current(entry).response === null);
}

function newExchange(entry: Entry, profile: BrowserProfile): Exchange {
  const { requestId: id, type, isUnmarked, hasStarted, startedAt, asked, trial } = entry;
  const stack = entry.stack.length > 0 ? entry.stack : asked?.stack ?? [];
  const base = { id, type, origin: entry.origin ?? 'null', startedAt, hops: [...entry.hops] as const, ...(isUnmarked ? { isUnmarked } : {}), ...(hasStarted ? { hasStarted } : {}), ...(stack.length > 0 ? { stack } : {}), ...(trial ? { trial } : {}) };
  return asked ? { ...base, end: endAsAsked(entry.end, current(entry), asked, profile), asked } : { ...base, end: entry.end };
}

