import { describe, expect, it } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { createCorsPreflightCache, preflightMaxAge } from '../../src/fetch/cors-preflight-cache.ts';
import type { PreflightedRequest } from '../../src/fetch/request.ts';
import { headers } from '../header-text.ts';

type ProfileName = BrowserProfile['name'];
const profileNames: readonly ProfileName[] = ['standard', 'chromium', 'firefox'];

describe('the max age', () => {
  const source = 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0';
  const chromiumSource = 'services/network/public/cpp/cors/preflight_result.cc';
  const firefoxSource = 'netwerk/protocol/http/nsCORSListenerProxy.cpp';
  const rows = [
    { name: 'absent', lines: [], standard: 5, chromium: 5, firefox: 5, source },
    { name: 'empty', lines: ['Access-Control-Max-Age:'], standard: 5, chromium: 5, firefox: 5, source: firefoxSource },
    { name: 'zero', lines: ['Access-Control-Max-Age: 0'], standard: 0, chromium: 0, firefox: 0, source },
    { name: 'ten minutes', lines: ['access-control-max-age:  600 '], standard: 600, chromium: 600, firefox: 600, source },
    { name: 'two hours', lines: ['Access-Control-Max-Age: 7200'], standard: 7200, chromium: 7200, firefox: 7200, source: chromiumSource },
    { name: 'more than two hours', lines: ['Access-Control-Max-Age: 7201'], standard: 7201, chromium: 7200, firefox: 7201, source: chromiumSource },
    { name: 'more than a day', lines: ['Access-Control-Max-Age: 86401'], standard: 86401, chromium: 7200, firefox: 86400, source: firefoxSource },
    { name: 'leading zeros', lines: ['Access-Control-Max-Age: 00060'], standard: 60, chromium: 60, firefox: 60, source },
    { name: 'negative', lines: ['Access-Control-Max-Age: -1'], standard: 5, chromium: 0, firefox: null, source: chromiumSource },
    { name: 'letters', lines: ['Access-Control-Max-Age: abc'], standard: 5, chromium: 5, firefox: null, source: firefoxSource },
    { name: 'a unit', lines: ['Access-Control-Max-Age: 600s'], standard: 5, chromium: 5, firefox: null, source: firefoxSource },
    { name: 'a fraction', lines: ['Access-Control-Max-Age: 1.5'], standard: 5, chromium: 5, firefox: null, source: firefoxSource },
    { name: 'two lines', lines: ['Access-Control-Max-Age: 600', 'Access-Control-Max-Age: 600'], standard: 5, chromium: 5, firefox: null, source: firefoxSource },
  ] as const;
  it.each(rows)('$name ($source)', ({ lines, standard, chromium, firefox }) => {
    const response = { status: 204, headers: headers(...lines) };
    const found = Object.fromEntries(profileNames.map((name) => [name, preflightMaxAge(response, browserProfiles[name].cache)]));
    expect(found).toEqual({ standard, chromium, firefox });
  });
});

const url = 'https://api.example/items';
const put: PreflightedRequest = { origin: 'https://app.example', credentials: 'omit', method: 'PUT', unsafeHeaderNames: [] };

/** A preflight that passed: its seconds, what asked for it, and its answer. */
interface Stored {
  readonly at?: number;
  readonly request?: Partial<PreflightedRequest>;
  readonly url?: string;
  readonly lines: readonly string[];
}

interface Row {
  readonly name: string;
  /** In order; the first one is called 1. */
  readonly stored: readonly Stored[];
  readonly request?: Partial<PreflightedRequest>;
  readonly url?: string;
  /** Seconds. */
  readonly at?: number;
  /** Which of the stored preflights lets the request go; null: the browser asks again. */
  readonly expected: number | null;
  readonly but?: Readonly<Partial<Record<ProfileName, number | null>>>;
  readonly source: string;
}

const source = 'https://fetch.spec.whatwg.org/#concept-cache-match';
const chromiumSource = 'services/network/cors/preflight_cache.cc';
const firefoxSource = 'netwerk/protocol/http/nsCORSListenerProxy.cpp';
const methods = (value: string): string => `Access-Control-Allow-Methods: ${value}`;
const allowHeaders = (value: string): string => `Access-Control-Allow-Headers: ${value}`;
const maxAge = (value: number | string): string => `Access-Control-Max-Age: ${value}`;
const include = { credentials: 'include' } as const;
const get = (...unsafeHeaderNames: readonly string[]) => ({ method: 'GET', unsafeHeaderNames });

