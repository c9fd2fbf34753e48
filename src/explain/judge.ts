import { byteLowercase } from '../fetch/byte.ts';
import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { type Phase, corsCheck } from '../fetch/cors-check.ts';
import { checkPreflightResponse } from '../fetch/cors-preflight-fetch.ts';
import { type HeaderList, contains, get } from '../fetch/header-list.ts';
import { checkLocation, isRefusedUnread, locationUrl } from '../fetch/location.ts';
import { type CheckedStep, type NetworkError, firstError } from '../fetch/network-error.ts';
import { isSameOrigin, serializeOrigin } from '../fetch/origin.ts';
import { byteSerializeRequestOrigin } from '../fetch/redirect-taint.ts';
import type { CredentialsMode, RedirectMode } from '../fetch/request.ts';
import { expectedBlinkHeaderOrder } from '../exchange/blink-header-order.ts';
import type { End, Exchange, Hop, SeenResponse } from '../exchange/exchange.ts';
import { requestedHeaderNames } from '../exchange/preflight-request.ts';

/** One response that a browser had to judge, with every step it runs on it. */
export interface JudgedResponse {
  /** Index into the exchange's hops. */
  readonly hop: number;
  readonly phase: Phase;
  /** The byte-serialised request origin that the response has to allow. */
  readonly origin: string;
  readonly response: SeenResponse;
  readonly steps: readonly CheckedStep[];
  /** The first step's error: the browser's reason; null: the response passes. */
  readonly error: NetworkError | null;
}

/**
 * What a browser must conclude from the responses that were seen, in the order in which it saw them, if the request's
 * credentials mode is this one.
 */
export function judge(exchange: Exchange, credentials: CredentialsMode, profile: BrowserProfile): readonly JudgedResponse[] {
  const judged: JudgedResponse[] = [];
  const urls: string[] = [];
  const redirect = redirectModeOf(exchange);
  let isCors = false;
  exchange.hops.forEach((hop, index) => {
    urls.push(hop.url);
    // Response tainting is "cors" from the first cross-origin URL on, even if a redirect leads back.
    isCors ||= !isSameOrigin(exchange.origin, serializeOrigin(hop.url));
    const location = hop.response && isFollowed(exchange, hop) ? locationUrl(hop.response, hop.url, profile) : null;
    if (!isCors && (location === null || isSameOrigin(exchange.origin, serializeOrigin(location)))) return;
    const origin = requestOrigin(hop, byteSerializeRequestOrigin(exchange.origin, urls));
    const add = (phase: Phase, allowed: string, response: SeenResponse, steps: readonly CheckedStep[]): void => {
      judged.push({ hop: index, phase, origin: allowed, response, steps, error: firstError(steps) });
    };
    if (hop.preflight?.from === 'network' && hop.preflight.response) {
      const unsafeHeaderNames = preflightedHeaderNames(hop.preflight.requestHeaders ?? [], headerOrder(exchange.hops, index), profile);
      const asked = get(hop.preflight.requestHeaders ?? [], 'origin') ?? origin;
      const request = { origin: asked, credentials, method: hop.method, unsafeHeaderNames, redirect: redirect === 'unknown' ? 'follow' : redirect } as const;
      add('preflight', asked, hop.preflight.response, checkPreflightResponse(request, hop.preflight.response, profile));
    }
    if (hop.response && !(isFollowed(exchange, hop) && isRefusedUnread(hop.response, hop.url, profile))) {
      add('actual', origin, hop.response, [
        ...(isCors ? corsCheck({ origin, credentials }, hop.response, 'actual', profile) : []),
        ...(location === null ? [] : checkLocation(location, profile)),
      ]);
    }
  });
  return judged;
}

/** Nothing on the wire shows it, but that a redirect was followed; a page that is asked says it. */
export function redirectModeOf({ asked, hops }: Exchange): RedirectMode | 'unknown' {
  if (asked?.redirect) return asked.redirect;
  // Only fetch can ask for another.
  return hops.length > 1 || (asked && asked.api !== 'fetch') ? 'follow' : 'unknown';
}

/** Whether a browser was about to follow the redirect, if it is one: only then it matters where it leads. */
export const isFollowed = (exchange: Exchange, hop: Hop): boolean => hop.redirectedTo !== null || !endsThere.has(exchange.end.kind);

/** Where a redirect is the last thing that is known, these ends do not say that it was to be followed. */
const endsThere: ReadonlySet<End['kind']> = new Set(['completed', 'refused', 'untold']);

/** What was seen in the `Origin` header counts; the algorithm's value only where none was seen. */
function requestOrigin(hop: Hop, computed: string): string {
  const seen: HeaderList = hop.requestHeaders ?? (hop.preflight?.from === 'network' ? hop.preflight.requestHeaders : null) ?? [];
  return get(seen, 'origin') ?? computed;
}

/** The order of a hop's headers, where it was seen: after a redirect the browser goes on with those that it sent. */
function headerOrder(hops: readonly Hop[], index: number): readonly string[] | null {
  const sent = hops.slice(0, index).find(({ requestHeaders }) => requestHeaders !== null)?.requestHeaders;
  return sent ? sent.map(([name]) => byteLowercase(name)) : hops[index]?.scriptHeaderOrder ?? null;
}

/** The names that a preflight asked for, in the order in which the browser looks for one that is not allowed. */
function preflightedHeaderNames(preflight: HeaderList, seenOrder: readonly string[] | null, profile: BrowserProfile): readonly string[] {
  const names = requestedHeaderNames(preflight);
  if (profile.headerOrder === 'name' || names.length < 2) return names;
  // Sec-Fetch-Mode is sent to potentially trustworthy URLs only.
  const order = seenOrder ?? expectedBlinkHeaderOrder(names, contains(preflight, 'sec-fetch-mode'));
  const position = new Map(order.map((name, index) => [name, index]));
  const rank = (name: string): number => position.get(name) ?? order.length;
  return [...names].sort((a, b) => rank(a) - rank(b));
}
