import { byteLowercase } from './byte.ts';
import type { BrowserProfile } from './browser-profile.ts';
import { splitHeaderValue } from './header-list.ts';
import { corsSafelistedContentTypes, mimeTypeEssence } from './mime-type.ts';
import { isSimpleRangeHeaderValue } from './range.ts';

const forbiddenNames: ReadonlySet<string> = new Set([
  'accept-charset', 'accept-encoding', 'access-control-request-headers', 'access-control-request-method', 'connection',
  'content-length', 'cookie', 'cookie2', 'date', 'dnt', 'expect', 'host', 'keep-alive', 'origin', 'referer',
  'set-cookie', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'via',
]);
const forbiddenPrefixes = /^(proxy-|sec-)/;
const methodOverrides: ReadonlySet<string> = new Set(['x-http-method', 'x-http-method-override', 'x-method-override']);
const forbiddenMethods: ReadonlySet<string> = new Set(['connect', 'trace', 'track']);

/** A header that no script can set. https://fetch.spec.whatwg.org/#forbidden-request-header */
export function isForbiddenRequestHeader(name: string, value: string): boolean {
  const lower = byteLowercase(name);
  // 1. If name is a byte-case-insensitive match for one of: …, then return true.
  if (forbiddenNames.has(lower)) return true;
  // 2. If name when byte-lowercased starts with `proxy-` or `sec-`, then return true.
  if (forbiddenPrefixes.test(lower)) return true;
  // 3. If name is one of `X-HTTP-Method`, `X-HTTP-Method-Override`, `X-Method-Override`: for each method of the split
  //    value, if method is a forbidden method, then return true.
  return methodOverrides.has(lower) && splitHeaderValue(value).some((method) => forbiddenMethods.has(byteLowercase(method)));
}

/** A name that `*` in Access-Control-Allow-Headers does not cover. https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name */
export const isCorsNonWildcardRequestHeaderName = (name: string): boolean => byteLowercase(name) === 'authorization';

/** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte */
const corsUnsafeRequestHeaderByte = /[\x00-\x08\x0a-\x1f"():<>?@[\\\]{}\x7f]/;
const nonAscii = /[\x80-\xff]/;

/** The value of a language header may only hold these. https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
const languageValue = /^[0-9A-Za-z *,\-.;=]*$/;

/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
export function isCorsSafelistedRequestHeader(name: string, value: string, profile: BrowserProfile): boolean {
  // 1. If value's length is greater than 128, then return false.
  if (value.length > 128) return false;
  const hasUnsafeByte = corsUnsafeRequestHeaderByte.test(value) || (profile.nonAsciiIsUnsafe && nonAscii.test(value));
  // 2. Byte-lowercase name and switch on the result:
  switch (byteLowercase(name)) {
    case 'accept':
      // If value contains a CORS-unsafe request-header byte, then return false.
      return !hasUnsafeByte;
    case 'accept-language':
    case 'content-language':
      return languageValue.test(value);
    case 'content-type': {
      if (hasUnsafeByte) return false;
      // Let mimeType be the result of parsing the value. If failure, or its essence is not one of three, return false.
      const essence = mimeTypeEssence(value);
      return essence !== null && corsSafelistedContentTypes.has(essence);
    }
    case 'range':
      return isSimpleRangeHeaderValue(value);
    default:
      return profile.furtherSafelistedRequestHeaders.get(byteLowercase(name))?.test(value) ?? false;
  }
  // 3. Return true.
}
