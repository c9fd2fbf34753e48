import { describe, expect, it, test } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { stopIf } from '../../src/explain/what-if.ts';
import { headers } from '../header-text.ts';
import { type Story, acac, acam, acao, actual, app, cookie, exchangeOf, location, named, preflight, redirected } from './story.ts';

type Answer = readonly [status: number, ...lines: readonly string[]];

interface Row {
  readonly name: string;
  readonly story: Story;
  readonly preflight?: Answer;
  readonly response: Answer;
  readonly credentials?: 'include' | 'omit';
  readonly browser?: BrowserProfile['name'];
  /** Phase and code where it would stop; null: nowhere. */
  readonly expected: string | null;
}

const put = preflight('PUT', undefined, 204, acao(app));
const rows: readonly Row[] = [
  { name: 'a header that was missing', story: actual([200]), response: [200, acao(app)], expected: null },
  { name: 'the wrong one', story: actual([200]), response: [200, acao('https://b.example')], expected: 'actual AllowOriginMismatch' },
  { name: 'a wildcard without credentials', story: actual([200]), response: [200, acao('*')], expected: null },
  { name: 'a wildcard with credentials', story: actual([200], cookie), response: [200, acao('*')], credentials: 'include', expected: 'actual WildcardOriginNotAllowed' },
  { name: 'an allowed response that loses its header', story: { hops: [{ answer: [200, ...named] }] }, response: [200], expected: 'actual MissingAllowOriginHeader' },
  { name: 'a preflight that is repaired, and a response that is made up', story: put, preflight: [204, acao(app), acam('PUT')], response: [200, acao(app)], expected: null },
  { name: 'a preflight that is repaired, and a response without the header', story: put, preflight: [204, acao(app), acam('PUT')], response: [200], expected: 'actual MissingAllowOriginHeader' },
  { name: 'a preflight with an error status', story: put, preflight: [500, acao(app), acam('PUT')], response: [200, acao(app)], expected: 'preflight PreflightInvalidStatus' },
  { name: 'a preflight that redirects, in Firefox', story: put, preflight: [302, location('/b')], response: [200, acao(app)], browser: 'firefox', expected: 'preflight PreflightMissingAllowOriginHeader' },
  { name: 'a redirect that may be followed', story: actual([200]), response: [302, acao('*'), location('https://c.example/')], expected: null },
  { name: 'a redirect to where none may lead', story: actual([200]), response: [302, acao('*'), location('ftp://c.example/')], expected: 'actual CorsDisabledScheme' },
  { name: 'the last response of several', story: redirected('https://c.example/', [200]), response: [200, acao('null')], expected: null },
  { name: 'credentials that the response does not allow', story: actual([200], cookie), response: [200, acao(app), 'Access-Control-Allow-Credentials: yes'], credentials: 'include', expected: 'actual InvalidAllowCredentials' },
  { name: 'credentials that it allows', story: actual([200], cookie), response: [200, acao(app), acac], credentials: 'include', expected: null },
];

describe('if the server answered otherwise', () => {
  test.each(rows)('$name', ({ story, preflight: toPreflight, response, credentials = 'omit', browser = 'chromium', expected }) => {
    const exchange = exchangeOf(story);
    const read = ([status, ...lines]: Answer) => ({ status, headers: headers(...lines) });
    const stop = stopIf(exchange, exchange.hops.length - 1, { preflight: toPreflight ? read(toPreflight) : null, response: read(response) }, credentials, browserProfiles[browser]);
    expect(stop && `${stop.phase} ${stop.error?.code ?? ''}`).toBe(expected);
  });

  it('the answers that were seen stop it where it was stopped', () => {
    for (const story of [actual([200]), actual([200, acao('*')], cookie), put, redirected('https://c.example/', [200])]) {
      const exchange = exchangeOf(story);
      const { block, credentials } = diagnose(exchange, browserProfiles.chromium);
      const hop = exchange.hops.at(-1) ?? expect.fail();
      const seen = { preflight: hop.preflight?.from === 'network' ? hop.preflight.response : null, response: hop.response ?? { status: 200, headers: [] } };
      const stop = stopIf(exchange, exchange.hops.length - 1, seen, credentials.value === 'include' ? 'include' : 'omit', browserProfiles.chromium);
      expect([stop?.phase, stop?.error?.code]).toEqual([block?.at.phase, block?.error.code]);
    }
  });
});
