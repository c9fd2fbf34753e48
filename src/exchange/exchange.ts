import type { HeaderList } from '../fetch/header-list.ts';
import type { StackFrame } from './network-event.ts';
import type { Asked } from './page-requests.ts';

/**
 * One cross-origin request with everything that was seen of it: its preflights, its redirects, its response.
 * Immutable; a request that is still under way gives a new exchange each time something more is seen.
 */
export interface Exchange {
  readonly id: string;
  /** As webRequest names it. */
  readonly type: string;
  /** Serialised origin of the document or worker that asked. */
  readonly origin: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** The request and each redirect that was followed; never empty. */
  readonly hops: readonly [Hop, ...Hop[]];
  readonly end: End;
  /** Whether the lack of `Sec-Fetch-Storage-Access` says nothing of its credentials mode. */
  readonly isUnmarked?: boolean;
  /** Whether the browser began to hand the response over: what stopped it then was not CORS. */
  readonly hasStarted?: boolean;
  /** What the page asked for; absent: the page was not asked, or it is not known which of its requests this is. */
  readonly asked?: Asked;
  /** The calls that it came of, the innermost first, never empty; absent: not known. */
  readonly stack?: readonly StackFrame[];
  /**
   * Whether headers were tried out on its responses: those that are here are the ones that the browser judged, not the ones
   * that the server sent. `unclear`: a trial began or ended meanwhile, and what the browser judged was not seen.
   */
  readonly trial?: 'changed' | 'unclear';
}

export type End =
  | { readonly kind: 'pending' }
  /** It was under way when for a while nothing was heard of the network: it may be over, or still be under way. */
  | Gap & { readonly kind: 'unseen' }
  /** It comes from a record that does not tell how it ended. */
  | { readonly kind: 'untold' }
  /** `readable`: whether the page could read the response, where that was observed. */
  | { readonly kind: 'completed'; readonly at: number; readonly fromCache: boolean; readonly readable?: boolean }
  | { readonly kind: 'error'; readonly at: number; readonly error: string }
  /** Redirected to a scheme that no fetch goes to. Browsers report nothing more of such a request. */
  | { readonly kind: 'unfollowed'; readonly at: number }
  /** Redirected by a response that passed, and not followed: the request's redirect mode is error. */
  | { readonly kind: 'refused'; readonly at: number; readonly error: string };

/** A time in which nothing was heard of the network, in milliseconds since the epoch. Whatever happened then is not known. */
export interface Gap {
  readonly from: number;
  readonly until: number;
}

/** One request on the wire, or one that never got there. */
export interface Hop {
  readonly url: string;
  readonly method: string;
  /** As sent, the browser's own included; null: the request was not seen to be sent. */
  readonly requestHeaders: HeaderList | null;
  /** Names of the headers that a script set, byte-lowercase, in the browser's order; null: not seen. */
  readonly scriptHeaderOrder: readonly string[] | null;
  readonly preflight: Preflight | null;
  readonly response: SeenResponse | null;
  /** Where a redirect that passed the CORS check leads; followed if another hop comes after. Null: none did. */
  readonly redirectedTo: string | null;
  /** Absent: neither was seen. */
  readonly times?: Times;
}

/** When a request was sent and when its response began, in milliseconds since the epoch; null: not seen. */
export interface Times {
  readonly sentAt: number | null;
  readonly answeredAt: number | null;
}

export interface SeenResponse {
  readonly status: number;
  /** As received: order, duplicates, casing. */
  readonly headers: HeaderList;
}

export type Preflight =
  | {
    readonly from: 'network';
    /** Null: it failed before it was sent. */
    readonly requestHeaders: HeaderList | null;
    readonly response: SeenResponse | null;
    /** The browser's network error, when the preflight got no response. */
    readonly error: string | null;
    /** Absent: neither was seen. */
    readonly times?: Times;
  }
  | {
    readonly from: 'cache';
    /** The preflight that filled the cache, if it was seen. */
    readonly source: Preflight & { readonly from: 'network' } | null;
  };

export const lastHop = (exchange: Exchange): Hop => exchange.hops[exchange.hops.length - 1] ?? exchange.hops[0];
