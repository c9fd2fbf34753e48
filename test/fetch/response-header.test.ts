import { describe, expect, it } from 'vitest';
import { corsExposedHeaderNames, isCorsSafelistedResponseHeaderName, isForbiddenResponseHeaderName } from '../../src/fetch/response-header.ts';
import { headers } from '../header-text.ts';

describe('the CORS-exposed header-name list', () => {
  const source = 'https://fetch.spec.whatwg.org/#concept-response-cors-exposed-header-name-list';
  const wpt = 'fetch/api/cors/cors-expose-star.js';
  const rows = [
    { name: 'no Access-Control-Expose-Headers', list: headers('X-A: 1'), omit: [], include: [], source },
    { name: 'names as the server wrote them', list: headers('Access-Control-Expose-Headers: X-A, etag'), omit: ['X-A', 'etag'], include: ['X-A', 'etag'], source },
    { name: 'several lines and empty items', list: headers('Access-Control-Expose-Headers: ,X-A,', 'access-control-expose-headers: X-B'), omit: ['X-A', 'X-B'], include: ['X-A', 'X-B'], source },
    { name: 'a wildcard', list: headers('Access-Control-Expose-Headers: *', 'X-A: 1'), omit: ['Access-Control-Expose-Headers', 'X-A'], include: ['*'], source: wpt },
    { name: 'a wildcard beside a name', list: headers('Access-Control-Expose-Headers: X-A, *', 'X-B: 1'), omit: ['Access-Control-Expose-Headers', 'X-B'], include: ['X-A', '*'], source: wpt },
    { name: 'a quoted wildcard', list: headers('Access-Control-Expose-Headers: "*"', 'X-A: 1'), omit: [], include: [], source },
    { name: 'one bad item, which spoils the list', list: headers('Access-Control-Expose-Headers: X-A, b c'), omit: [], include: [], source: 'cors/access-control-expose-headers-parsing.window.js' },
    { name: 'an empty header', list: headers('Access-Control-Expose-Headers:'), omit: [], include: [], source },
  ] as const;
  it.each(rows)('$name ($source)', ({ list, omit, include }) => {
    expect(corsExposedHeaderNames(list, 'omit')).toEqual(omit);
    expect(corsExposedHeaderNames(list, 'include')).toEqual(include);
  });
});

describe('CORS-safelisted response-header names', () => {
  const source = 'https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name';
  const rows = [
    ...['Cache-Control', 'Content-Language', 'Content-Length', 'Content-Type', 'Expires', 'Last-Modified', 'Pragma'].map((header) => ({ header, exposed: [], expected: true })),
    { header: 'ETag', exposed: [], expected: false },
    { header: 'Location', exposed: [], expected: false },
    { header: 'Accept', exposed: [], expected: false },
    { header: 'ETag', exposed: ['etag'], expected: true },
    { header: 'etag', exposed: ['X-A', 'ETAG'], expected: true },
    { header: 'X-A', exposed: ['*'], expected: false },
    { header: 'Set-Cookie', exposed: ['Set-Cookie'], expected: false },
    { header: 'set-cookie2', exposed: ['set-cookie2'], expected: false },
  ];
  it.each(rows)(`$header with $exposed: $expected (${source})`, ({ header, exposed, expected }) => {
    expect(isCorsSafelistedResponseHeaderName(header, exposed)).toBe(expected);
  });
});

it.each([
  ['Set-Cookie', true], ['SET-COOKIE2', true], ['Set-Cookie3', false], ['Cookie', false], ['', false],
] as const)('forbidden response-header name "%s": %s (https://fetch.spec.whatwg.org/#forbidden-response-header-name)', (name, expected) => {
  expect(isForbiddenResponseHeaderName(name)).toBe(expected);
});
