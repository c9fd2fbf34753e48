import { describe, expect, it } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { checkPreflightResponse } from '../../src/fetch/cors-preflight-fetch.ts';
import type { PreflightedRequest } from '../../src/fetch/request.ts';
import { headers } from '../header-text.ts';

type ProfileName = BrowserProfile['name'];

interface Row {
  readonly name: string;
  /** A PUT without unsafe headers and without credentials unless it says otherwise. */
  readonly request?: Partial<PreflightedRequest>;
  readonly status?: number;
  /** What the response says of origin and credentials: any origin unless it says otherwise. */
  readonly allows?: readonly string[];
  /** Its other headers. */
  readonly lines: readonly string[];
  /** Codes in order: the browser's reason, then what blocks next. Parameters in parentheses. */
  readonly expected: readonly string[];
  readonly but?: Readonly<Partial<Record<ProfileName, readonly string[]>>>;
  readonly source: string;
}

const app = 'https://app.example';
const named = [`Access-Control-Allow-Origin: ${app}`, 'Access-Control-Allow-Credentials: true'] as const;
const methods = (value: string): string => `Access-Control-Allow-Methods: ${value}`;
const allowHeaders = (value: string): string => `Access-Control-Allow-Headers: ${value}`;

const put: PreflightedRequest = { origin: app, credentials: 'omit', method: 'PUT', unsafeHeaderNames: [] };
const withHeaders = (...unsafeHeaderNames: readonly string[]): Partial<PreflightedRequest> => ({ method: 'GET', unsafeHeaderNames });
const include = { credentials: 'include' } as const;

const source = 'https://fetch.spec.whatwg.org/#cors-preflight-fetch-0';
const wpt = 'fetch/api/cors/cors-preflight-star.any.js';
const measured = 'measured in Chromium and Firefox';

const methodNotAllowed = (method: string): string => `MethodDisallowedByPreflightResponse (${method})`;
const headerNotAllowed = (name: string): string => `HeaderDisallowedByPreflightResponse (${name})`;
const badMethods = 'InvalidAllowMethodsPreflightResponse';
const badHeaders = 'InvalidAllowHeadersPreflightResponse';

