import { expect, it } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { corsUnsafeRequestHeaderNames } from '../../src/fetch/cors-unsafe-request-header-names.ts';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import { headers } from '../header-text.ts';

interface Row {
  readonly name: string;
  readonly list: HeaderList;
  readonly expected: readonly string[];
  /** Where a browser differs. */
  readonly firefox?: readonly string[];
  readonly chromium?: readonly string[];
  readonly source: string;
}

const source = 'https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names';
const measured = 'measured in Chromium and Firefox';

/** So many safelisted headers of 128 bytes. */
const full = (...names: readonly string[]): HeaderList => names.map((name) => [name, 'a'.repeat(128)]);
const eight = full('Accept', 'Accept', 'Accept', 'Accept', 'Accept-Language', 'Accept-Language', 'Content-Language', 'Content-Language');

const rows: readonly Row[] = [
  { name: 'no headers', list: [], expected: [], source },
  { name: 'safelisted headers alone', list: headers('Accept: */*', 'Content-Type: text/plain'), expected: [], source },
  { name: 'names in lower case, in the order in which they stand', list: headers('X-B: 1', 'Accept: */*', 'X-A: 1'), expected: ['x-b', 'x-a'], source },
  { name: 'a name that stands twice', list: headers('X-A: 1', 'x-a: 2'), expected: ['x-a'], source },
  { name: 'one safelisted and one other value of the same name', list: headers('Accept: */*', 'Accept: a(b)'), expected: ['accept'], source },
  { name: 'a Content-Type that is not safelisted', list: headers('Content-Type: application/json'), expected: ['content-type'], source },
  { name: 'forbidden request-headers, which the browser sets itself', list: headers('Origin: https://a.example', 'Cookie: a=b', 'Sec-Fetch-Mode: cors', 'Accept-Encoding: gzip', 'X-A: 1'), expected: ['x-a'], source },
  { name: 'a method override', list: headers('X-HTTP-Method-Override: PUT'), expected: ['x-http-method-override'], source },
  { name: 'a method override that is forbidden', list: headers('X-HTTP-Method-Override: TRACE'), expected: [], source },
  { name: 'a client hint', list: headers('DPR: 2'), expected: ['dpr'], chromium: [], source: measured },
  { name: 'a User-Agent, which a script cannot set everywhere', list: headers('User-Agent: x'), expected: ['user-agent'], chromium: [], source: measured },
  { name: '1024 safelisted bytes', list: eight, expected: [], source },
  { name: '1025 safelisted bytes', list: [...eight, ['Content-Type', 'text/plain'], ['X-A', '1']], expected: ['x-a', 'accept', 'accept-language', 'content-language', 'content-type'], firefox: ['x-a'], source: measured },
  { name: '1024 safelisted bytes beside an unsafe header of any size', list: [...eight, ['X-A', 'a'.repeat(5000)]], expected: ['x-a'], source },
  { name: 'an empty value after 1024 bytes', list: [...eight, ['Accept', '']], expected: [], source },
  { name: 'a safelisted value of 129 bytes, which counts on its own', list: [...full('Accept-Language'), ['Accept', 'a'.repeat(129)]], expected: ['accept'], source },
  { name: 'client hints among the 1024 bytes', list: [...eight, ['DPR', '2']], expected: ['dpr'], chromium: ['accept', 'accept-language', 'content-language', 'dpr'], source: measured },
];

const names: readonly BrowserProfile['name'][] = ['standard', 'chromium', 'firefox'];

it.each(rows)('$name ($source)', ({ list, expected, chromium = expected, firefox = expected }) => {
  const found = Object.fromEntries(names.map((name) => [name, corsUnsafeRequestHeaderNames(list, browserProfiles[name])]));
  expect(found).toEqual({ standard: expected, chromium, firefox });
});
