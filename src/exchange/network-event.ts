import type { HeaderList } from '../fetch/header-list.ts';
import type { RedirectMode } from '../fetch/request.ts';
import type { Gap } from './exchange.ts';
import type { HeaderChanges } from './trials.ts';

/** What every event of the network says of its request. */
interface EventBase {
  /** The same for all hops of one request; a CORS-preflight request has one of its own. */
  readonly requestId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** URL of the current hop. */
  readonly url: string;
  readonly method: string;
  /** As webRequest names it: `xmlhttprequest`, `font`, `image`, … */
  readonly type: string;
  /** Serialised origin of the document or worker that asked; null when the browser itself asked. */
  readonly origin: string | null;
  /** Tells apart the frames and documents of one tab. */
  readonly frame: string;
  /** Whether the browser sends `Sec-Fetch-Storage-Access` with no such request, whatever its credentials mode. */
  readonly isUnmarked?: boolean;
  /** Whether it belongs to no tab, as those of shared and service workers do. */
  readonly isTabless?: boolean;
}

/** An event as a browser reports it, in the browser's own order. */
export type NetworkEvent = RequestEvent | FinishedEvent | ResourceTimingEvent | PageRequestEvent | InitiatorEvent | GapEvent | TrialEvent;

/** What happened to one request. */
export type RequestEvent =
  | EventBase & { readonly kind: 'before-request' }
  /** `withheld`: byte-lowercase names that are left out even if they were sent. */
  | EventBase & { readonly kind: 'send-headers'; readonly headers: HeaderList; readonly withheld?: readonly string[] }
  | EventBase & { readonly kind: 'headers-received'; readonly status: number; readonly headers: HeaderList }
  /** The browser begins to hand the response over, which it does only once it has passed the CORS check. */
  | EventBase & { readonly kind: 'response-started' }
  | EventBase & { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  | EventBase & { readonly kind: 'completed'; readonly status: number; readonly fromCache: boolean }
  | EventBase & { readonly kind: 'error'; readonly error: string }
  /** Nothing more is told of it, and how it ended was not. */
  | EventBase & { readonly kind: 'untold' };

/**
 * What the browser's own network log says of a request that failed. It is told later, without a request id. It is the
 * only sight of the headers of a request that was never sent, and of what became of a redirect that was not followed.
 */
export interface FinishedEvent {
  readonly kind: 'finished';
  readonly url: string;
  readonly method: string;
  /** In the order in which the browser looks for one that a preflight did not allow. */
  readonly headerNames: readonly string[];
  readonly error: string;
}

/**
 * What the inspected page's Resource Timing says of one load. It is told later, without a request id.
 * https://w3c.github.io/resource-timing/#sec-performanceresourcetiming
 */
export interface ResourceTimingEvent {
  readonly kind: 'resource-timing';
  /** Of the first hop. */
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly until: number;
  /** 0: the response was withheld, or the mode is no-cors. */
  readonly responseStatus: number;
}

/** A request as the inspected page asked for it. It is told later, without a request id, and only if the user asks the page. */
export interface PageRequestEvent {
  readonly kind: 'page-request';
  readonly api: 'fetch' | 'xhr' | 'event-source' | 'element';
  /** Serialised, of the frame that asked. */
  readonly origin: string;
  /** Of the first hop, without a fragment. */
  readonly url: string;
  readonly method: string;
  /** It was asked for between these, in milliseconds since the epoch: at one time by a call. */
  readonly time: number;
  readonly until: number;
  /** https://fetch.spec.whatwg.org/#concept-request-mode; null: not known. */
  readonly mode: 'cors' | 'no-cors' | 'same-origin' | null;
  readonly credentials: 'include' | 'omit' | 'same-origin' | null;
  readonly redirect: RedirectMode | null;
  /** As the script set them; null: not known. */
  readonly headerNames: readonly string[] | null;
  /** What called, the innermost first. */
  readonly stack: readonly StackFrame[];
}

/** What called for a request, as the browser's own network log has it. It is told later, without a request id. */
export interface InitiatorEvent {
  readonly kind: 'initiator';
  /** Of the first hop. */
  readonly url: string;
  readonly method: string;
  /** When it was called for, in milliseconds since the epoch. */
  readonly time: number;
  /** The innermost first; never empty. */
  readonly stack: readonly StackFrame[];
}

/** A place in a script. Line and column count from 1. */
export interface StackFrame {
  /** Empty: it has no name. */
  readonly functionName: string;
  readonly url: string;
  readonly line: number;
  readonly column: number;
}

/**
 * From now on the browser makes these changes to what it receives for the tab, whatever it tells of it; null: none. Told twice:
 * when it is asked to, and once it does.
 */
export interface TrialEvent {
  readonly kind: 'trial';
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly changes: HeaderChanges | null;
  readonly isInForce: boolean;
}

/** For a while nothing was heard of the network. */
export type GapEvent = Gap & { readonly kind: 'gap' };
