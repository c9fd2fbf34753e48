import { byteLowercase } from './byte.ts';
import { isHttpToken } from './http-token.ts';

/**
 * A header as it stood in the message: casing, order and duplicates are kept. A value is a byte sequence, isomorphic
 * decoded: one code point per byte. https://fetch.spec.whatwg.org/#concept-header
 */
export type Header = readonly [name: string, value: string];

/** https://fetch.spec.whatwg.org/#concept-header-list */
export type HeaderList = readonly Header[];

/** Removes HTTP tab or space from both ends, in linear time whatever lies between. https://fetch.spec.whatwg.org/#http-tab-or-space */
export function trimTabOrSpace(value: string): string {
  let start = 0;
  let end = value.length;
  while (start < end && isTabOrSpace(value.charCodeAt(start))) start++;
  while (end > start && isTabOrSpace(value.charCodeAt(end - 1))) end--;
  return value.slice(start, end);
}

const isTabOrSpace = (code: number): boolean => code === 0x20 || code === 0x09;

/** The values of every header whose name matches, in order, each without tab or space around it. */
export function values(list: HeaderList, name: Lowercase<string>): readonly string[] {
  const found: string[] = [];
  for (const [candidate, value] of list) {
    if (candidate.length === name.length && (candidate === name || byteLowercase(candidate) === name)) found.push(trimTabOrSpace(value));
  }
  return found;
}

/** https://fetch.spec.whatwg.org/#header-list-contains */
export const contains = (list: HeaderList, name: Lowercase<string>): boolean => values(list, name).length > 0;

/** The values joined by `, `, or null when there is none. https://fetch.spec.whatwg.org/#concept-header-list-get */
export function get(list: HeaderList, name: Lowercase<string>): string | null {
  // 1. If list does not contain name, then return null.
  const found = values(list, name);
  if (found.length === 0) return null;
  // 2. Return the values of all headers in list whose name is a byte-case-insensitive match for name, separated by 0x2C 0x20.
  return found.join(', ');
}

/** https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split */
export function getDecodeAndSplit(list: HeaderList, name: Lowercase<string>): readonly string[] | null {
  // 1. Let value be the result of getting name from list.
  const value = get(list, name);
  // 2. If value is null, then return null.
  if (value === null) return null;
  // 3. Return the result of getting, decoding, and splitting value.
  return splitHeaderValue(value);
}

/** https://fetch.spec.whatwg.org/#header-value-get-decode-and-split */
export function splitHeaderValue(input: string): readonly string[] {
  const items: string[] = [];
  let position = 0;
  let start = 0;
  while (position < input.length) {
    const char = input[position];
    if (char === '"') {
      // A quoted string protects its commas; a backslash in it protects the character that follows.
      position++;
      while (position < input.length && input[position] !== '"') position += input[position] === '\\' ? 2 : 1;
      position++;
    } else if (char === ',') {
      items.push(trimTabOrSpace(input.slice(start, position)));
      position++;
      start = position;
    } else {
      position++;
    }
  }
  items.push(trimTabOrSpace(input.slice(start)));
  return items;
}

/** The values of a header whose grammar is a list of tokens; null when it is absent, failure with the first item that is no token. */
export type ExtractedValues =
  | { readonly failure: false; readonly values: readonly string[] | null }
  | { readonly failure: true; readonly values: readonly string[]; readonly invalid: string };

/**
 * https://fetch.spec.whatwg.org/#extract-header-list-values, for the two fields whose grammar is `#token`:
 * Access-Control-Allow-Methods and Access-Control-Allow-Headers.
 */
export function extractHeaderListValues(list: HeaderList, name: Lowercase<string>): ExtractedValues {
  // 1. If list does not contain name, then return null.
  const items = getDecodeAndSplit(list, name);
  if (items === null) return { failure: false, values: null };
  // 2.-4. Parse by the field's grammar. An empty item is no item: RFC 9110, section 5.6.1.2.
  const present = items.filter((item) => item !== '');
  const tokens = present.filter(isHttpToken);
  const invalid = present.find((item) => !isHttpToken(item));
  return invalid === undefined
    ? { failure: false, values: tokens }
    : { failure: true, values: tokens, invalid };
}
