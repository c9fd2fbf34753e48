import type { CorsResponse } from './request.ts';
import { get } from './header-list.ts';
import type { CheckedStep, NetworkError } from './network-error.ts';
import { isRedirectStatus } from './status.ts';

/** The URL that a response redirects to; null when it does not redirect, or to what is no URL. https://fetch.spec.whatwg.org/#concept-response-location-url */
export function locationUrl(response: CorsResponse, requestUrl: string): string | null {
  // 1. If response's status is not a redirect status, then return null.
  if (!isRedirectStatus(response.status)) return null;
  // 2. Let location be the result of extracting header list values given `Location` and response's header list.
  const location = get(response.headers, 'location');
  // 3. If location is a header value, then set location to the result of parsing location with response's URL.
  if (location === null || location === '' || !URL.canParse(location, requestUrl)) return null;
  return new URL(location, requestUrl).href;
}

/**
 * HTTP-redirect fetch, the step that refuses a user name or password in the location URL of a CORS request: one whose
 * response tainting is "cors". https://fetch.spec.whatwg.org/#http-redirect-fetch
 */
export function checkRedirectCredentials(location: string): CheckedStep {
  const { username, password } = new URL(location);
  const error: NetworkError = {
    code: 'RedirectContainsCredentials', parameter: '', header: 'Location', found: location,
    needed: 'a URL without user name and password',
  };
  // If request's response tainting is "cors" and locationURL includes credentials, then return a network error.
  return { id: 'redirect-credentials', errors: username !== '' || password !== '' ? [error] : [] };
}
