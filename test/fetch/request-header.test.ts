import { describe, expect, it } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { isCorsNonWildcardRequestHeaderName, isCorsSafelistedRequestHeader, isForbiddenRequestHeader } from '../../src/fetch/request-header.ts';

type ProfileName = BrowserProfile['name'];

interface Row {
  readonly name: string;
  readonly header: string;
  readonly value: string;
  /** In which profiles the header is CORS-safelisted. */
  readonly safelisted: readonly ProfileName[];
  readonly source: string;
}

const everywhere: readonly ProfileName[] = ['standard', 'chromium', 'firefox'];
const nowhere: readonly ProfileName[] = [];
const chromiumOnly: readonly ProfileName[] = ['chromium'];
const allButFirefox: readonly ProfileName[] = ['standard', 'chromium'];

const safelist = 'https://fetch.spec.whatwg.org/#cors-safelisted-request-header';
const unsafeByte = 'https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte';
const wpt = 'cors/cors-safelisted-request-header.any.js';
const notSafelisted = 'fetch/api/cors/resources/not-cors-safelisted.json';
const measured = 'measured in Chromium and Firefox';

const rows: readonly Row[] = [
  { name: 'any name that is in no list', header: 'X-A', value: '1', safelisted: nowhere, source: notSafelisted },
  { name: 'Authorization', header: 'Authorization', value: 'basics', safelisted: nowhere, source: notSafelisted },
  { name: 'User-Agent set by a script', header: 'User-Agent', value: 'x', safelisted: nowhere, source: safelist },
  { name: 'Cache-Control', header: 'Cache-Control', value: 'no-cache', safelisted: nowhere, source: safelist },
  { name: 'a header of responses', header: 'Access-Control-Allow-Origin', value: '*', safelisted: nowhere, source: safelist },
  { name: 'a response header that every script may read', header: 'Content-Length', value: '1', safelisted: nowhere, source: safelist },

  { name: 'Accept', header: 'Accept', value: 'application/json, text/*;q=0.5', safelisted: everywhere, source: safelist },
  { name: 'any case of a name', header: 'aCCEPT', value: '*/*', safelisted: everywhere, source: safelist },
  { name: 'an empty value', header: 'Accept', value: '', safelisted: everywhere, source: safelist },
  { name: '128 bytes', header: 'Accept', value: 'a'.repeat(128), safelisted: everywhere, source: safelist },
  { name: '129 bytes', header: 'Accept', value: 'a'.repeat(129), safelisted: nowhere, source: notSafelisted },
  { name: 'a tab', header: 'Accept', value: 'a\tb', safelisted: everywhere, source: unsafeByte },
  { name: 'a byte that is not ASCII', header: 'Accept', value: 'caf\xe9', safelisted: allButFirefox, source: measured },
  { name: 'the last byte of all', header: 'Accept', value: '\xff', safelisted: allButFirefox, source: measured },
  ...['\0', '\x08', '\x0a', '\x0d', '\x1f', '\x7f', ...'"():<>?@[\\]{}'].map((byte) => ({
    name: `the unsafe byte ${JSON.stringify(byte)}`, header: 'Accept', value: `a${byte}b`, safelisted: nowhere, source: unsafeByte,
  })),
  { name: 'bytes beside the unsafe ones', header: 'Accept', value: " !#$%&'*+,-./;=^_`|~09AZaz", safelisted: everywhere, source: unsafeByte },

  { name: 'Accept-Language', header: 'Accept-Language', value: 'en-US,en;q=0.5, *', safelisted: everywhere, source: safelist },
  { name: 'an underscore in Accept-Language', header: 'Accept-Language', value: 'en_US', safelisted: nowhere, source: safelist },
  { name: 'an at sign in Accept-Language', header: 'accept-language', value: '@', safelisted: nowhere, source: notSafelisted },
  { name: 'a control character in Content-Language', header: 'content-language', value: '\x01', safelisted: nowhere, source: notSafelisted },
  { name: 'a tab in Content-Language', header: 'Content-Language', value: 'en\t', safelisted: nowhere, source: safelist },
  { name: 'a slash in Content-Language', header: 'Content-Language', value: 'a/b', safelisted: nowhere, source: safelist },
  { name: 'a byte that is not ASCII in Content-Language', header: 'Content-Language', value: '\xe9', safelisted: nowhere, source: safelist },
  { name: 'an empty Content-Language', header: 'Content-Language', value: '', safelisted: everywhere, source: safelist },

  { name: 'text/plain', header: 'Content-Type', value: 'text/plain', safelisted: everywhere, source: safelist },
  { name: 'text/plain in upper case', header: 'Content-Type', value: 'TEXT/PLAIN', safelisted: everywhere, source: safelist },
  { name: 'a parameter', header: 'Content-Type', value: 'text/plain;charset=utf-8', safelisted: everywhere, source: safelist },
  { name: 'a parameter that is garbage', header: 'Content-Type', value: 'text/plain;garbage', safelisted: everywhere, source: wpt },
  { name: 'a semicolon alone', header: 'Content-Type', value: 'text/plain;', safelisted: everywhere, source: wpt },
  { name: 'a form', header: 'Content-Type', value: 'multipart/form-data; boundary=----x', safelisted: everywhere, source: safelist },
  { name: 'a form without boundary', header: 'Content-Type', value: 'multipart/form-data', safelisted: everywhere, source: wpt },
  { name: 'an URL-encoded form', header: 'Content-Type', value: 'application/x-www-form-urlencoded', safelisted: everywhere, source: safelist },
  { name: 'a type that only resembles one', header: 'Content-Type', value: 'application/www-form-urlencoded', safelisted: nowhere, source: wpt },
  { name: 'JSON', header: 'Content-Type', value: 'application/json', safelisted: nowhere, source: safelist },
  { name: 'HTML', header: 'content-type', value: 'text/html', safelisted: nowhere, source: notSafelisted },
  { name: 'two types', header: 'Content-Type', value: 'text/plain,text/plain', safelisted: nowhere, source: wpt },
  { name: 'a comma after the type', header: 'Content-Type', value: 'text/plain,', safelisted: nowhere, source: wpt },
  { name: 'a space before the slash', header: 'Content-Type', value: 'text /plain', safelisted: nowhere, source: wpt },
  { name: 'a quoted parameter', header: 'Content-Type', value: 'text/plain;x="y"', safelisted: nowhere, source: unsafeByte },
  { name: 'control characters in a parameter', header: 'Content-Type', value: 'text/plain;garbage\x01\x02', safelisted: nowhere, source: wpt },
  { name: 'a type of 128 bytes', header: 'Content-Type', value: `text/plain;${'x'.repeat(117)}`, safelisted: everywhere, source: safelist },
  { name: 'a type of 129 bytes', header: 'Content-Type', value: `text/plain;${'x'.repeat(118)}`, safelisted: nowhere, source: notSafelisted },
  { name: 'no type', header: 'Content-Type', value: '', safelisted: nowhere, source: safelist },

  { name: 'one range', header: 'Range', value: 'bytes=100-200', safelisted: everywhere, source: wpt },
  { name: 'a range without end', header: 'Range', value: 'bytes=200-', safelisted: everywhere, source: wpt },
  { name: 'a suffix range', header: 'Range', value: 'bytes=-200', safelisted: nowhere, source: wpt },
  { name: 'a range backwards', header: 'Range', value: 'bytes=200-100', safelisted: nowhere, source: wpt },
  { name: 'two ranges', header: 'Range', value: 'bytes=100-200,300-400', safelisted: nowhere, source: wpt },
  { name: 'another unit', header: 'Range', value: 'MB=100-200', safelisted: nowhere, source: wpt },
  { name: 'a unit in upper case', header: 'Range', value: 'BYTES=0-', safelisted: nowhere, source: measured },

  { name: 'Save-Data', header: 'Save-Data', value: 'on', safelisted: chromiumOnly, source: measured },
  { name: 'Save-Data with another value', header: 'Save-Data', value: 'off', safelisted: nowhere, source: measured },
  { name: 'Device-Memory', header: 'Device-Memory', value: '0.5', safelisted: chromiumOnly, source: measured },
  { name: 'DPR', header: 'dpr', value: '2', safelisted: chromiumOnly, source: measured },
  { name: 'DPR with no number', header: 'DPR', value: '1.5.2', safelisted: nowhere, source: measured },
  { name: 'DPR that begins with a point', header: 'DPR', value: '.5', safelisted: nowhere, source: measured },
  { name: 'Width', header: 'Width', value: '640', safelisted: chromiumOnly, source: measured },
  { name: 'Viewport-Width', header: 'Viewport-Width', value: '640', safelisted: chromiumOnly, source: measured },
  { name: 'RTT', header: 'RTT', value: '100', safelisted: chromiumOnly, source: measured },
  { name: 'RTT with a fraction', header: 'RTT', value: '1.5', safelisted: nowhere, source: measured },
  { name: 'Downlink', header: 'Downlink', value: '1.75', safelisted: chromiumOnly, source: measured },
  { name: 'ECT', header: 'ECT', value: '4g', safelisted: chromiumOnly, source: measured },
  { name: 'ECT with another value', header: 'ECT', value: '5g', safelisted: nowhere, source: measured },
  { name: 'Intervention', header: 'Intervention', value: '', safelisted: chromiumOnly, source: measured },
  { name: 'a client hint of 129 bytes', header: 'DPR', value: '1'.repeat(129), safelisted: nowhere, source: safelist },
];

