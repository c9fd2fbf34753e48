import { expect, it } from 'vitest';
import { byteSerializeRequestOrigin, hasRedirectTaintedOrigin } from '../../src/fetch/redirect-taint.ts';

const source = 'https://fetch.spec.whatwg.org/#concept-request-tainted-origin';
const wpt = 'fetch/api/redirect/redirect-origin.any.js';
const [A, B, C] = ['https://a.example', 'https://b.example', 'https://c.example'];

/** The hops are named by their origins; the page's own is A unless it says otherwise. */
const rows: readonly { readonly name: string; readonly origin?: string; readonly hops: readonly string[]; readonly tainted: boolean; readonly source: string }[] = [
  { name: 'A', hops: [A], tainted: false, source },
  { name: 'A -> A', hops: [`${A}/1`, `${A}/2`], tainted: false, source: wpt },
  { name: 'A -> B', hops: [A, B], tainted: false, source: wpt },
  { name: 'B', hops: [B], tainted: false, source },
  { name: 'B -> B', hops: [`${B}/1`, `${B}/2`], tainted: false, source: wpt },
  { name: 'B -> C', hops: [B, C], tainted: true, source: wpt },
  { name: 'B -> A', hops: [B, A], tainted: true, source: wpt },
  { name: 'A -> B -> B', hops: [A, B, `${B}/2`], tainted: false, source },
  { name: 'A -> B -> C', hops: [A, B, C], tainted: true, source },
  { name: 'A -> B -> A', hops: [A, B, A], tainted: true, source },
  { name: 'B -> C -> C', hops: [B, C, C], tainted: true, source },
  { name: 'B -> A -> A', hops: [B, A, A], tainted: true, source },
  { name: 'A -> A -> B', hops: [A, A, B], tainted: false, source },
  { name: 'a port makes another origin', hops: [`${B}:8443`, B], tainted: true, source },
  { name: 'a default port does not', hops: [`${B}:443/`, B], tainted: false, source },
  { name: 'http -> https of one host', hops: ['http://b.example', B], tainted: true, source },
  { name: 'an opaque page, B', origin: 'null', hops: [B], tainted: false, source },
  { name: 'an opaque page, B -> B', origin: 'null', hops: [B, `${B}/2`], tainted: false, source },
  { name: 'an opaque page, B -> C', origin: 'null', hops: [B, C], tainted: true, source },
  { name: 'no hop at all', hops: [], tainted: false, source },
];

it.each(rows)('$name: $tainted ($source)', ({ origin = A, hops, tainted }) => {
  expect(hasRedirectTaintedOrigin(origin, hops)).toBe(tainted);
  expect(byteSerializeRequestOrigin(origin, hops)).toBe(tainted ? 'null' : origin);
});