const rows: readonly Row[] = [
  { name: 'nothing stored', stored: [], expected: null, source },
  { name: 'the same request', stored: [{ lines: [methods('PUT')] }], expected: 1, source },

  // Key
  { name: 'another URL', stored: [{ lines: [methods('PUT')] }], url: `${url}?page=2`, expected: null, source },
  { name: 'another origin', stored: [{ lines: [methods('PUT')] }], request: { origin: 'https://b.example' }, expected: null, source },
  { name: 'a URL of 1023 characters', stored: [{ url: url.padEnd(1023, 'x'), lines: [methods('PUT')] }], url: url.padEnd(1023, 'x'), expected: 1, source: chromiumSource },
  { name: 'a URL of 1024 characters', stored: [{ url: url.padEnd(1024, 'x'), lines: [methods('PUT')] }], url: url.padEnd(1024, 'x'), expected: 1, but: { chromium: null }, source: chromiumSource },

  // Time
  { name: 'just within five seconds', stored: [{ lines: [methods('PUT')] }], at: 4.999, expected: 1, source },
  { name: 'after five seconds', stored: [{ lines: [methods('PUT')] }], at: 5, expected: null, source },
  { name: 'within the max age', stored: [{ lines: [methods('PUT'), maxAge(600)] }], at: 599, expected: 1, source },
  { name: 'after the max age', stored: [{ lines: [methods('PUT'), maxAge(600)] }], at: 600, expected: null, source },
  { name: 'a max age of zero', stored: [{ lines: [methods('PUT'), maxAge(0)] }], expected: null, source },
  { name: 'a negative max age', stored: [{ lines: [methods('PUT'), maxAge(-1)] }], at: 1, expected: 1, but: { chromium: null, firefox: null }, source: 'preflight_result.cc, nsCORSListenerProxy.cpp' },
  { name: 'a max age that is no number', stored: [{ lines: [methods('PUT'), maxAge('600s')] }], at: 1, expected: 1, but: { firefox: null }, source: firefoxSource },
  { name: 'a day, after two hours', stored: [{ lines: [methods('PUT'), maxAge(86_400)] }], at: 7200, expected: 1, but: { chromium: null }, source: chromiumSource },
  { name: 'a week, after a day', stored: [{ lines: [methods('PUT'), maxAge(604_800)] }], at: 86_400, expected: 1, but: { chromium: null, firefox: null }, source: firefoxSource },

  // Method
  { name: 'another method', stored: [{ lines: [methods('PUT')] }], request: { method: 'DELETE' }, expected: null, source },
  { name: 'another method that was granted as well', stored: [{ lines: [methods('PUT, DELETE')] }], request: { method: 'DELETE' }, expected: 1, source },
  { name: 'a method in another case', stored: [{ lines: [methods('PATCH')] }], request: { method: 'patch' }, expected: null, source },
  { name: 'any method', stored: [{ lines: [methods('*')] }], expected: 1, but: { firefox: null }, source: firefoxSource },
  { name: 'GET, which needs no grant', stored: [{ request: get('x-a'), lines: [allowHeaders('x-a')] }], request: get('x-a'), expected: 1, source },
  { name: 'POST, which needs none', stored: [{ request: get('x-a'), lines: [allowHeaders('x-a')] }], request: { ...get('x-a'), method: 'POST' }, expected: 1, source },
  { name: 'HEAD, which needs one in Firefox', stored: [{ request: get('x-a'), lines: [allowHeaders('x-a')] }], request: { ...get('x-a'), method: 'HEAD' }, expected: 1, but: { firefox: null }, source: firefoxSource },
  { name: 'HEAD that was granted', stored: [{ request: get('x-a'), lines: [methods('HEAD'), allowHeaders('x-a')] }], request: { ...get('x-a'), method: 'HEAD' }, expected: 1, source: firefoxSource },

  // Headers
  { name: 'a header that was granted in upper case', stored: [{ request: get('x-a'), lines: [allowHeaders('X-A')] }], request: get('x-a'), expected: 1, source },
  { name: 'one header more', stored: [{ request: get('x-a'), lines: [allowHeaders('x-a')] }], request: get('x-a', 'x-b'), expected: null, source },
  { name: 'one header less', stored: [{ request: get('x-a', 'x-b'), lines: [allowHeaders('x-a, x-b')] }], request: get('x-b'), expected: 1, source },
  { name: 'any header', stored: [{ request: get('x-a'), lines: [allowHeaders('*')] }], request: get('x-b'), expected: 1, but: { firefox: null }, source: firefoxSource },
  { name: 'Authorization by *', stored: [{ request: get('authorization'), lines: [allowHeaders('*')] }], request: get('authorization'), expected: null, source: chromiumSource },
  { name: 'Authorization by name', stored: [{ request: get('authorization'), lines: [allowHeaders('*, Authorization')] }], request: get('authorization'), expected: 1, source: chromiumSource },

  // Credentials
  { name: 'granted without credentials, asked with', stored: [{ lines: [methods('PUT')] }], request: include, expected: null, source },
  { name: 'granted with credentials, asked without', stored: [{ request: include, lines: [methods('PUT')] }], expected: 1, but: { firefox: null }, source: firefoxSource },
  { name: 'granted and asked with credentials', stored: [{ request: include, lines: [methods('PUT')] }], request: include, expected: 1, source },
  { name: 'any method, granted with credentials', stored: [{ request: { ...include, method: 'POST' }, lines: [methods('*')] }], expected: null, source },
  { name: 'any header, granted with credentials', stored: [{ request: { ...include, method: 'PUT' }, lines: [methods('PUT'), allowHeaders('*')] }], request: get('x-a'), expected: null, source },

  // A second answer
  { name: 'the newer of two that both grant it', stored: [{ lines: [methods('PUT')] }, { lines: [methods('PUT')] }], expected: 2, source },
  { name: 'the older of two, where only it grants it', stored: [{ lines: [methods('PUT')] }, { request: { method: 'DELETE' }, lines: [methods('DELETE')] }], expected: 1, but: { chromium: null }, source: chromiumSource },
  { name: 'the older of two that has expired', stored: [{ lines: [methods('PUT')] }, { at: 4, request: { method: 'DELETE' }, lines: [methods('DELETE')] }], at: 6, expected: null, source },
  { name: 'a method of the one and a header of the other', stored: [{ lines: [methods('PUT')] }, { request: get('x-a'), lines: [allowHeaders('x-a')] }], request: { unsafeHeaderNames: ['x-a'] }, expected: 2, but: { chromium: null }, source },
  { name: 'a second answer that is not kept', stored: [{ lines: [methods('PUT')] }, { lines: [methods('PUT'), maxAge(0)] }], expected: null, but: { firefox: 1 }, source },
];

