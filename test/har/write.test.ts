import { Ajv, type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';
import draft6 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import fc from 'fast-check';
import schemas from 'har-schema';
import { describe, expect, it, test } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { isoDateTime } from '../../src/exchange/date-time.ts';
import type { Exchange } from '../../src/exchange/exchange.ts';
import { createRecorder } from '../../src/exchange/recorder.ts';
import type { Har } from '../../src/har/har.ts';
import { readHar } from '../../src/har/read.ts';
import { harOf } from '../../src/har/write.ts';
import { reportOf } from '../../src/report.ts';
import { type Story, exchangeOf } from '../explain/story.ts';
import { eventsOfCase, stories } from '../gallery/exchanges.ts';

const ajv = addFormats.default(new Ajv({ strict: false, allErrors: true }).addMetaSchema(draft6).addSchema(Object.values(schemas)));
const isValid = ajv.getSchema('har.json#') ?? (() => { throw new Error('har-schema has no har.json.'); })();

function faultsOf(har: Har): readonly string[] {
  isValid(JSON.parse(JSON.stringify(har)));
  return (isValid.errors ?? []).map(({ instancePath, message }: ErrorObject) => `${instancePath} ${message}`);
}

const profile = { ...browserProfiles.chromium, name: 'chromium' } as const;
const source = { generator: 'cors-inspector 1.2.3', profile, browserVersion: '156.0.0.0', page: 'https://shop.example/cart?token=abc' } as const;
const write = (exchanges: readonly Exchange[], secrets: 'redacted' | 'included' = 'included'): Har => harOf({ ...source, exchanges, secrets });

function read(har: Har): readonly Exchange[] {
  const reading = readHar(JSON.stringify(har));
  if (!reading.ok) throw new Error(reading.problem);
  return reading.session.exchanges;
}

function recorded(name: string): readonly Exchange[] {
  const recorder = createRecorder(profile);
  eventsOfCase(name).forEach(recorder.push);
  return recorder.exchanges();
}

/** What was under way when the file was written is not known to have ended, and the calls are kept once. */
const afterwards = (exchange: Exchange): Exchange => ({
  ...exchange,
  ...(exchange.end.kind === 'pending' ? { end: { kind: 'untold' } } : {}),
  ...(exchange.asked ? { asked: { ...exchange.asked, stack: [] } } : {}),
});

describe('HAR 1.2', () => {
  test.each(['session', ...Object.keys(stories)])('is what its schema asks for: %s', (name) => {
    expect(faultsOf(write(recorded(name)))).toEqual([]);
    expect(faultsOf(write(recorded(name), 'redacted'))).toEqual([]);
  });

  it('is what its schema asks for when nothing was recorded', () => expect(faultsOf(write([]))).toEqual([]));

  it('is refused by its schema where an entry is none', () => {
    const { log } = write(recorded('session'));
    expect(faultsOf({ log: { ...log, entries: [{} as Har['log']['entries'][number]] } }).length).toBeGreaterThan(0);
  });

  it('has an entry for each hop and each preflight, as Chrome would write it', () => {
    const { entries } = write(recorded('redirected-to-login').concat(recorded('method-not-allowed'))).log;
    expect(entries.map(({ request, response, _resourceType }) => `${_resourceType} ${request.method} ${request.url} ${response.status} ${response.redirectURL} ${response._error}`)).toEqual([
      'xhr GET https://login.shop.example/whoami 302 https://id.shop.example/signin?return=%2Fwhoami null',
      'xhr GET https://id.shop.example/signin?return=%2Fwhoami 200  net::ERR_FAILED',
      'preflight OPTIONS https://api.shop.example/v1/cart/items/84 204  null',
      'xhr PATCH https://api.shop.example/v1/cart/items/84 0  net::ERR_FAILED',
    ]);
  });

  it('says when each preflight and each hop was sent, and how long it waited', () => {
    const { entries } = write(recorded('allowed-after-preflight').concat(recorded('redirected-to-login'))).log;
    expect(entries.map(({ startedDateTime, time }) => `${startedDateTime.slice(-5)} ${time}`)).toEqual(['.002Z 31', '.000Z 83', '.000Z 43', '.046Z 43']);
  });

  it('says when, and -1 for what the extension API does not tell', () => {
    const [entry] = write([{ ...exchangeOf({ hops: [{ answer: [200] }] }), startedAt: 1_795_165_200_000.5, end: { kind: 'completed', at: 1_795_165_200_020.5, fromCache: false } }]).log.entries;
    expect(entry).toMatchObject({ startedDateTime: '2026-11-20T09:00:00.000Z', time: 20, timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 20, receive: 0 } });
  });
});

