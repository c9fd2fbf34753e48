import type { BrowserDifference } from '../../src/explain/browser-differences.ts';
import { headerValue, type HeaderLine, type RawRequest, type RawResponse } from '../playground/raw-server.ts';
import { type Duel, type Played, type Places, isPreflight } from './arena.ts';

/** What both browsers do where they differ. */
export interface DifferenceCase extends Omit<Duel, 'id'> {
  readonly chromium: Expected;
  readonly firefox: Expected;
}

type Expected = Pick<Played, 'verdict' | 'sent'>;

const did = (verdict: string, ...sent: readonly string[]): Expected => ({ verdict, sent });

const seconds = (value: string): HeaderLine => ['Access-Control-Max-Age', value];
const methods = (value: string): HeaderLine => ['Access-Control-Allow-Methods', value];
const headers = (value: string): HeaderLine => ['Access-Control-Allow-Headers', value];

/** The same answer to everything: it allows the page, and says these lines, too. */
const allowing = (...lines: readonly HeaderLine[]) => (request: RawRequest, { app }: Places): RawResponse =>
  ({ status: isPreflight(request) ? 204 : 200, headers: [['Access-Control-Allow-Origin', app], ...lines] });

const answering = (status: number, ...lines: readonly HeaderLine[]) => (): RawResponse => ({ status, headers: lines });

const redirecting = (to: string, ...lines: readonly HeaderLine[]) => answering(302, ['Location', to], ...lines);

const asks = (request: RawRequest, name: string): boolean => headerValue(request, 'access-control-request-headers') === name;

const put = { method: 'PUT' };
const putWith = (name: string) => ({ method: 'PUT', headers: { [name]: '1' } });

/** A grant for `x-a` that lasts, then one for `x-b` with this age; then `x-a` again. */
const grantsOneAfterTheOther = (age: string, secondGrant: string): Omit<DifferenceCase, 'chromium' | 'firefox'> => ({
  requests: [putWith('x-a'), putWith('x-b'), putWith('x-a')],
  answer: (request, places) => allowing(methods('PUT'), headers(asks(request, 'x-a') ? 'x-a' : secondGrant), seconds(asks(request, 'x-a') ? '600' : age))(request, places),
});

const hints = ['DPR', 'Downlink', 'Width', 'Viewport-Width', 'Device-Memory', 'Intervention'];

