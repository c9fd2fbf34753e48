import { byteLowercase } from './byte.ts';
import { isHttpToken } from './http-token.ts';

/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header, at `content-type` */
export const corsSafelistedContentTypes: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain',
]);

const httpWhitespace = /^[\t\n\r ]$/;

/**
 * The essence of a MIME type, or null for what does not parse as one. Parameters cannot make parsing fail, so only the
 * part before the first semicolon counts. https://mimesniff.spec.whatwg.org/#parse-a-mime-type
 */
export function mimeTypeEssence(input: string): string | null {
  // 1. Remove any leading and trailing HTTP whitespace from input.
  let start = 0;
  while (start < input.length && httpWhitespace.test(input.charAt(start))) start++;
  // 3.-6. Let type be the code points up to U+002F; if it is empty or not all token code points, return failure.
  const slash = input.indexOf('/', start);
  if (slash === -1) return null;
  const type = input.slice(start, slash);
  // 7.-9. Let subtype be the code points up to U+003B, without trailing HTTP whitespace; likewise.
  const semicolon = input.indexOf(';', slash);
  let end = semicolon === -1 ? input.length : semicolon;
  while (end > slash && httpWhitespace.test(input.charAt(end - 1))) end--;
  const subtype = input.slice(slash + 1, end);
  if (!isHttpToken(type) || !isHttpToken(subtype)) return null;
  return byteLowercase(`${type}/${subtype}`);
}