describe('CORS-safelisted request-headers', () => {
  it.each(rows)('$name: $header ($source)', ({ header, value, safelisted }) => {
    const found = everywhere.filter((profile) => isCorsSafelistedRequestHeader(header, value, browserProfiles[profile]));
    expect(found).toEqual(safelisted);
  });
});

describe('forbidden request-headers', () => {
  const source = 'https://fetch.spec.whatwg.org/#forbidden-request-header';
  const forbidden = [
    'Accept-Charset', 'Accept-Encoding', 'Access-Control-Request-Headers', 'Access-Control-Request-Method', 'Connection',
    'Content-Length', 'Cookie', 'Cookie2', 'Date', 'DNT', 'Expect', 'Host', 'Keep-Alive', 'Origin', 'Referer', 'Set-Cookie', 'TE',
    'Trailer', 'Transfer-Encoding', 'Upgrade', 'Via', 'Proxy-', 'Proxy-Authorization', 'Sec-', 'sec-fetch-mode', 'SEC-CH-UA',
  ];
  const allowed = [
    'Accept', 'Authorization', 'Content-Type', 'Proxy', 'Sec', 'X-Sec-A', 'User-Agent', 'Access-Control-Allow-Origin', 'Cookie3', 'Origins', '',
  ];
  const ofValue = [
    { header: 'X-HTTP-Method', value: 'TRACE', expected: true },
    { header: 'x-http-method-override', value: 'connect', expected: true },
    { header: 'X-Method-Override', value: 'GET, Track', expected: true },
    { header: 'X-HTTP-Method-Override', value: 'PUT', expected: false },
    { header: 'X-HTTP-Method-Override', value: 'TRACER', expected: false },
    { header: 'X-HTTP-Method-Override', value: '"GET, TRACE"', expected: false },
    { header: 'X-HTTP-Method-Override', value: '', expected: false },
    { header: 'X-HTTP-Methods', value: 'TRACE', expected: false },
  ];
  it.each(forbidden)(`%s (${source})`, (name) => expect(isForbiddenRequestHeader(name, '')).toBe(true));
  it.each(allowed)(`not "%s" (${source})`, (name) => expect(isForbiddenRequestHeader(name, 'TRACE')).toBe(false));
  it.each(ofValue)(`$header: $value: $expected (${source})`, ({ header, value, expected }) => {
    expect(isForbiddenRequestHeader(header, value)).toBe(expected);
  });
});

it.each([
  ['Authorization', true], ['AUTHORIZATION', true], ['Proxy-Authorization', false], ['X-Authorization', false], ['*', false],
] as const)('CORS non-wildcard request-header name %s: %s (https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name)', (name, expected) => {
  expect(isCorsNonWildcardRequestHeaderName(name)).toBe(expected);
});