/** One for each row of `browserDifferences` that can be played, by its id. */
export const differenceCases: Readonly<Record<BrowserDifference['id'], DifferenceCase>> = {
  'preflight-redirect-first': {
    requests: [put], answer: redirecting('/elsewhere'),
    chromium: did('PreflightDisallowedRedirect', 'preflight'), firefox: did('CORSMissingAllowOrigin', 'preflight'),
  },
  'preflight-redirect-by-mode': {
    requests: [{ ...put, redirect: 'manual' }], answer: redirecting('/elsewhere', ['Access-Control-Allow-Origin', '*']),
    chromium: did('PreflightDisallowedRedirect', 'preflight'), firefox: did('CORSPreflightDidNotSucceed', 'preflight'),
  },
  'allow-headers-read-before-method': {
    requests: [put], answer: allowing(headers('x a')),
    chromium: did('InvalidAllowHeadersPreflightResponse', 'preflight'), firefox: did('CORSMethodNotFound', 'preflight'),
  },
  'several-allow-origin-values': {
    requests: [{}], answer: (_, { app }) => ({ status: 200, headers: [['access-control-allow-origin', app], ['Access-Control-Allow-Origin', app]] }),
    chromium: did('MultipleAllowOriginValues', 'GET'), firefox: did('CORSAllowOriginNotMatchingOrigin', 'GET'),
  },
  'invalid-allow-origin-value': {
    requests: [{}], answer: answering(200, ['Access-Control-Allow-Origin', 'app.example']),
    chromium: did('InvalidAllowOriginValue', 'GET'), firefox: did('CORSAllowOriginNotMatchingOrigin', 'GET'),
  },
  'safelist-size-limit': {
    // None is longer than 128 bytes, and without client hints they cannot exceed 1,024 together.
    requests: [{ headers: Object.fromEntries(['Accept', 'Accept-Language', 'Content-Language', ...hints].map((name) => [name, '1'.repeat(128)])) }],
    answer: allowing(headers(hints.join(', '))),
    chromium: did('HeaderDisallowedByPreflightResponse accept-language', 'preflight'), firefox: did('allowed', 'preflight', 'GET'),
  },
  'client-hints-safelisted': {
    requests: [{ headers: { DPR: '2' } }], answer: allowing(),
    chromium: did('allowed', 'GET'), firefox: did('CORSMissingAllowHeaderFromPreflight dpr', 'preflight'),
  },
  'non-ascii-request-header': {
    requests: [{ headers: { Accept: 'caf\u00e9' } }], answer: allowing(),
    chromium: did('allowed', 'GET'), firefox: did('CORSMissingAllowHeaderFromPreflight accept', 'preflight'),
  },
  'user-agent-forbidden': {
    requests: [{ headers: { 'User-Agent': 'x' } }], answer: allowing(),
    chromium: did('allowed', 'GET'), firefox: did('CORSMissingAllowHeaderFromPreflight user-agent', 'preflight'),
  },
  'preflight-origin-after-redirect': {
    requests: [put],
    answer: (request, places) => (request.target.endsWith('/then')
      ? answering(200, ['Access-Control-Allow-Origin', 'null'], methods('PUT'))()
      : isPreflight(request) ? allowing(methods('PUT'))(request, places) : answering(307, ['Location', `${places.other}/then`], ['Access-Control-Allow-Origin', places.app])()),
    chromium: did('allowed', 'preflight', 'PUT', 'preflight', 'PUT'), firefox: did('CORSAllowOriginNotMatchingOrigin', 'preflight', 'PUT', 'preflight'),
  },
  'preflight-again-after-redirect': {
    requests: [{ method: 'DELETE' }],
    answer: (request, places) => (request.target.endsWith('/then') || isPreflight(request)
      ? allowing(methods('DELETE'))(request, places)
      : answering(303, ['Location', `${places.api}/then`], ['Access-Control-Allow-Origin', places.app])()),
    chromium: did('allowed', 'preflight', 'DELETE', 'GET'), firefox: did('allowed', 'preflight', 'DELETE', 'preflight', 'GET'),
  },
  'redirect-to-unsafe-scheme': {
    requests: [{}], answer: redirecting('javascript:1', ['Access-Control-Allow-Origin', '*']),
    chromium: did('CorsDisabledScheme', 'GET'), firefox: did('CORSDidNotSucceed', 'GET'),
  },
  'unsafe-redirect-first': {
    requests: [{}], answer: redirecting('data:,x'),
    chromium: did('MissingAllowOriginHeader', 'GET'), firefox: did('CORSDidNotSucceed', 'GET'),
  },
  'empty-location': {
    requests: [{}], answer: redirecting('', ['Access-Control-Allow-Origin', '*']),
    chromium: did('allowed', 'GET'), firefox: did('CORSDidNotSucceed', ...Array.from({ length: 21 }, () => 'GET')),
  },
  'redirect-with-user-info': {
    requests: [{}], answer: (_, { api }) => redirecting(api.replace('//', '//user@'), ['Access-Control-Allow-Origin', '*'])(),
    chromium: did('RedirectContainsCredentials', 'GET'), firefox: did('CORSDidNotSucceed', 'GET'),
  },
  'network-failure': {
    requests: [{}], answer: redirecting('/a', ['Location', '/b'], ['Access-Control-Allow-Origin', '*']),
    chromium: did('failed', 'GET'), firefox: did('CORSDidNotSucceed', 'GET'),
  },
  'redirect-mode-error': {
    requests: [{ redirect: 'error' }], answer: answering(302, ['Access-Control-Allow-Origin', '*']),
    chromium: did('allowed', 'GET'), firefox: did('failed', 'GET'),
  },
  'cache-invalid-max-age': {
    requests: [put, put], answer: allowing(methods('PUT'), seconds('600s')),
    chromium: did('allowed', 'PUT'), firefox: did('allowed', 'preflight', 'PUT'),
  },
  'cache-negative-max-age': {
    ...grantsOneAfterTheOther('-1', 'x-a, x-b'),
    chromium: did('allowed', 'preflight', 'PUT'), firefox: did('allowed', 'PUT'),
  },
  'cache-zero-max-age': {
    ...grantsOneAfterTheOther('0', 'x-a, x-b'),
    chromium: did('allowed', 'preflight', 'PUT'), firefox: did('allowed', 'PUT'),
  },
  'cache-new-answer': {
    ...grantsOneAfterTheOther('600', 'x-b'),
    chromium: did('allowed', 'preflight', 'PUT'), firefox: did('allowed', 'PUT'),
  },
  'cache-wildcard': {
    requests: [put, put], answer: allowing(methods('*'), seconds('600')),
    chromium: did('allowed', 'PUT'), firefox: did('allowed', 'preflight', 'PUT'),
  },
  'cache-credentials': {
    requests: [{ ...put, credentials: 'include' }, put], answer: allowing(methods('PUT'), seconds('600'), ['Access-Control-Allow-Credentials', 'true']),
    chromium: did('allowed', 'PUT'), firefox: did('allowed', 'preflight', 'PUT'),
  },
  'cache-head': {
    requests: [{ method: 'HEAD', headers: { 'x-a': '1' } }, { method: 'HEAD', headers: { 'x-a': '1' } }], answer: allowing(headers('x-a'), seconds('600')),
    chromium: did('allowed', 'HEAD'), firefox: did('allowed', 'preflight', 'HEAD'),
  },
  'cache-long-url': {
    requests: [{ ...put, suffix: `/${'x'.repeat(1024)}` }, { ...put, suffix: `/${'x'.repeat(1024)}` }], answer: allowing(methods('PUT'), seconds('600')),
    chromium: did('allowed', 'preflight', 'PUT'), firefox: did('allowed', 'PUT'),
  },
  'cache-after-failure': {
    requests: [put, put], answer: (request, places) => (isPreflight(request) ? allowing(methods('PUT'), seconds('600'))(request, places) : { status: 200, headers: [] }),
    chromium: did('MissingAllowOriginHeader', 'PUT'), firefox: did('CORSMissingAllowOrigin', 'preflight', 'PUT'),
  },
  'cache-mode-no-cache': {
    requests: [put, { ...put, cache: 'no-cache' }], answer: allowing(methods('PUT'), seconds('600')),
    chromium: did('allowed', 'preflight', 'PUT'), firefox: did('allowed', 'PUT'),
  },
  'first-missing-header': {
    requests: [{ headers: Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`x-${index}`, '1'])) }], answer: allowing(),
    chromium: did('HeaderDisallowedByPreflightResponse x-2', 'preflight'), firefox: did('CORSMissingAllowHeaderFromPreflight x-0', 'preflight'),
  },
};

/** The rows that no case plays, each with the reason. */
export const notPlayed: ReadonlyMap<BrowserDifference['id'], string> = new Map([
  ['cache-max-age-limit', 'It shows after two hours.'],
]);
