import fc from 'fast-check';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import type { End, Exchange } from '../../src/exchange/exchange.ts';
import type { ReportSource } from '../../src/explain/session.ts';
import { type Story, blocked, exchangeOf } from '../explain/story.ts';

const profile = { ...browserProfiles.chromium, name: 'chromium' } as const;

/** What a report is written of, of exchanges a second apart. */
export const sessionOf = (exchanges: readonly Exchange[], more: Partial<ReportSource> = {}): ReportSource => ({
  generator: 'cors-inspector 1.2.3', profile, browserVersion: '156.0.0.0', page: 'https://app.example/', gaps: [], dropped: 0,
  exchanges: exchanges.map((exchange, index) => ({ ...exchange, id: String(index), startedAt: Date.UTC(2026, 10, 20, 9, 0, index) })), ...more,
});

export const sessionOfStories = (stories: readonly Story[], more?: Partial<ReportSource>): ReportSource => sessionOf(stories.map(exchangeOf), more);

/** A session with the texts wherever a page, a server or a file can put one. */
export const hostileSession = (text: fc.Arbitrary<string>): fc.Arbitrary<ReportSource> => {
  const end = fc.oneof(
    { arbitrary: fc.constant<End>({ kind: 'error', at: 1, error: blocked }), weight: 4 }, text.map((error): End => ({ kind: 'error', at: 1, error })),
    fc.constantFrom<End>({ kind: 'error', at: 1, error: 'net::ERR_NAME_NOT_RESOLVED' }, { kind: 'untold' }, { kind: 'pending' }, { kind: 'unseen', from: 0, until: 1 }, { kind: 'unfollowed', at: 1 }),
  );
  const exchange = fc.record({ tail: text, host: fc.constantFrom('api.example', 'b.example'), origin: text, allowed: text, asks: text, method: fc.oneof(text, fc.constantFrom('GET', 'HEAD', 'PUT', 'get')), value: text, status: fc.constantFrom(200, 204, 302, 404), end, isPreflight: fc.boolean() })
    .map(({ tail, host, origin, allowed, asks, method, value, status, end, isPreflight }): Exchange => {
      const answer = { status, headers: [['Access-Control-Allow-Origin', allowed], ['Access-Control-Allow-Methods', allowed], [value, value], ['Location', value]] } as const;
      return {
        id: '', type: 'xmlhttprequest', origin, startedAt: 0, end,
        hops: [{
          url: `https://${host}/${tail}`, method, scriptHeaderOrder: null, redirectedTo: end.kind === 'unfollowed' ? value : null,
          requestHeaders: isPreflight ? null : [['Origin', origin], [value, value], ['Cookie', value]], response: isPreflight ? null : answer,
          preflight: isPreflight ? { from: 'network', error: null, requestHeaders: [['Origin', origin], ['Access-Control-Request-Method', method], ['Access-Control-Request-Headers', asks], [value, value]], response: answer } : null,
        }],
      };
    });
  return fc.record({ exchanges: fc.array(exchange, { maxLength: 6 }), page: text, browserVersion: text, generator: text, notes: fc.array(text, { maxLength: 2 }), dropped: fc.nat(), secrets: fc.constantFrom('redacted', 'included') })
    .map(({ exchanges, ...more }) => sessionOf(exchanges, { ...more, gaps: [{ from: 0, until: 1 }] }));
};
