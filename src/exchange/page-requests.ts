import type { End, Hop } from './exchange.ts';
import { type LaterTold, type LaterToldOptions, createLaterTold } from './later-told.ts';
import type { PageRequestEvent } from './network-event.ts';
import { isRedirectStatus } from '../fetch/status.ts';
import type { BrowserProfile } from '../fetch/browser-profile.ts';

/** What the page itself asked for, where it was asked. It may lie: what was seen on the wire counts more. */
export type Asked = Omit<PageRequestEvent, 'kind' | 'origin' | 'url' | 'method' | 'time' | 'until'>;

/** What a request as the page asks for it and as the network begins it have in common, beside their time. */
export interface PageRequestKey {
  /** Serialised, of the document or worker that asked; null when the browser itself asked. */
  readonly origin: string | null;
  /** Of the first hop, without a fragment. */
  readonly url: string;
  readonly method: string;
}

export const pageRequestKey = ({ origin, url, method }: PageRequestKey): string => `${origin} ${method} ${url}`;

export const askedOf = ({ api, mode, credentials, redirect, headerNames, stack }: PageRequestEvent): Asked => ({ api, mode, credentials, redirect, headerNames, stack });

type Tell<Request> = (request: Request, asked: Asked | undefined) => void;

/** Of the calls of its scripts. */
export const createPageCalls = <Request>(tell: Tell<Request>): LaterTold<Request, Asked> => createLaterTold({
  ...joining(tell), longestWait: 10_000, means: 'one in order',
});

/** Of its elements: they are seen some time after they asked, and ask again when media is read in ranges or the parser has read ahead. */
export const createPageElements = <Request>(tell: Tell<Request>): LaterTold<Request, Asked> => createLaterTold({
  ...joining(tell), longestWait: 0, means: 'many',
});

const joining = <Request>(tell: Tell<Request>): Pick<LaterToldOptions<Request, Asked>, 'tell' | 'common' | 'clockError'> => ({
  tell,
  common([first, ...others]) {
    if (others.length === 0) return first;
    // Who called differs even where what was asked for does not.
    return others.every((other) => senseOf(other) === senseOf(first)) ? { ...first, stack: [] } : undefined;
  },
  // Both are rounded to one.
  clockError: 2,
});

const senseOf = ({ stack, ...asked }: Asked): string => JSON.stringify(asked);

/** The end of a request that ended with a redirect, which means one thing or another by the redirect mode. https://fetch.spec.whatwg.org/#concept-request-redirect-mode */
export function endAsAsked(end: End, { response, redirectedTo }: Hop, asked: Asked, profile: BrowserProfile): End {
  const wasHandedOver = end.kind === 'completed' && profile.refusedRedirectCompletes && response !== null && isRedirectStatus(response.status) && end.readable !== true;
  const wasAborted = end.kind === 'error' && end.error === profile.abortNetworkError && redirectedTo !== null;
  if (!wasHandedOver && !wasAborted) return end;
  if (asked.redirect === 'error') return { kind: 'refused', at: end.at, error: end.kind === 'error' ? end.error : profile.corsNetworkError };
  // Resource Timing says of a redirect that the script got what it says of a response that was withheld.
  return asked.redirect === 'manual' ? { kind: 'completed', at: end.at, fromCache: false } : end;
}
