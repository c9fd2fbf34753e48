import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { readHar } from '../../src/har/read.ts';
import { harOf } from '../../src/har/write.ts';
import { reportOf } from '../../src/report.ts';
import { type EntryStory, api, app, chromeLog, firefoxLog } from './log.ts';

/** Everything that the panel does with a file, whatever is in it; gives back what the file held. */
function useAll(text: string) {
  const reading = readHar(text);
  if (!reading.ok) return [];
  const { session } = reading;
  const report = { ...session, generator: 'cors-inspector 1.2.3', gaps: [], dropped: 0 };
  reportOf(report);
  const again = readHar(JSON.stringify(harOf({ ...report, secrets: 'included' })));
  if (session.exchanges.length > 0) expect(again.ok && again.session.exchanges.length).toBe(session.exchanges.length);
  return session.exchanges.map((exchange) => ({ exchange, diagnosis: diagnose(exchange, session.profile) }));
}

const url = fc.oneof({ arbitrary: fc.constantFrom(api, 'https://api.example/b', `${app}/c`), weight: 6 }, fc.constantFrom('', 'x', 'data:,x', 'https://me:pw@a.example/#x', 'ftp://a.example/', 'https://[', '//'), fc.webUrl());
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('__proto__', 'constructor', '\ud800', '*', 'null', 'net::ERR_FAILED', 'preflight', 'OPTIONS', 'PUT', '2026-11-20T09:00:00.000Z', '9'.repeat(400)));
const junk = fc.oneof(text, fc.constantFrom(null, undefined, true, 0, -1, 200, 302, 1e308, [], {}), fc.anything({ maxDepth: 2 }));
const or = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ arbitrary, weight: 12 }, junk);
const lines = fc.array(fc.constantFrom(
  `Origin: ${app}`, 'Origin: null', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Site: cross-site', 'Cookie: a=b', 'X-A: 1', `Referer: ${app}/`, 'Access-Control-Request-Method: PUT', 'Access-Control-Request-Method: GET',
  'Access-Control-Request-Headers: x-a,authorization', 'Access-Control-Allow-Origin: *', `Access-Control-Allow-Origin: ${app}`, 'Access-Control-Allow-Credentials: true', 'Access-Control-Allow-Methods: PUT', 'Access-Control-Allow-Headers: *', 'Location: /b', 'Location: ftp://b.example/',
), { maxLength: 6 });

const story: fc.Arbitrary<EntryStory> = fc.record({
  url: fc.constantFrom(api, 'https://api.example/b', `${app}/c`), method: fc.constantFrom('GET', 'PUT', 'OPTIONS', 'POST'), at: fc.integer({ min: 0, max: 20_000 }), time: fc.constantFrom(0, 3, 500),
  sent: fc.option(lines, { freq: 3, nil: null }), answer: fc.tuple(fc.constantFrom(0, 200, 204, 302, 404), lines).map(([status, rest]) => (status === 0 ? [0] as const : [status, ...rest] as const)),
  error: fc.constantFrom(null, null, 'net::ERR_FAILED', 'net::ERR_ABORTED', 'net::ERR_CONNECTION_REFUSED'), type: fc.constantFrom('fetch', 'xhr', 'font', 'image', 'document', 'preflight'),
});

/** An entry in which anything may stand anywhere. */
const hostileEntry = or(fc.record({
  startedDateTime: or(fc.constantFrom('2026-11-20T09:00:00.000Z', '2026-11-20T09:00:00.005+00:00')), time: or(fc.integer()), pageref: or(fc.constant('page_1')),
  request: or(fc.record({ method: or(fc.constantFrom('GET', 'PUT', 'OPTIONS')), url: or(url), headers: or(fc.array(or(fc.record({ name: or(fc.constantFrom('Host', 'Origin', ':authority', 'Access-Control-Request-Method')), value: or(fc.constantFrom('PUT', app)) })), { maxLength: 5 })) })),
  response: or(fc.record({ status: or(fc.constantFrom(0, 200, 302)), redirectURL: or(url), headers: or(fc.array(or(fc.record({ name: or(fc.constant('Location')), value: or(url) })), { maxLength: 3 })), _error: or(fc.constantFrom(null, 'net::ERR_FAILED')), content: junk })),
  _resourceType: or(fc.constantFrom('fetch', 'preflight')), _initiator: or(fc.record({ stack: or(fc.record({ callFrames: junk, parent: junk })) })),
  _corsInspector: or(fc.constantFrom(undefined, { exchange: '1', hop: 0, part: 'request', wasSent: true, of: { type: 'font', origin: app, startedAt: 0, end: { kind: 'pending' } } }, { exchange: '1', hop: 0, part: 'preflight' }, { exchange: '1', hop: 1, part: 'request' })),
}, { requiredKeys: [] }));

describe('a file that may hold anything', () => {
  it('as text, stops nothing', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json(), fc.anything().map((value) => JSON.stringify(value) ?? '')), (file) => void useAll(file)));
  });

  it('as a log, stops nothing', () => {
    fc.assert(fc.property(fc.record({ log: or(fc.record({ creator: or(fc.record({ name: or(fc.constantFrom('WebInspector', 'Firefox', 'cors-inspector')) })), browser: junk, pages: or(fc.array(or(fc.record({ id: junk, title: junk })))), entries: or(fc.array(hostileEntry, { maxLength: 6 })) }, { requiredKeys: ['entries'] })) }), (file) => {
      useAll(JSON.stringify(file) ?? '');
    }), { numRuns: 1000 });
  });

  it('makes no difference by the order of its entries', () => {
    // Of those that began in the same millisecond the first one counts.
    fc.assert(fc.property(fc.uniqueArray(story, { minLength: 1, maxLength: 8, selector: ({ at }) => at }).chain((stories) => fc.tuple(fc.constant(stories), fc.shuffledSubarray(stories, { minLength: stories.length }))), ([stories, shuffled]) => {
      expect(readHar(JSON.stringify(chromeLog(...shuffled)))).toEqual(readHar(JSON.stringify(chromeLog(...stories))));
    }));
  });
});

describe('no verdict is invented', () => {
  const stories = fc.array(story, { minLength: 1, maxLength: 8 });

  it('where a file does not tell how a request ended', () => {
    fc.assert(fc.property(stories, (entries) => {
      for (const { exchange, diagnosis: { outcome, basis, block } } of useAll(JSON.stringify(firefoxLog(...entries)))) {
        // A redirect to where no fetch goes needs no further witness.
        if (exchange.end.kind === 'unfollowed') continue;
        expect(basis.value).not.toBe('observed');
        expect(outcome).toBeOneOf(['allowed', 'blocked', 'unknown']);
        if (outcome === 'blocked') expect(block?.at.error).not.toBeNull();
        if (outcome === 'allowed') expect(exchange.hops.at(-1)?.response).not.toBeNull();
      }
    }), { numRuns: 500 });
  });

  it('where the browser gives its error, or says that there was none', () => {
    fc.assert(fc.property(stories, (entries) => {
      for (const { exchange: { end }, diagnosis: { outcome, failure } } of useAll(JSON.stringify(chromeLog(...entries)))) {
        if (outcome === 'failed') expect(end.kind === 'error' || end.kind === 'unfollowed' || end.kind === 'refused').toBe(true);
        if (failure?.netError) expect(entries.map(({ error }) => error)).toContain(failure.netError);
        if (end.kind === 'error') expect(outcome).not.toBe('allowed');
      }
    }), { numRuns: 500 });
  });
});
