import { expect, it } from 'vitest';
import { isHttpToken } from '../../src/fetch/http-token.ts';

const source = 'https://mimesniff.spec.whatwg.org/#http-token-code-point';

const rows: readonly { readonly name: string; readonly value: string; readonly expected: boolean; readonly source: string }[] = [
  { name: 'nothing', value: '', expected: false, source },
  { name: 'a word', value: 'X-Request-Id', expected: true, source },
  { name: 'every punctuation mark that a token may have', value: "!#$%&'*+-.^_`|~", expected: true, source },
  { name: 'a wildcard', value: '*', expected: true, source },
  { name: 'a space inside', value: 'PUT DELETE', expected: false, source },
  { name: 'a space around it', value: ' PUT', expected: false, source },
  { name: 'a tab', value: 'a\tb', expected: false, source },
  { name: 'a line feed at the end', value: 'PUT\n', expected: false, source },
  { name: 'a NUL', value: 'a\0', expected: false, source },
  { name: 'a DEL', value: 'a\x7f', expected: false, source },
  { name: 'a byte that is not ASCII', value: 'caf\xe9', expected: false, source },
  { name: 'a letter that only looks like K', value: '\u212a', expected: false, source },
  ...[...'"(),/:;<=>?@[\\]{}'].map((mark) => ({ name: `the delimiter ${mark}`, value: `a${mark}b`, expected: false, source: 'RFC 9110, section 5.6.2' })),
];

it.each(rows)('$name: $expected ($source)', ({ value, expected }) => {
  expect(isHttpToken(value)).toBe(expected);
});
