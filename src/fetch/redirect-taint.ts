import { isSameOrigin, serializeOrigin } from './origin.ts';

/**
 * Whether a request has a redirect-tainted origin, after which its `Origin` is `null`.
 * https://fetch.spec.whatwg.org/#concept-request-tainted-origin
 */
export function hasRedirectTaintedOrigin(origin: string, urlList: readonly string[]): boolean {
  // 1. Let lastURL be null.
  let last: string | null = null;
  // 2. For each url of request's URL list:
  for (const url of urlList) {
    const current = serializeOrigin(url);
    // 2.1. If lastURL is null, then set lastURL to url and continue.
    // 2.2. If url's origin is not same origin with lastURL's origin and request's origin is not same origin with
    //      lastURL's origin, then return true.
    if (last !== null && !isSameOrigin(current, last) && !isSameOrigin(origin, last)) return true;
    // 2.3. Set lastURL to url.
    last = current;
  }
  // 3. Return false.
  return false;
}

/** https://fetch.spec.whatwg.org/#byte-serializing-a-request-origin */
export function byteSerializeRequestOrigin(origin: string, urlList: readonly string[]): string {
  // 1. If request has a redirect-tainted origin, then return `null`.
  // 2. Return request's origin, serialized and isomorphic encoded.
  return hasRedirectTaintedOrigin(origin, urlList) ? 'null' : origin;
}
