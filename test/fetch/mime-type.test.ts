import { expect, it } from 'vitest';
import { corsSafelistedContentTypes, mimeTypeEssence } from '../../src/fetch/mime-type.ts';

const parse = 'https://mimesniff.spec.whatwg.org/#parse-a-mime-type';
const wpt = 'cors/cors-safelisted-request-header.any.js';

const rows: readonly { readonly name: string; readonly input: string; readonly essence: string | null; readonly source: string }[] = [
  { name: 'type and subtype', input: 'text/plain', essence: 'text/plain', source: parse },
  { name: 'upper case', input: 'TEXT/Plain', essence: 'text/plain', source: parse },
  { name: 'a parameter', input: 'text/plain; charset=utf-8', essence: 'text/plain', source: parse },
  { name: 'white space before the semicolon', input: 'text/plain \t;charset=utf-8', essence: 'text/plain', source: parse },
  { name: 'white space around it all', input: '\t\r\n text/plain \n', essence: 'text/plain', source: parse },
  { name: 'a form feed, which is no HTTP whitespace', input: 'text/plain\f', essence: null, source: wpt },
  { name: 'a semicolon and nothing after it', input: 'text/plain;', essence: 'text/plain', source: wpt },
  { name: 'parameters that make no sense', input: 'text/plain;"",=;;/', essence: 'text/plain', source: parse },
  { name: 'a quoted parameter with a semicolon and a slash', input: 'text/html;a=";/x"', essence: 'text/html', source: parse },
  { name: 'a slash in a parameter only', input: 'text;a=b/c', essence: null, source: parse },
  { name: 'two types with a comma', input: 'text/plain,text/plain', essence: null, source: wpt },
  { name: 'a comma after a parameter', input: 'text/plain;a=b, text/html', essence: 'text/plain', source: parse },
  { name: 'white space before the slash', input: 'text /plain', essence: null, source: wpt },
  { name: 'white space after the slash', input: 'text/ plain', essence: null, source: parse },
  { name: 'a second slash', input: 'text/plain/x', essence: null, source: parse },
  { name: 'no subtype', input: 'text/', essence: null, source: parse },
  { name: 'no subtype before a parameter', input: 'text/;charset=utf-8', essence: null, source: parse },
  { name: 'no type', input: '/plain', essence: null, source: parse },
  { name: 'a slash alone', input: '/', essence: null, source: parse },
  { name: 'no slash', input: 'text', essence: null, source: parse },
  { name: 'nothing', input: '', essence: null, source: parse },
  { name: 'white space alone', input: ' \t ', essence: null, source: parse },
  { name: 'wildcards, which are tokens', input: '*/*', essence: '*/*', source: parse },
  { name: 'a byte that is not ASCII', input: 't\xe9xt/plain', essence: null, source: parse },
];

it.each(rows)('$name ($source)', ({ input, essence }) => {
  expect(mimeTypeEssence(input)).toBe(essence);
});

it('knows three content types that need no preflight (https://fetch.spec.whatwg.org/#cors-safelisted-request-header)', () => {
  expect([...corsSafelistedContentTypes].sort()).toEqual(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);
});