const rows: readonly Row[] = [
  // Method
  { name: 'a method that is listed', lines: [methods('PUT')], expected: [], source },
  { name: 'a method in a list of several lines', lines: [methods('GET, DELETE'), methods('PATCH,PUT')], expected: [], source },
  { name: 'no Access-Control-Allow-Methods', lines: [], expected: [methodNotAllowed('PUT')], source },
  { name: 'an empty Access-Control-Allow-Methods', lines: [methods('')], expected: [methodNotAllowed('PUT')], source },
  { name: 'another method', lines: [methods('DELETE')], expected: [methodNotAllowed('PUT')], source },
  { name: 'the method in lower case', lines: [methods('put')], expected: [methodNotAllowed('PUT')], source: wpt },
  { name: 'patch where PATCH is listed', request: { method: 'patch' }, lines: [methods('PATCH')], expected: [methodNotAllowed('patch')], source: measured },
  { name: 'patch where patch is listed', request: { method: 'patch' }, lines: [methods('patch')], expected: [], source },
  ...['GET', 'HEAD', 'POST'].map((method) => ({ name: `${method}, which needs no grant`, request: { method }, lines: [methods('DELETE')], expected: [], source })),
  { name: 'OPTIONS, which needs one', request: { method: 'OPTIONS' }, lines: [], expected: [methodNotAllowed('OPTIONS')], source },
  { name: 'any method', lines: [methods('*')], expected: [], source: wpt },
  { name: 'any method beside a name', lines: [methods('DELETE, *')], expected: [], source },
  { name: 'any method, with credentials', request: include, allows: named, lines: [methods('*')], expected: [methodNotAllowed('PUT')], source: wpt },
  { name: 'a method called *, with credentials', request: { ...include, method: '*' }, allows: named, lines: [methods('*')], expected: [], source: wpt },

  // Headers
  { name: 'a header that is listed, in any case', request: withHeaders('x-test'), lines: [allowHeaders('X-TEST')], expected: [], source: wpt },
  { name: 'headers in several lines', request: withHeaders('x-a', 'x-b'), lines: [allowHeaders('x-a'), allowHeaders('x-b,')], expected: [], source },
  { name: 'no Access-Control-Allow-Headers', request: withHeaders('x-a'), lines: [], expected: [headerNotAllowed('x-a')], source },
  { name: 'an empty Access-Control-Allow-Headers', request: withHeaders('x-a'), lines: [allowHeaders('')], expected: [headerNotAllowed('x-a')], source },
  { name: 'a name that only begins so', request: withHeaders('x-a'), lines: [allowHeaders('x-ab')], expected: [headerNotAllowed('x-a')], source },
  { name: 'any header', request: withHeaders('x-a', 'x-b'), lines: [allowHeaders('*')], expected: [], source: wpt },
  { name: 'any header, with credentials', request: { ...withHeaders('x-a'), ...include }, allows: named, lines: [allowHeaders('*')], expected: [headerNotAllowed('x-a')], source: wpt },
  { name: 'a header called *, with credentials', request: { ...withHeaders('*'), ...include }, allows: named, lines: [allowHeaders('*')], expected: [], source: wpt },
  { name: 'Authorization by name', request: withHeaders('authorization'), lines: [allowHeaders('Authorization')], expected: [], source },
  { name: 'Authorization by *', request: withHeaders('authorization', 'x-a'), lines: [allowHeaders('*')], expected: [], but: { standard: [headerNotAllowed('authorization')] }, source: measured },
  { name: 'Authorization by * and by name', request: withHeaders('authorization', 'x-a'), lines: [allowHeaders('*, authorization')], expected: [], source },
  { name: 'Authorization by *, with credentials', request: { ...withHeaders('authorization'), ...include }, allows: named, lines: [allowHeaders('*')], expected: [headerNotAllowed('authorization')], source },
  {
    name: 'several headers that are missing', request: withHeaders('x-z', 'x-m', 'x-a'), lines: [allowHeaders('x-m')],
    expected: [headerNotAllowed('x-a'), headerNotAllowed('x-z')], but: { chromium: [headerNotAllowed('x-z'), headerNotAllowed('x-a')] }, source: measured,
  },
  { name: 'no header that needs a grant', request: withHeaders(), lines: [allowHeaders('x-a')], expected: [], source },

  // Syntax
  { name: 'methods with spaces between them', lines: [methods('PUT DELETE')], expected: [badMethods, methodNotAllowed('PUT')], source: 'fetch/api/cors/cors-preflight-response-validation.any.js' },
  { name: 'a bad method beside the right one', lines: [methods('PUT, a:b')], expected: [badMethods], source: measured },
  { name: 'methods that cannot be read, for a method that needs no grant', request: { method: 'POST' }, lines: [methods('[POST]')], expected: [badMethods], source: measured },
  { name: 'a quoted list', lines: [methods('"PUT, GET"')], expected: [badMethods, methodNotAllowed('PUT')], source: measured },
  { name: 'empty items', lines: [methods(', ,PUT,,')], expected: [], source: 'RFC 9110, section 5.6.1.2' },
  { name: 'headers with a value in them', request: withHeaders('x-a'), lines: [allowHeaders('x-a: 1')], expected: [badHeaders, headerNotAllowed('x-a')], source: measured },
  { name: 'a bad header that nobody asked for', request: withHeaders('x-a'), lines: [allowHeaders('x-a, header name with space')], expected: [badHeaders], source: 'fetch/api/cors/cors-preflight-response-validation.any.js' },
  { name: 'headers that cannot be read, for a request without any', lines: [methods('PUT'), allowHeaders('caf\xe9')], expected: [badHeaders], source: measured },

  // Status
  { name: '204', status: 204, lines: [methods('PUT')], expected: [], source: 'fetch/api/cors/cors-preflight-status.any.js' },
  { name: '299', status: 299, lines: [methods('PUT')], expected: [], source: 'fetch/api/cors/cors-preflight-status.any.js' },
  ...[300, 304, 400, 401, 403, 404, 405, 500, 503].map((status) => ({
    name: String(status), status, lines: [methods('PUT')], expected: ['PreflightInvalidStatus'], source: 'fetch/api/cors/cors-preflight-status.any.js',
  })),
  ...[301, 302, 303, 307, 308].map((status) => ({
    name: `${status} with Location`, status, lines: [methods('PUT'), 'Location: /elsewhere'], expected: ['PreflightDisallowedRedirect'], source: 'fetch/api/cors/cors-preflight-redirect.any.js',
  })),
  { name: '302 without Location', status: 302, lines: [methods('PUT')], expected: ['PreflightInvalidStatus'], source: measured },
  ...(['error', 'manual'] as const).map((redirect) => ({
    name: `302 of a request whose redirect mode is ${redirect}`, request: { redirect }, status: 302, lines: [methods('PUT'), 'Location: /elsewhere'],
    expected: ['PreflightDisallowedRedirect'], but: { firefox: ['PreflightInvalidStatus'] }, source: measured,
  })),
  { name: '302 with an empty Location', status: 302, lines: [methods('PUT'), 'Location:'], expected: ['PreflightDisallowedRedirect'], but: { chromium: ['PreflightInvalidStatus'] }, source: 'measured in Chromium and Firefox' },
  { name: '302 to what is no URL', status: 302, lines: [methods('PUT'), 'Location: http://'], expected: ['PreflightDisallowedRedirect'], source: 'measured in Chromium' },
  { name: '204 with Location', status: 204, lines: [methods('PUT'), 'Location: /elsewhere'], expected: [], source },

  // Order
  {
    name: 'a 404 that says nothing', status: 404, allows: [], lines: [], request: withHeaders('x-a'),
    expected: ['PreflightMissingAllowOriginHeader', 'PreflightInvalidStatus', headerNotAllowed('x-a')], source: measured,
  },
  {
    name: 'a redirect that says nothing', status: 302, allows: [], lines: ['Location: /login'],
    expected: ['PreflightMissingAllowOriginHeader', 'PreflightDisallowedRedirect', methodNotAllowed('PUT')],
    but: { chromium: ['PreflightDisallowedRedirect', 'PreflightMissingAllowOriginHeader', methodNotAllowed('PUT')] }, source: measured,
  },
  {
    name: 'everything wrong at once, with credentials', status: 500, request: { ...include, unsafeHeaderNames: ['x-a'] }, lines: [methods('a b'), allowHeaders('c d')],
    expected: ['PreflightWildcardOriginNotAllowed', 'PreflightInvalidAllowCredentials', 'PreflightInvalidStatus', badMethods, badHeaders, methodNotAllowed('PUT'), headerNotAllowed('x-a')],
    but: { firefox: ['PreflightWildcardOriginNotAllowed', 'PreflightInvalidAllowCredentials', 'PreflightInvalidStatus', badMethods, methodNotAllowed('PUT'), badHeaders, headerNotAllowed('x-a')] }, source: measured,
  },
  {
    name: 'no methods, and headers that cannot be read', lines: [allowHeaders('a b')],
    expected: [badHeaders, methodNotAllowed('PUT')], but: { firefox: [methodNotAllowed('PUT'), badHeaders] }, source: measured,
  },
  {
    name: 'a status and credentials', status: 403, request: include, allows: [`Access-Control-Allow-Origin: ${app}`], lines: [methods('PUT')],
    expected: ['PreflightInvalidAllowCredentials', 'PreflightInvalidStatus'], source: measured,
  },
];