describe('what the cache answers', () => {
  it.each(rows)('$name ($source)', (row) => {
    const found = Object.fromEntries(profileNames.map((name) => [name, ask(row, browserProfiles[name])]));
    expect(found).toEqual({ standard: row.expected, chromium: row.expected, firefox: row.expected, ...row.but });
  });

  function ask({ stored, request, url: asked = url, at = 0 }: Row, profile: BrowserProfile): number | null {
    const cache = createCorsPreflightCache<number>(profile);
    stored.forEach((entry, index) => {
      cache.store({ ...put, ...entry.request }, entry.url ?? url, { status: 204, headers: headers(...entry.lines) }, index + 1, (entry.at ?? 0) * 1000);
    });
    return cache.match({ ...put, ...request }, asked, at * 1000);
  }
});

it('forgets everything when it is cleared (https://fetch.spec.whatwg.org/#concept-cache-clear)', () => {
  const cache = createCorsPreflightCache<number>(browserProfiles.chromium);
  cache.store(put, url, { status: 204, headers: headers(methods('PUT')) }, 1, 0);
  cache.clear();
  expect(cache.match(put, url, 0)).toBeNull();
});

it('holds no more than a browser does, and keeps what is newest', () => {
  const cache = createCorsPreflightCache<number>(browserProfiles.chromium);
  const response = { status: 204, headers: headers(methods('PUT')) };
  for (let index = 0; index <= 1024; index++) cache.store(put, `${url}/${index}`, response, index, 0);
  expect(cache.match(put, `${url}/0`, 0)).toBeNull();
  expect(cache.match(put, `${url}/1`, 0)).toBe(1);
  expect(cache.match(put, `${url}/1024`, 0)).toBe(1024);
});
