import { expect, it } from 'vitest';
import { isSimpleRangeHeaderValue } from '../../src/fetch/range.ts';

const source = 'https://fetch.spec.whatwg.org/#simple-range-header-value';
const wpt = 'cors/cors-safelisted-request-header.any.js';

const rows: readonly { readonly value: string; readonly expected: boolean; readonly source: string }[] = [
  { value: 'bytes=0-', expected: true, source },
  { value: 'bytes=0-9', expected: true, source },
  { value: 'bytes=9-9', expected: true, source },
  { value: 'bytes=200-100', expected: false, source: wpt },
  { value: 'bytes=007-08', expected: true, source },
  { value: 'bytes=9007199254740993-9007199254740992', expected: false, source },
  { value: `bytes=${'9'.repeat(60)}-1${'0'.repeat(60)}`, expected: true, source },
  { value: 'bytes=-200', expected: false, source: wpt },
  { value: 'bytes=-', expected: false, source },
  { value: 'bytes=', expected: false, source },
  { value: 'bytes=0', expected: false, source },
  { value: 'bytes=0-1,3-4', expected: false, source },
  { value: 'bytes=0-1,', expected: false, source },
  { value: 'bytes = 100-200', expected: false, source: wpt },
  { value: 'bytes 100-200', expected: false, source: wpt },
  { value: 'bytes=100-200hello', expected: false, source: wpt },
  { value: 'bytes= 0-1', expected: false, source },
  { value: 'bytes=0 -1', expected: false, source },
  { value: 'bytes=0-1 ', expected: false, source },
  { value: 'bytes=0-1\n', expected: false, source },
  { value: 'Bytes=0-1', expected: false, source },
  { value: 'items=0-1', expected: false, source },
  { value: 'bytes=a-b', expected: false, source },
  { value: 'bytes=+0-1', expected: false, source },
  { value: 'bytes=0x1-', expected: false, source },
  { value: 'bytes=\u0661-', expected: false, source },
  { value: '', expected: false, source },
];

it.each(rows)('"$value": $expected ($source)', ({ value, expected }) => {
  expect(isSimpleRangeHeaderValue(value)).toBe(expected);
});
