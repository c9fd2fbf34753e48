import { byteLowercase } from './byte.ts';
import type { BrowserProfile } from './browser-profile.ts';
import type { HeaderList } from './header-list.ts';
import { isCorsSafelistedRequestHeader, isForbiddenRequestHeader } from './request-header.ts';

/**
 * The names for which a preflight must ask, byte-lowercase, without duplicates, in the order in which they stand.
 * Forbidden request-headers are left out: the browser sets those itself, after the algorithm has run.
 * https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names
 */
export function corsUnsafeRequestHeaderNames(headers: HeaderList, profile: BrowserProfile): readonly string[] {
  // 1. Let unsafeNames be a new list.
  const unsafe = new Set<string>();
  // 2. Let potentiallyUnsafeNames be a new list.
  const potentiallyUnsafe = new Set<string>();
  // 3. Let safelistValueSize be 0.
  let safelistValueSize = 0;
  // 4. For each header of headers:
  for (const [name, value] of headers) {
    if (isForbiddenRequestHeader(name, value) || (profile.forbidsUserAgent && byteLowercase(name) === 'user-agent')) continue;
    // 4.1. If header is not a CORS-safelisted request-header, then append header's name to unsafeNames.
    if (!isCorsSafelistedRequestHeader(name, value, profile)) {
      unsafe.add(byteLowercase(name));
    } else {
      // 4.2. Otherwise, append header's name to potentiallyUnsafeNames and increase safelistValueSize.
      potentiallyUnsafe.add(byteLowercase(name));
      safelistValueSize += value.length;
    }
  }
  // 5. If safelistValueSize is greater than 1024, then append each of potentiallyUnsafeNames to unsafeNames.
  if (profile.safelistValueSizeLimit !== null && safelistValueSize > profile.safelistValueSizeLimit) {
    for (const name of potentiallyUnsafe) unsafe.add(name);
  }
  // 6. Return the result of convert header names to a sorted-lowercase set with unsafeNames. The caller sorts where
  //    the order matters: a browser names the first header that is missing in an order of its own.
  return [...unsafe];
}
