import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { otherBrowserOf } from '../../src/explain/other-browser.ts';
import { type Story, app, exchangeOf } from './story.ts';

const acao = (value: string): string => `Access-Control-Allow-Origin: ${value}`;
const acam = (value: string): string => `Access-Control-Allow-Methods: ${value}`;
const acah = (value: string): string => `Access-Control-Allow-Headers: ${value}`;
const location = (url: string): string => `Location: ${url}`;
const omits = ['Sec-Fetch-Site: cross-site'] as const;
const b = 'https://b.example/b';

/** What was seen in one browser, and in a few words what the other one would have decided; null: nothing else. */
interface Row {
  readonly name: string;
  readonly seenIn: 'chromium' | 'firefox';
  readonly story: Story;
  readonly expected: string | null;
  readonly because?: readonly string[];
}

const blocked = 'net::ERR_FAILED';
const refused = 'NS_ERROR_DOM_BAD_URI';

const rows: readonly Row[] = [
  { name: 'a response that passes', seenIn: 'chromium', story: { hops: [{ sent: omits, answer: [200, acao('*')] }] }, expected: null },
  { name: 'a response that fails', seenIn: 'chromium', story: { hops: [{ answer: [200] }], end: blocked }, expected: null },
  { name: 'a preflight that passes in both', seenIn: 'firefox', story: { hops: [{ method: 'PUT', sent: ['X-A: 1'], preflight: { asks: 'x-a', answer: [204, acao(app), acam('PUT'), acah('x-a')] }, answer: [200, acao(app)] }], end: 'readable' }, expected: null },
  { name: 'a no-cors response', seenIn: 'chromium', story: { hops: [{ sentOrigin: null, answer: [200] }] }, expected: null },
  { name: 'a request under way', seenIn: 'chromium', story: { hops: [{ sent: ['DPR: 2'] }], end: 'pending' }, expected: null },

  { name: 'a redirected preflight without headers', seenIn: 'chromium', story: { hops: [{ method: 'PUT', sent: null, preflight: { answer: [302, location('/b')] } }], end: blocked }, expected: 'blocked 0 preflight preflight-allow-origin CORSMissingAllowOrigin', because: ['preflight-redirect-first'] },
  { name: 'a redirected preflight without headers', seenIn: 'firefox', story: { hops: [{ method: 'PUT', preflight: { answer: [302, location('/b')] } }], end: refused }, expected: 'blocked 0 preflight preflight-redirect PreflightDisallowedRedirect', because: ['preflight-redirect-first'] },
  { name: 'a redirected preflight that Firefox judges by the credentials mode, which nobody saw', seenIn: 'chromium', story: { hops: [{ method: 'PUT', sent: null, preflight: { answer: [302, acao('*'), location('/b')] } }], end: blocked }, expected: null },
  { name: 'headers that cannot be read, and a method that is missing', seenIn: 'chromium', story: { hops: [{ method: 'PUT', sent: null, preflight: { asks: 'x-a', answer: [204, acao(app), 'Access-Control-Allow-Credentials: true', acah('x a')] } }], end: blocked }, expected: 'blocked 0 preflight method CORSMethodNotFound', because: ['allow-headers-read-before-method'] },
  { name: 'a list of origins', seenIn: 'chromium', story: { hops: [{ answer: [200, acao(`${app}, ${b}`)] }], end: blocked }, expected: 'blocked 0 actual allow-origin CORSAllowOriginNotMatchingOrigin', because: ['several-allow-origin-values'] },
  { name: 'two lines', seenIn: 'chromium', story: { hops: [{ answer: [200, acao(app), acao(app)] }], end: blocked }, expected: null },
  { name: 'an origin that is no URL', seenIn: 'firefox', story: { hops: [{ answer: [200, acao('app.example')] }], end: 'withheld' }, expected: 'blocked 0 actual allow-origin InvalidAllowOriginValue', because: ['invalid-allow-origin-value'] },
  { name: 'a value that may be a URL, by another parser', seenIn: 'firefox', story: { hops: [{ answer: [200, acao('https://[app]')] }], end: 'withheld' }, expected: null },
  { name: 'several headers that are missing', seenIn: 'chromium', story: { hops: [{ sent: null, order: ['x-b', 'x-a'], preflight: { asks: 'x-a,x-b', answer: [204, acao(app), 'Access-Control-Allow-Credentials: true'] } }], end: blocked }, expected: 'blocked 0 preflight request-headers CORSMissingAllowHeaderFromPreflight (x-a)', because: ['first-missing-header'] },
  { name: 'several headers that are missing, whose order in Chromium nobody saw', seenIn: 'firefox', story: { hops: [{ sent: ['X-A: 1', 'X-B: 1'], preflight: { asks: 'x-a,x-b', answer: [204, acao(app)] } }], end: refused }, expected: null },

  { name: 'a client hint, which a browser may have set', seenIn: 'chromium', story: { hops: [{ sent: [...omits, 'DPR: 2'], answer: [200, acao('*')] }] }, expected: 'unknown 0 preflight, not sure', because: ['client-hints-safelisted'] },
  { name: 'a client hint that Firefox asked for in vain', seenIn: 'firefox', story: { hops: [{ sent: ['DPR: 2'], preflight: { asks: 'dpr', answer: [204, acao(app)] } }], end: refused }, expected: 'unknown 0 actual', because: ['client-hints-safelisted'] },
  { name: 'a client hint that Firefox asked for, and a response that passes', seenIn: 'firefox', story: { hops: [{ sent: ['DPR: 2'], preflight: { asks: 'dpr', answer: [204, acao(app), acah('dpr')] }, answer: [200, acao(app)] }], end: 'readable' }, expected: null },
  { name: 'bytes beyond ASCII, which no browser sets', seenIn: 'chromium', story: { hops: [{ sent: [...omits, 'Accept: caf\xe9'], answer: [200, acao('*')] }] }, expected: 'unknown 0 preflight', because: ['non-ascii-request-header'] },

  { name: 'a second preflight after a redirect, which named no origin', seenIn: 'chromium', story: { hops: [
    { method: 'PUT', sent: omits, preflight: { answer: [204, acao(app), acam('PUT')] }, answer: [307, acao(app), location(b)], to: b },
    { method: 'PUT', url: b, sentOrigin: 'null', preflight: { answer: [204, acao('null'), acam('PUT')] }, answer: [200, acao('*')] },
  ] }, expected: 'unknown 1 preflight', because: ['preflight-origin-after-redirect'] },
  { name: 'a second preflight after a redirect, which allows any origin', seenIn: 'chromium', story: { hops: [
    { method: 'PUT', sent: omits, preflight: { answer: [204, acao(app), acam('PUT')] }, answer: [307, acao(app), location(b)], to: b },
    { method: 'PUT', url: b, sentOrigin: 'null', preflight: { answer: [204, acao('*'), acam('PUT')] }, answer: [200, acao('*')] },
  ] }, expected: null },
  { name: 'a request that became a GET', seenIn: 'chromium', story: { hops: [
    { method: 'DELETE', sent: omits, preflight: { answer: [204, acao(app), acam('DELETE')] }, answer: [303, acao(app), location('https://api.example/b')], to: 'https://api.example/b' },
    { url: 'https://api.example/b', answer: [200, acao('*')] },
  ] }, expected: 'unknown 1 preflight', because: ['preflight-again-after-redirect'] },
  { name: 'a redirect to data:', seenIn: 'chromium', story: { hops: [{ answer: [302, location('data:,x')] }], end: blocked }, expected: 'failed CORSDidNotSucceed', because: ['unsafe-redirect-first'] },
  { name: 'a redirect to an empty Location', seenIn: 'chromium', story: { hops: [{ sent: omits, answer: [302, acao('*'), location('')] }] }, expected: 'unknown 0 actual', because: ['empty-location'] },
  { name: 'a redirect to data:, which Firefox does not check', seenIn: 'firefox', story: { hops: [{ sent: ['Cookie: a=b'], answer: [302, location('data:,x')] }], end: 'NS_ERROR_CORRUPTED_CONTENT' }, expected: 'blocked 0 actual allow-origin MissingAllowOriginHeader', because: ['unsafe-redirect-first'] },
  { name: 'a client hint beside what needs a preflight anyway', seenIn: 'chromium', story: { hops: [{ method: 'PUT', sent: [...omits, 'DPR: 2'], preflight: { answer: [204, acao(app), acam('PUT')] }, answer: [200, acao('*')] }] }, expected: 'unknown 0 preflight, not sure', because: ['client-hints-safelisted'] },
  { name: 'a redirect to javascript:', seenIn: 'chromium', story: { hops: [{ sent: omits, answer: [302, acao('*'), location('javascript:1')], to: 'javascript:1' }], end: 'unfollowed' }, expected: 'failed CORSDidNotSucceed', because: ['redirect-to-unsafe-scheme'] },

  { name: 'a wildcard in the cache', seenIn: 'chromium', story: { hops: [{ method: 'PUT', sent: omits, preflight: { cached: [204, acao('*'), acam('*'), 'Access-Control-Max-Age: 600'] }, answer: [200, acao('*')] }] }, expected: 'unknown 0 preflight', because: ['cache-wildcard'] },
  { name: 'a grant in the cache that serves both', seenIn: 'chromium', story: { hops: [{ method: 'PUT', sent: omits, preflight: { cached: [204, acao('*'), acam('PUT'), 'Access-Control-Max-Age: 600'] }, answer: [200, acao('*')] }] }, expected: null },
  { name: 'a cached preflight that nobody saw', seenIn: 'chromium', story: { hops: [{ method: 'PUT', sent: omits, preflight: 'cache', answer: [200, acao('*')] }] }, expected: null },

  { name: 'a host without address', seenIn: 'chromium', story: { hops: [{ sentOrigin: app }], end: 'net::ERR_NAME_NOT_RESOLVED' }, expected: 'failed CORSDidNotSucceed', because: ['network-failure'] },
  { name: 'a host without address', seenIn: 'firefox', story: { hops: [{}], end: 'NS_ERROR_UNKNOWN_HOST' }, expected: 'failed', because: ['network-failure'] },
  { name: 'what an extension blocked here, and another browser might not', seenIn: 'chromium', story: { hops: [{}], end: 'net::ERR_BLOCKED_BY_CLIENT' }, expected: null },
];

describe('what the other browser would have decided about', () => {
  it.each(rows)('$name, seen in $seenIn', ({ seenIn, story, expected, because = [] }) => {
    const exchange = exchangeOf(story);
    const profile = browserProfiles[seenIn];
    const other = otherBrowserOf(exchange, diagnose(exchange, profile), profile);
    expect(other && wordsOf(other.decision)).toBe(expected);
    expect(other?.because.map(({ id }) => id) ?? []).toEqual(because);
  });
});

function wordsOf(decision: NonNullable<ReturnType<typeof otherBrowserOf>>['decision']): string {
  switch (decision.outcome) {
    case 'allowed':
      return 'allowed';
    case 'failed':
      return ['failed', decision.reason].filter((word) => word !== null).join(' ');
    case 'unknown':
      return `unknown ${decision.hop} ${decision.unseen}${decision.isSure ? '' : ', not sure'}`;
    case 'blocked': {
      const { hop, phase, step, reason, error } = decision;
      return [decision.outcome, hop, phase, step, reason, ...(error.code === 'HeaderDisallowedByPreflightResponse' ? [`(${error.parameter})`] : [])].join(' ');
    }
  }
}
