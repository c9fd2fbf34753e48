import { expect, it } from 'vitest';
import { readable, utf8Decode, utf8Encode } from '../../src/fetch/utf8.ts';

const source = 'https://encoding.spec.whatwg.org/#utf-8-decode-without-bom-or-fail';

const rows: readonly { readonly name: string; readonly bytes: string; readonly text: string | null; readonly source: string }[] = [
  { name: 'nothing', bytes: '', text: '', source },
  { name: 'ASCII, percent signs included', bytes: 'https://a.example/%2A?100%', text: 'https://a.example/%2A?100%', source },
  { name: 'control characters', bytes: 'a\0\t\x7f', text: 'a\0\t\x7f', source },
  { name: 'two bytes', bytes: 'b\xc3\xbccher', text: 'b\u00fccher', source },
  { name: 'a percent sign beside them', bytes: '%C3 \xc3\xbc%', text: '%C3 \u00fc%', source },
  { name: 'three bytes', bytes: '\xe2\x82\xac', text: '\u20ac', source },
  { name: 'four bytes', bytes: '\xf0\x9f\x98\x80', text: '\u{1f600}', source },
  { name: 'a byte order mark, which stays', bytes: '\xef\xbb\xbfa', text: '\ufeffa', source },
  { name: 'Latin-1', bytes: 'caf\xe9', text: null, source },
  { name: 'a sequence that is cut off', bytes: '\xe2\x82', text: null, source },
  { name: 'a continuation byte alone', bytes: '\x80', text: null, source },
  { name: 'an overlong slash', bytes: '\xc0\xaf', text: null, source },
  { name: 'a surrogate', bytes: '\xed\xa0\x80', text: null, source },
  { name: 'beyond the last code point', bytes: '\xf4\x90\x80\x80', text: null, source },
];

it.each(rows)('$name ($source)', ({ bytes, text }) => {
  expect(utf8Decode(bytes)).toBe(text);
  expect(readable(bytes)).toBe(text ?? bytes);
  if (text !== null) expect(utf8Encode(text)).toBe(bytes);
});

it.each([
  { name: 'a surrogate without a partner, which no encoding has', text: 'a\ud800b', bytes: 'a\xef\xbf\xbdb' },
  { name: 'the other half', text: '\udc00', bytes: '\xef\xbf\xbd' },
])('$name (https://encoding.spec.whatwg.org/#utf-8-encode)', ({ text, bytes }) => expect(utf8Encode(text)).toBe(bytes));