const profileNames: readonly ProfileName[] = ['standard', 'chromium', 'firefox'];

describe('the response to a CORS-preflight request', () => {
  it.each(rows)('$name ($source)', ({ request, status = 200, allows = ['Access-Control-Allow-Origin: *'], lines, expected, but }) => {
    const response = { status, headers: headers(...allows, ...lines) };
    const found = Object.fromEntries(profileNames.map((profile) => [
      profile,
      checkPreflightResponse({ ...put, ...request }, response, browserProfiles[profile])
        .flatMap((step) => step.errors)
        .map(({ code, parameter }) => (parameter === '' ? code : `${code} (${parameter})`)),
    ]));
    expect(found).toEqual({ standard: expected, chromium: expected, firefox: expected, ...but });
  });

  it.each(profileNames)('is judged by every step, in the order of %s', (profile) => {
    const { preflightOrder } = browserProfiles[profile];
    expect(checkPreflightResponse(put, { status: 200, headers: [] }, browserProfiles[profile]).map(({ id }) => id)).toEqual(preflightOrder);
  });
});

describe('the evidence of its errors', () => {
  const evidence = [
    { name: 'a status', status: 405, lines: [], expected: { code: 'PreflightInvalidStatus', header: null, found: '405', needed: 'a status from 200 to 299' } },
    { name: 'a redirect', status: 302, lines: ['Location: /login'], expected: { code: 'PreflightDisallowedRedirect', header: 'Location', found: '/login' } },
    { name: 'an absent list', status: 200, lines: [], expected: { code: 'MethodDisallowedByPreflightResponse', header: 'Access-Control-Allow-Methods', found: null, needed: 'PUT' } },
    { name: 'a list that lacks the method', status: 200, lines: [methods('GET,, DELETE')], expected: { found: 'GET, DELETE', needed: 'PUT' } },
    { name: 'a list that cannot be read, as it came', status: 200, lines: [methods('PUT; GET')], expected: { code: badMethods, header: 'Access-Control-Allow-Methods', found: 'PUT; GET' } },
    { name: 'a list that lacks a header', status: 200, lines: [methods('PUT'), allowHeaders('x-b')], expected: { code: 'HeaderDisallowedByPreflightResponse', header: 'Access-Control-Allow-Headers', found: 'x-b', needed: 'x-a' } },
    { name: 'an absent list of headers', status: 200, lines: [methods('PUT')], expected: { code: 'HeaderDisallowedByPreflightResponse', found: null, needed: 'x-a' } },
  ] as const;
  it.each(evidence)('$name', ({ status, lines, expected }) => {
    const response = { status, headers: headers('Access-Control-Allow-Origin: *', ...lines) };
    const [first] = checkPreflightResponse({ ...put, unsafeHeaderNames: ['x-a'] }, response, browserProfiles.chromium).flatMap((step) => step.errors);
    expect(first).toMatchObject(expected);
  });
});
