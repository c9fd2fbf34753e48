import { byteLowercase } from './byte.ts';
import { type HeaderList, getDecodeAndSplit } from './header-list.ts';
import { isHttpToken } from './http-token.ts';

const corsSafelisted: ReadonlySet<string> = new Set([
  'cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma',
]);

const forbidden: ReadonlySet<string> = new Set(['set-cookie', 'set-cookie2']);

/** https://fetch.spec.whatwg.org/#forbidden-response-header-name */
export const isForbiddenResponseHeaderName = (name: string): boolean => forbidden.has(byteLowercase(name));

/**
 * The CORS-exposed header-name list of a response: names as the server wrote them.
 * https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list
 */
export function corsExposedHeaderNames(headers: HeaderList, credentials: 'include' | 'omit'): readonly string[] {
  // HTTP fetch, main fetch 14: let headerNames be the result of extracting header list values given
  // `Access-Control-Expose-Headers`. A list that does not parse exposes nothing.
  const items = (getDecodeAndSplit(headers, 'access-control-expose-headers') ?? []).filter((item) => item !== '');
  if (!items.every(isHttpToken)) return [];
  // If request's credentials mode is not "include" and headerNames contains `*`, then every header name is exposed.
  if (credentials !== 'include' && items.includes('*')) return headers.map(([name]) => name);
  return items;
}

/** https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name */
export function isCorsSafelistedResponseHeaderName(name: string, exposed: readonly string[]): boolean {
  const lower = byteLowercase(name);
  if (corsSafelisted.has(lower)) return true;
  return !forbidden.has(lower) && exposed.some((item) => byteLowercase(item) === lower);
}
