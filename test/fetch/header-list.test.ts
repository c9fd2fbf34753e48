import { describe, expect, it } from 'vitest';
import { contains, extractHeaderListValues, get, getDecodeAndSplit, splitHeaderValue, trimTabOrSpace, values } from '../../src/fetch/header-list.ts';
import { headers } from '../header-text.ts';

describe('the values of a name', () => {
  const source = 'https://fetch.spec.whatwg.org/#concept-header-list-get';
  const rows = [
    { name: 'no header', list: headers(), got: null, lines: [], source },
    { name: 'another header', list: headers('Y: 1', 'X-: 2', 'XX: 3'), got: null, lines: [], source },
    { name: 'one header', list: headers('X: 1'), got: '1', lines: ['1'], source },
    { name: 'any case', list: headers('x: 1', 'X: 2'), got: '1, 2', lines: ['1', '2'], source },
    { name: 'several lines in order, with others between', list: headers('X: b', 'Y: 0', 'x: a', 'X: b'), got: 'b, a, b', lines: ['b', 'a', 'b'], source },
    { name: 'an empty value', list: headers('X: '), got: '', lines: [''], source },
    { name: 'two empty values', list: headers('X:', 'X:'), got: ', ', lines: ['', ''], source },
    { name: 'tabs and spaces around each value', list: headers('X: \t 1 \t', 'X:  2'), got: '1, 2', lines: ['1', '2'], source },
    { name: 'white space that is neither tab nor space', list: [['X', '\u00a01\r\n']], got: '\u00a01\r\n', lines: ['\u00a01\r\n'], source },
    { name: 'a name with a letter that only lower-cases to x', list: [['\u1e8c', '1']], got: null, lines: [], source },
  ] as const;
  it.each(rows)('$name ($source)', ({ list, got, lines }) => {
    expect(get(list, 'x')).toBe(got);
    expect(values(list, 'x')).toEqual(lines);
    expect(contains(list, 'x')).toBe(got !== null);
  });
});

describe('trimming', () => {
  const source = 'https://fetch.spec.whatwg.org/#http-tab-or-space';
  const rows = [
    { name: 'nothing', input: '', output: '', source },
    { name: 'only white space', input: ' \t\t ', output: '', source },
    { name: 'white space inside', input: ' a\t b ', output: 'a\t b', source },
    { name: 'a no-break space', input: '\u00a0a', output: '\u00a0a', source },
    { name: 'a line feed', input: '\na', output: '\na', source },
  ] as const;
  it.each(rows)('$name ($source)', ({ input, output }) => {
    expect(trimTabOrSpace(input)).toBe(output);
  });
});

describe('getting, decoding and splitting', () => {
  const source = 'https://fetch.spec.whatwg.org/#header-value-get-decode-and-split';
  const rows = [
    { name: 'nothing', input: '', items: [''], source },
    { name: 'one item', input: 'PUT', items: ['PUT'], source },
    { name: 'white space around items', input: ' a\t, b ,\tc ', items: ['a', 'b', 'c'], source },
    { name: 'empty items', input: ',a,,b,', items: ['', 'a', '', 'b', ''], source },
    { name: 'a comma alone', input: ',', items: ['', ''], source },
    { name: 'a quoted comma', input: 'a, "b, c", d', items: ['a', '"b, c"', 'd'], source },
    { name: 'a quoted string between other characters', input: 'a="b,c"d,e', items: ['a="b,c"d', 'e'], source },
    { name: 'an escaped quote', input: '"a\\", b", c', items: ['"a\\", b"', 'c'], source },
    { name: 'an escaped backslash', input: '"a\\\\", b', items: ['"a\\\\"', 'b'], source },
    { name: 'a backslash outside of quotes', input: 'a\\, b', items: ['a\\', 'b'], source },
    { name: 'quotes that are never closed', input: 'a, "b, c', items: ['a', '"b, c'], source },
    { name: 'a backslash at the end of open quotes', input: '"a, \\', items: ['"a, \\'], source },
    { name: 'two quoted strings in a row', input: '"a,""b,",c', items: ['"a,""b,"', 'c'], source },
    { name: 'a quote alone', input: '"', items: ['"'], source },
  ] as const;
  it.each(rows)('$name ($source)', ({ input, items }) => {
    expect(splitHeaderValue(input)).toEqual(items);
  });

  it('of an absent header is null (https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split)', () => {
    expect(getDecodeAndSplit([], 'x')).toBeNull();
  });

  it('joins lines first, so that quotes reach from one line to the next (https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split)', () => {
    expect(getDecodeAndSplit(headers('X: "a', 'X: b", c'), 'x')).toEqual(['"a, b"', 'c']);
  });
});

describe('extracting a list of tokens', () => {
  const source = 'https://fetch.spec.whatwg.org/#extract-header-list-values';
  const wpt = 'fetch/api/cors/cors-preflight-response-validation.any.js';
  const rows = [
    { name: 'an absent header', list: headers(), expected: { failure: false, values: null }, source },
    { name: 'an empty header', list: headers('X:'), expected: { failure: false, values: [] }, source },
    { name: 'items that are all empty', list: headers('X: , ,,'), expected: { failure: false, values: [] }, source: 'RFC 9110, section 5.6.1.2' },
    { name: 'empty items between tokens', list: headers('X: ,PUT,, DELETE,'), expected: { failure: false, values: ['PUT', 'DELETE'] }, source: 'measured in Chromium' },
    { name: 'an empty line and a full one', list: headers('X:', 'X: PUT'), expected: { failure: false, values: ['PUT'] }, source },
    { name: 'several lines and duplicates', list: headers('X: PUT', 'x: DELETE, PUT'), expected: { failure: false, values: ['PUT', 'DELETE', 'PUT'] }, source },
    { name: 'a wildcard beside names', list: headers('X: *, PUT'), expected: { failure: false, values: ['*', 'PUT'] }, source },
    { name: 'case, which stays', list: headers('X: X-Foo'), expected: { failure: false, values: ['X-Foo'] }, source },
    { name: 'spaces in place of commas', list: headers('X: PUT DELETE'), expected: { failure: true, values: [], invalid: 'PUT DELETE' }, source: wpt },
    { name: 'semicolons in place of commas', list: headers('X: PUT;DELETE'), expected: { failure: true, values: [], invalid: 'PUT;DELETE' }, source: wpt },
    { name: 'brackets around the list', list: headers('X: [PUT, DELETE]'), expected: { failure: true, values: [], invalid: '[PUT' }, source: 'measured in Chromium' },
    { name: 'a quoted list', list: headers('X: "PUT, DELETE"'), expected: { failure: true, values: [], invalid: '"PUT, DELETE"' }, source: 'measured in Chromium' },
    { name: 'one bad item among good ones', list: headers('X: PUT, a:b, DELETE'), expected: { failure: true, values: ['PUT', 'DELETE'], invalid: 'a:b' }, source },
    { name: 'a bad item in another line', list: headers('X: PUT', 'X: b\xe4d'), expected: { failure: true, values: ['PUT'], invalid: 'b\xe4d' }, source },
  ] as const;
  it.each(rows)('$name ($source)', ({ list, expected }) => {
    expect(extractHeaderListValues(list, 'x')).toEqual(expected);
  });
});
