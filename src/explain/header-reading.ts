import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { preflightMaxAge } from '../fetch/cors-preflight-cache.ts';
import { type Header, splitHeaderValue } from '../fetch/header-list.ts';
import { isHttpToken } from '../fetch/http-token.ts';
import { byteLowercase } from '../fetch/byte.ts';
import { grouped, shorten } from './visible.ts';

/** What a browser makes of one header line that CORS reads. */
export interface HeaderReading {
  /** Of a list with more than one item: each, without what is around it. */
  readonly items: readonly string[];
  /** What the value does, beyond what it says; empty: nothing. In a sentence. */
  readonly says: string;
}

type Reader = (value: string, profile: BrowserProfile) => HeaderReading;

const says = (sentence: string): HeaderReading => ({ items: [], says: sentence });

/** An empty item is no item: RFC 9110, section 5.6.1.2. */
const itemsOf = (value: string): readonly string[] => splitHeaderValue(value).filter((item) => item !== '');

const list = (items: readonly string[], sentence: string): HeaderReading => ({ items: items.length > 1 ? items : [], says: sentence });

/** https://fetch.spec.whatwg.org/#cors-preflight-fetch, step 7: one item that is no token voids the whole list. */
const grants = (value: string): HeaderReading => {
  const items = itemsOf(value);
  const invalid = items.find((item) => !isHttpToken(item));
  if (invalid !== undefined) return list(items, `“${shorten(invalid, 60)}” is no name, so browsers take none of the list.`);
  return list(items, items.length === 0 ? 'It grants nothing.' : items.includes('*') ? wildcard : '');
};

const wildcard = '* stands for any, but only without credentials.';

/** By name, in lower case. To add one, add its row. */
const readers: Readonly<Record<string, Reader>> = {
  'access-control-allow-origin': (value) => {
    switch (value) {
      case '*':
        return says('Any origin, but only without credentials.');
      case 'null':
        return says('Pages without an origin, such as sandboxed frames. Any site can make one.');
      default:
        return says(/[,\s]/.test(value) ? 'Browsers take one origin, never a list.' : '');
    }
  },
  'access-control-allow-credentials': (value) => says(value === 'true' ? '' : 'Only true, in lower case, allows credentials.'),
  'access-control-allow-methods': grants,
  'access-control-allow-headers': grants,
  'access-control-expose-headers': (value) => {
    const items = itemsOf(value);
    return list(items, items.includes('*') ? wildcard : '');
  },
  'access-control-max-age': (value, profile) => {
    const seconds = preflightMaxAge({ status: 204, headers: [['access-control-max-age', value]] }, profile.cache);
    if (seconds === null || seconds === 0) return says('This browser does not keep the answer.');
    return says(`This browser keeps the answer for ${seconds === 1 ? '1 second' : `${grouped(seconds)} seconds`}${String(seconds) === value ? '' : ', whatever else it says'}.`);
  },
  'access-control-request-headers': (value) => list(itemsOf(value), ''),
  'vary': (value) => list(itemsOf(value), ''),
};

/** What a browser makes of this line; null: CORS does not read it, or there is nothing to add. */
export function readHeader([name, value]: Header, profile: BrowserProfile): HeaderReading | null {
  const lower = byteLowercase(name);
  const reading = Object.hasOwn(readers, lower) ? readers[lower]?.(value, profile) : undefined;
  return !reading || (reading.says === '' && reading.items.length === 0) ? null : reading;
}