describe('what is written is read back', () => {
  // The hostile one holds header values that are no bytes, as no browser sends them.
  test.each(['session', ...Object.keys(stories).filter((name) => name !== 'hostile')])('%s', (name) => {
    const exchanges = recorded(name);
    const har = write(exchanges);
    expect(read(har)).toEqual(exchanges.map(afterwards));
    expect(read(JSON.parse(JSON.stringify(har)) as Har)).toEqual(exchanges.map(afterwards));
  });

  const others: Readonly<Record<string, Story>> = {
    'a refused redirect': { end: 'refused', hops: [{ answer: [302, 'Location: /b'], to: 'https://api.example/b' }] },
    'a redirect that was not followed': { end: 'unfollowed', hops: [{ answer: [302, 'Location: ftp://b.example/'], to: 'ftp://b.example/' }] },
    'what Resource Timing says': { end: 'withheld', hops: [{ answer: [200] }] },
    'what the page says': { asked: { credentials: 'include', redirect: 'manual', headerNames: ['X-A'] } },
    'what the page does not say': { asked: { mode: null, credentials: null, redirect: null, headerNames: null } },
    'the order of headers': { end: 'net::ERR_FAILED', hops: [{ method: 'PUT', sent: null, order: ['x-b', 'x-a'], preflight: { asks: 'x-a,x-b', answer: [204] } }] },
    'a preflight without an answer': { end: 'net::ERR_CONNECTION_RESET', hops: [{ method: 'PUT', sent: null, preflight: { error: 'net::ERR_CONNECTION_RESET' } }] },
    'a cached preflight that nobody saw': { hops: [{ method: 'PUT', preflight: 'cache', answer: [200] }] },
    'what a browser does not mark': { isUnmarked: true },
    'a response that began': { hasStarted: true, end: 'net::ERR_FAILED' },
    'an end that is not told': { end: 'untold' },
    'a URL that is no URI': { hops: [{ url: 'https://api.example/{id}?a=[1]&b=%&c=|', answer: [200] }] },
    'bytes that are UTF-8': { hops: [{ answer: [200, 'X: b\xc3\xbccher'] }] },
  };
  test.each(Object.keys(others))('%s', (name) => {
    const exchange = exchangeOf(others[name] ?? {});
    expect(read(write([exchange]))).toEqual([exchange]);
  });

  it('the preflight that filled the cache', () => {
    const [filled, cached] = recorded('session').filter(({ id }) => id === 'allowed-after-preflight' || id === 'allowed-from-cache');
    const [first, second] = read(write([filled, cached].filter((exchange) => exchange !== undefined)));
    expect(second?.hops[0].preflight).toMatchObject({ from: 'cache', source: first?.hops[0].preflight });
  });

  it('how header lines were seen', () => {
    const merged = { ...browserProfiles.firefox, name: 'firefox', multipleAllowOriginValues: 'merged-lines' } as const;
    const reading = readHar(JSON.stringify(harOf({ ...source, profile: merged, exchanges: recorded('session') })));
    expect(reading).toMatchObject({ ok: true, session: { profile: merged, browserVersion: '156.0.0.0', notes: [] } });
  });

  it('with the same conclusions, secrets or none', () => {
    const conclusions = (exchanges: readonly Exchange[]) => reportOf({ ...source, exchanges, gaps: [], dropped: 0 }).exchanges;
    const exchanges = recorded('session').map(afterwards);
    expect(conclusions(read(write(exchanges, 'redacted')))).toEqual(conclusions(exchanges));
  });
});

describe('secrets', () => {
  const secret = 'topsecret';
  const exchange = exchangeOf({
    hops: [{
      url: `https://me:${secret}@api.example/?token=${secret}`, sent: [`Cookie: a=${secret}`, `Authorization: Bearer ${secret}`], method: 'PUT', preflight: { answer: [302, `Location: https://b.example/?token=${secret}`, `Set-Cookie: ${secret}`] },
      answer: [302, `Location: https://me:${secret}@b.example/`, `Set-Cookie: ${secret}`], to: `https://me:${secret}@b.example/`,
    }, { url: `https://me:${secret}@b.example/`, answer: [200, `Set-Cookie: ${secret}`] }],
  });
  const withStack: Exchange = { ...exchange, stack: [{ functionName: 'f', url: `https://app.example/a.js?token=${secret}`, line: 1, column: 1 }] };

  it('stay out unless they are asked for', () => {
    expect(JSON.stringify(harOf({ ...source, page: `https://app.example/?token=${secret}`, exchanges: [withStack] }))).not.toContain(secret);
    expect(JSON.stringify(write([withStack])).split(secret).length).toBeGreaterThan(10);
  });

  it('stay out of the report unless they are asked for', () => {
    const report = { ...source, exchanges: [withStack], gaps: [], dropped: 0 };
    expect(JSON.stringify(reportOf(report))).not.toContain(secret);
    expect(JSON.stringify(reportOf({ ...report, secrets: 'included' }))).toContain(secret);
  });
});

it('writes a time as Date does', () => {
  fc.assert(fc.property(fc.date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), (date) => {
    expect(isoDateTime(date.getTime())).toBe(date.toISOString());
  }), { numRuns: 1000 });
});
