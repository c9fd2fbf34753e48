import { byteLowercase } from '../fetch/byte.ts';
import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { corsUnsafeRequestHeaderNames } from '../fetch/cors-unsafe-request-header-names.ts';
import { type HeaderList, get, splitHeaderValue } from '../fetch/header-list.ts';
import { isCorsSafelistedMethod } from '../fetch/method.ts';

/** Whether this is a CORS-preflight request, and not an OPTIONS of the page's own: no script can set the header. */
export const isCorsPreflightRequest = (method: string, headers: HeaderList): boolean =>
  method === 'OPTIONS' && get(headers, 'access-control-request-method') !== null;

/** The names in `Access-Control-Request-Headers`, byte-lowercase, in its order. */
export function requestedHeaderNames(preflight: HeaderList): readonly string[] {
  const value = get(preflight, 'access-control-request-headers');
  return value === null ? [] : splitHeaderValue(value).filter((name) => name !== '').map(byteLowercase);
}

/**
 * Headers that browsers add to a request after they have decided on a preflight, or that scripts and browsers both set.
 * Their presence proves nothing about what a script did.
 */
const setByBrowsers: ReadonlySet<string> = new Set([
  'cache-control', 'if-match', 'if-modified-since', 'if-none-match', 'if-range', 'if-unmodified-since', 'last-event-id',
  'ping-from', 'ping-to', 'pragma', 'priority', 'purpose', 'range', 'save-data', 'upgrade-insecure-requests', 'user-agent',
  'x-client-data',
]);

/** The names that a script's headers on a sent request ask a preflight for, as far as they can be told from the browser's. */
export const scriptHeaderNames = (headers: HeaderList, profile: BrowserProfile): readonly string[] =>
  corsUnsafeRequestHeaderNames(headers.filter(([name]) => !setByBrowsers.has(byteLowercase(name))), profile);

/**
 * Whether a request that was sent must have been covered by a preflight: its method or a header that only a script can
 * have set asks for one. What a browser may have added itself does not count.
 */
export const needsPreflight = (method: string, headers: HeaderList, profile: BrowserProfile): boolean =>
  !isCorsSafelistedMethod(method) || scriptHeaderNames(headers, profile).length > 0;
