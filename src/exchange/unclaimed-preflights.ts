import { byteLowercase } from '../fetch/byte.ts';
import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { checkPreflightResponse } from '../fetch/cors-preflight-fetch.ts';
import { type HeaderList, get } from '../fetch/header-list.ts';
import { firstError } from '../fetch/network-error.ts';
import type { SeenResponse } from './exchange.ts';
import { dropOldest } from './make-room.ts';
import { requestedHeaderNames, scriptHeaderNames } from './preflight-request.ts';

/** A CORS-preflight request, as far as it has been seen. */
export interface SeenPreflight {
  readonly url: string;
  readonly frame: string;
  readonly requestHeaders: HeaderList;
  readonly response: SeenResponse | null;
  /** Whether it ended without a response. */
  readonly failed: boolean;
}

/** A request that looks for the preflight that let it pass, or that stopped it. */
export interface Claim {
  readonly url: string;
  readonly method: string;
  readonly frame: string;
  /** Of the page. */
  readonly origin: string | null;
  /** As sent; null: it was not sent. */
  readonly requestHeaders: HeaderList | null;
  /** Names of headers that may have been sent and not been seen. */
  readonly withheld: readonly string[];
  /** Whether the browser went no further after the preflight. */
  readonly stopped: boolean;
}

/** The preflights that no actual request has been joined to. They share no id with it. */
export interface UnclaimedPreflights {
  /** Keeps a preflight, or what is newly known of it. Returns the ids of those that made room. */
  put(id: string, preflight: SeenPreflight): readonly string[];
  /**
   * The id of the preflight that explains best what became of the request, which then is claimed; null: none does. By
   * now the browser has made up its mind, so the verdict on the right one agrees with what it did.
   */
  claim(claim: Claim): string | null;
  /** Whether one asks for this method at this URL. */
  has(url: string, method: string): boolean;
  remove(id: string): void;
  /** How many are kept. */
  size(): number;
}

/** A preflight that waits behind so many others waits for a request that was never seen. */
const most = 1000;

/** What a browser must conclude; `either`: it depends on the credentials mode. */
type Verdict = 'passes' | 'fails' | 'either' | 'failed' | 'open';

/** How well a verdict explains that the request went on, and that it did not. */
const explainsPass: Readonly<Record<Verdict, number>> = { passes: 8, either: 8, fails: 0, failed: 0, open: 0 };
const explainsStop: Readonly<Record<Verdict, number>> = { fails: 12, either: 8, failed: 4, passes: 0, open: 0 };

/** Preflights of equal worth to any claim, in the order in which they were judged. */
interface Kind {
  readonly frame: string;
  readonly origin: string | null;
  readonly names: readonly string[];
  readonly verdict: Verdict;
  readonly ids: Set<string>;
}

export function createUnclaimedPreflights(profile: BrowserProfile): UnclaimedPreflights {
  /** By what they ask for, then by kind: however many wait, a claim looks at one of each kind. */
  const kinds = new Map<string, Map<string, Kind>>();
  const places = new Map<string, { readonly asked: string; readonly kind: string }>();

  function put(id: string, preflight: SeenPreflight): readonly string[] {
    remove(id);
    const { requestHeaders, frame } = preflight;
    const origin = get(requestHeaders, 'origin');
    const names = requestedHeaderNames(requestHeaders);
    const verdict = verdictOn(preflight, names, profile);
    const asked = askedFor(preflight.url, get(requestHeaders, 'access-control-request-method') ?? '');
    const kind = JSON.stringify([frame, origin, names, verdict]);
    const sameAsked = kinds.get(asked) ?? new Map<string, Kind>();
    const sameKind = sameAsked.get(kind) ?? { frame, origin, names, verdict, ids: new Set() };
    kinds.set(asked, sameAsked.set(kind, sameKind));
    sameKind.ids.add(id);
    places.set(id, { asked, kind });
    const displaced: string[] = [];
    dropOldest(places, most, (oldest) => {
      remove(oldest);
      displaced.push(oldest);
    });
    return displaced;
  }

  function claim(request: Claim): string | null {
    let best: Kind | null = null;
    let bestRank = 0;
    for (const kind of kinds.get(askedFor(request.url, request.method))?.values() ?? []) {
      const rank = rankOf(kind, request, profile);
      if (rank > bestRank) [best, bestRank] = [kind, rank];
    }
    for (const id of best?.ids ?? []) {
      remove(id);
      return id;
    }
    return null;
  }

  function remove(id: string): void {
    const place = places.get(id);
    if (!place) return;
    places.delete(id);
    const sameAsked = kinds.get(place.asked);
    const sameKind = sameAsked?.get(place.kind);
    if (!sameAsked || !sameKind) return;
    sameKind.ids.delete(id);
    if (sameKind.ids.size === 0) sameAsked.delete(place.kind);
    if (sameAsked.size === 0) kinds.delete(place.asked);
  }

  return { put, claim, remove, size: () => places.size, has: (url, method) => kinds.has(askedFor(url, method)) };
}

const askedFor = (url: string, method: string): string => `${method} ${url}`;

/** 0: it cannot be the one; higher is likelier. */
function rankOf(kind: Kind, request: Claim, profile: BrowserProfile): number {
  const sent = request.requestHeaders;
  let rank = kind.frame === request.frame ? 2 : 1;
  if (sent !== null) {
    if (kind.origin !== get(sent, 'origin') && (profile.taintsPreflight || kind.origin !== request.origin)) return 0;
    const sentNames = new Set([...sent.map(([name]) => byteLowercase(name)), ...request.withheld]);
    if (!kind.names.every((name) => sentNames.has(name))) return 0;
    // A preflight that asks for exactly what was sent is likelier than one that asks for less.
    if (kind.names.length === scriptHeaderNames(sent, profile).length) rank += 2;
  }
  return rank + (request.stopped ? explainsStop : explainsPass)[kind.verdict];
}

function verdictOn({ requestHeaders, response, failed }: SeenPreflight, names: readonly string[], profile: BrowserProfile): Verdict {
  if (response === null) return failed ? 'failed' : 'open';
  const request = {
    origin: get(requestHeaders, 'origin') ?? '',
    method: get(requestHeaders, 'access-control-request-method') ?? '',
    unsafeHeaderNames: names,
  };
  const [omit, include] = (['omit', 'include'] as const).map((credentials) =>
    firstError(checkPreflightResponse({ ...request, credentials }, response, profile)) === null);
  return omit === include ? (omit ? 'passes' : 'fails') : 'either';
}
