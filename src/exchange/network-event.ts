import type { HeaderList } from '../fetch/header-list.ts';
import type { Gap } from './exchange.ts';

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
}

/** An event as a browser reports it, in the browser's own order. */
export type NetworkEvent = RequestEvent | FinishedEvent | ResourceTimingEvent | GapEvent;

/** What happened to one request. */
export type RequestEvent =
  | EventBase & { readonly kind: 'before-request' }
  | EventBase & { readonly kind: 'send-headers'; readonly headers: HeaderList }
  | EventBase & { readonly kind: 'headers-received'; readonly status: number; readonly headers: HeaderList }
  | EventBase & { readonly kind: 'redirect'; readonly status: number; readonly location: string }
  | EventBase & { readonly kind: 'completed'; readonly status: number; readonly fromCache: boolean }
  | EventBase & { readonly kind: 'error'; readonly error: string };

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

/** For a while nothing was heard of the network. */
export type GapEvent = Gap & { readonly kind: 'gap' };
