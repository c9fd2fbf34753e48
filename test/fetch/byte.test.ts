import { expect, it } from 'vitest';
import { byteLowercase, byteUppercase } from '../../src/fetch/byte.ts';

interface Row {
  readonly name: string;
  readonly input: string;
  readonly lower: string;
  readonly upper: string;
  readonly source: string;
}

const source = 'https://infra.spec.whatwg.org/#byte-lowercase';

const rows: readonly Row[] = [
  { name: 'nothing', input: '', lower: '', upper: '', source },
  { name: 'mixed case', input: 'Content-TYPE', lower: 'content-type', upper: 'CONTENT-TYPE', source },
  { name: 'what stands around the letters', input: '@[`{09_', lower: '@[`{09_', upper: '@[`{09_', source },
  { name: 'bytes that are no ASCII letters', input: '\xc9\xe9', lower: '\xc9\xe9', upper: '\xc9\xe9', source },
  { name: 'a Kelvin sign, which lower-cases to k', input: '\u212a', lower: '\u212a', upper: '\u212a', source },
  { name: 'a sharp s, which upper-cases to two letters', input: '\xdf', lower: '\xdf', upper: '\xdf', source },
  { name: 'a dotted capital I', input: 'I\u0130', lower: 'i\u0130', upper: 'I\u0130', source },
];

it.each(rows)('$name ($source)', ({ input, lower, upper }) => {
  expect(byteLowercase(input)).toBe(lower);
  expect(byteUppercase(input)).toBe(upper);
});
