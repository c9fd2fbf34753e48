import type { BrowserProfile } from './browser-profile.ts';
import type { CorsResponse } from './request.ts';
import { get } from './header-list.ts';
import type { CheckedStep, CorsErrorCode, NetworkError } from './network-error.ts';
import { isRedirectStatus } from './status.ts';
import { parseUrl } from './url.ts';

/** The URL that a response redirects to; null when it does not redirect, or to what is no URL. https://fetch.spec.whatwg.org/#concept-response-location-url */
export function locationUrl(response: CorsResponse, requestUrl: string, profile: BrowserProfile): string | null {
  // 1. If response's status is not a redirect status, then return null.
  if (!isRedirectStatus(response.status)) return null;
  // 2. Let location be the result of extracting header list values given `Location` and response's header list.
  const location = get(response.headers, 'location');
  // 3. If location is a header value, then set location to the result of parsing location with response's URL.
  if (location === null || (location === '' && profile.ignoresEmptyLocation)) return null;
  return parseUrl(location, requestUrl)?.href ?? null;
}

/**
 * HTTP-redirect fetch, the steps that judge the location URL of a CORS request: one whose response tainting is "cors",
 * or becomes so by this redirect. https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export function checkLocation(location: string, profile: BrowserProfile): readonly CheckedStep[] {
  const { protocol, username, password } = new URL(location);
  const error = (code: CorsErrorCode, needed: string): NetworkError => ({ code, parameter: '', header: 'Location', found: location, needed });
  // 4. If locationURL's scheme is not an HTTP(S) scheme, then return a network error. Browsers look at it last.
  const schemeError = error('CorsDisabledScheme', 'an http or https URL');
  // 8. If request's mode is "cors", locationURL includes credentials, and request's origin is not same origin with
  //    locationURL's origin, then return a network error.
  // 9. If request's response tainting is "cors" and locationURL includes credentials, then return a network error.
  const credentialsError = error('RedirectContainsCredentials', 'a URL without user name and password');
  return [
    { id: 'redirect-credentials', errors: username !== '' || password !== '' ? [credentialsError] : [] },
    { id: 'redirect-scheme', errors: isHttpScheme(protocol) || profile.unsafeRedirectSchemes.has(protocol) ? [] : [schemeError] },
  ];
}

/** Whether a browser refuses the redirect for where it leads without looking at the headers that allow it. */
export function isRefusedUnread(response: CorsResponse, requestUrl: string, profile: BrowserProfile): boolean {
  const location = isRedirectStatus(response.status) ? get(response.headers, 'location') ?? '' : '';
  if (location === '') return false;
  const url = parseUrl(location, requestUrl);
  return url ? profile.unsafeRedirectComesFirst && profile.unsafeRedirectSchemes.has(url.protocol) : profile.invalidLocationComesFirst;
}

const isHttpScheme = (protocol: string): boolean => protocol === 'http:' || protocol === 'https:';

/** Whether a URL has an HTTP(S) scheme. https://fetch.spec.whatwg.org/#http-scheme */
export const isHttpUrl = (url: string): boolean => isHttpScheme(parseUrl(url)?.protocol ?? '');
