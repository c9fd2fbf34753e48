import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../src/fetch/browser-profile.ts';
import type { Header, HeaderList } from '../src/fetch/header-list.ts';
import { serializeOrigin } from '../src/fetch/origin.ts';
import type { Exchange } from '../src/exchange/exchange.ts';
import type { NetworkEvent } from '../src/exchange/network-event.ts';
import { createRecorder } from '../src/exchange/recorder.ts';
import { askedAndAllowed } from '../src/explain/asked-and-allowed.ts';
import { diagnose } from '../src/explain/diagnosis.ts';
import { validatePolicy } from '../src/fix/cors-policy.ts';
import { handOverReport } from '../src/fix/hand-over-report.ts';
import { policyAcross } from '../src/fix/policy-across.ts';
import { policyFor } from '../src/fix/policy-for.ts';
import { sessionCheck } from '../src/fix/session-check.ts';
import { sessionReport } from '../src/fix/session-report.ts';
import { trialOf, trialRule } from '../src/fix/trial.ts';
import { reportOf } from '../src/report.ts';

/** Whatever can stand in a string: control characters, bytes, separators in a row, code points of any plane, lone surrogates. */
const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'"\\,; \t\r\n\0*/:@?&#=%.-\x7f\xe9\xff\ud800\u202e'), maxLength: 30 }),
  fc.constantFrom('', '*', 'null', 'true', '__proto__', 'constructor', 'Access-Control-Allow-Origin', 'eyJ.', '\u212a', 'x'.repeat(2000), ','.repeat(500), '"'.repeat(500)),
);

const url = fc.oneof(
  { arbitrary: fc.constantFrom('https://api.example/a', 'https://api.example/b', 'http://api.example:8080/', 'https://app.example/', 'https://b.example/#x'), weight: 4 },
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom('data:,x', 'about:blank', 'blob:https://a.example/1', 'chrome-extension://abc/x', 'https://me:pw@a.example/', 'ftp://a.example/'),
);
const anyUrl = fc.oneof({ arbitrary: url, weight: 4 }, hostileText);
const origin = fc.oneof({ arbitrary: fc.constantFrom('https://app.example', 'null', 'http://localhost:3000', 'https://api.example'), weight: 4 }, hostileText);

const corsName = fc.constantFrom(
  'Access-Control-Allow-Origin', 'access-control-allow-credentials', 'Access-Control-Allow-Methods', 'Access-Control-Allow-Headers', 'Access-Control-Max-Age',
  'Access-Control-Request-Method', 'Access-Control-Request-Headers', 'Access-Control-Expose-Headers', 'Origin', 'Location', 'Vary', 'Cookie', 'Set-Cookie', 'Content-Type',
  'Sec-Fetch-Mode', 'Sec-Fetch-Site', 'Range', 'Accept', 'X-A', 'traceparent',
);
const corsValue = fc.constantFrom('*', 'https://app.example', 'null', 'true', 'PUT', 'PUT, DELETE', 'x-a', 'x-a,x-b', '600', '-1', '/next', 'https://b.example/', 'data:,x', 'cors', 'no-cors', 'cross-site');
const header: fc.Arbitrary<Header> = fc.tuple(
  fc.oneof({ arbitrary: corsName, weight: 5 }, hostileText), fc.oneof({ arbitrary: corsValue, weight: 4 }, hostileText),
);
const headerList: fc.Arbitrary<HeaderList> = fc.array(header, { maxLength: 8 });
const longHeaderList = header.map((one) => new Array<Header>(3000).fill(one));
const status = fc.oneof(fc.constantFrom(200, 204, 301, 302, 304, 307, 401, 404, 500), fc.integer({ min: 0, max: 999 }));
const method = fc.oneof({ arbitrary: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'patch'), weight: 5 }, hostileText);
const profileName = fc.constantFrom('standard' as const, 'chromium' as const, 'firefox' as const);

describe('every algorithm of src/fetch', () => {
  const hostile = fc.record({
    text: hostileText, other: hostileText, url, anyUrl, origin, headers: fc.oneof({ arbitrary: headerList, weight: 20 }, longHeaderList), status, method, profileName,
    urls: fc.array(anyUrl, { maxLength: 5 }), names: fc.array(hostileText, { maxLength: 5 }), credentials: fc.constantFrom('omit' as const, 'include' as const), now: fc.integer(),
  });
  type Hostile = typeof hostile extends fc.Arbitrary<infer Value> ? Value : never;
  type Algorithms = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

  const request = ({ origin: from, credentials, method: asked, names }: Hostile) => ({ origin: from, credentials, method: asked, unsafeHeaderNames: names });
  const response = ({ status: seen, headers }: Hostile) => ({ status: seen, headers });
  const profile = (of: Hostile) => browserProfiles[of.profileName];

  /** What each exported function is called with. */
  const calls: Readonly<Record<string, (hostile: Hostile) => readonly unknown[]>> = {
    byteLowercase: ({ text }) => [text],
    byteUppercase: ({ text }) => [text],
    byteSerializeRequestOrigin: ({ origin: from, urls }) => [from, urls],
    checkLocation: (it) => [it.url, profile(it)],
    checkPreflightResponse: (it) => [request(it), response(it), profile(it)],
    contains: ({ headers, text }) => [headers, text],
    corsCheck: (it) => [request(it), response(it), it.now % 2 === 0 ? 'actual' : 'preflight', profile(it)],
    corsExposedHeaderNames: ({ headers, credentials }) => [headers, credentials],
    corsUnsafeRequestHeaderNames: (it) => [it.headers, profile(it)],
    createCorsPreflightCache: (it) => [profile(it)],
    differingParts: ({ anyUrl: a, text }) => [a, text],
    extractHeaderListValues: ({ headers }) => [headers, 'access-control-allow-methods'],
    firstError: () => [[]],
    get: ({ headers, text }) => [headers, text],
    getDecodeAndSplit: ({ headers, text }) => [headers, text],
    hasRedirectTaintedOrigin: ({ origin: from, urls }) => [from, urls],
    hostOf: ({ anyUrl: a }) => [a],
    isCorsNonWildcardRequestHeaderName: ({ text }) => [text],
    isCorsSafelistedMethod: ({ text }) => [text],
    isCorsSafelistedRequestHeader: (it) => [it.headers[0]?.[0] ?? it.text, it.other, profile(it)],
    isCorsSafelistedResponseHeaderName: ({ text, names }) => [text, names],
    isForbiddenMethod: ({ text }) => [text],
    isForbiddenRequestHeader: ({ text, other }) => [text, other],
    isRefusedUnread: (it) => [response(it), it.url, profile(it)],
    isForbiddenResponseHeaderName: ({ text }) => [text],
    isHttpToken: ({ text }) => [text],
    isHttpUrl: ({ anyUrl: a }) => [a],
    isLoopback: ({ text }) => [text],
    isMethod: ({ text }) => [text],
    isOkStatus: ({ status: seen }) => [seen],
    isRedirectStatus: ({ status: seen }) => [seen],
    isSafeMethod: ({ text }) => [text],
    isSameOrigin: ({ origin: from, text }) => [from, text],
    isSimpleRangeHeaderValue: ({ text }) => [text],
    locationUrl: (it) => [response(it), it.anyUrl, profile(it)],
    mimeTypeEssence: ({ text }) => [text],
    normalizeMethod: ({ text }) => [text],
    parseUrl: ({ anyUrl: a, url: base }) => [a, base],
    preflightMaxAge: (it) => [response(it), profile(it).cache],
    readable: ({ text }) => [text],
    serializeOrigin: ({ anyUrl: a }) => [a],
    splitHeaderValue: ({ text }) => [text],
    trimTabOrSpace: ({ text }) => [text],
    utf8Decode: ({ text }) => [text],
    utf8Encode: ({ text }) => [text],
    values: ({ headers, text }) => [headers, text],
  };

  const folder = new URL('../src/fetch/', import.meta.url);
  const algorithms = Promise.all(readdirSync(folder).map((file) => import(new URL(file, folder).href) as Promise<Record<string, unknown>>))
    .then((modules): Algorithms => Object.fromEntries(modules.flatMap((exports) => Object.entries(exports)).filter((entry): entry is [string, Algorithms[string]] => typeof entry[1] === 'function')));

  it('is called here', async () => {
    const exported = Object.keys(await algorithms);
    expect(exported.filter((name) => !(name in calls)), 'say in calls what each of these is called with').toEqual([]);
    expect(Object.keys(calls).filter((name) => !exported.includes(name)), 'src/fetch no longer exports these: remove them from calls').toEqual([]);
  });

  it.each(Object.keys(calls))('%s takes whatever comes', async (name) => {
    const algorithm = (await algorithms)[name];
    const args = calls[name];
    if (!algorithm || !args) throw new Error(`src/fetch exports no ${name}.`);
    fc.assert(fc.property(hostile, (it) => void algorithm(...args(it))), { numRuns: 200 });
  });

  it('leaves a split value whole: joined again, it splits into the same items', async () => {
    const { splitHeaderValue } = await import('../src/fetch/header-list.ts');
    fc.assert(fc.property(hostileText, (text) => {
      const items = splitHeaderValue(text);
      // Open quotes swallow the comma of a join.
      fc.pre(!text.includes('"') && !text.includes('\\'));
      expect(splitHeaderValue(items.join(','))).toEqual(items);
    }));
  });
});

/** A request as a browser would report it, in order, and then what goes wrong on the way. */
const story = fc.record({
  url, method, origin: fc.oneof(origin, fc.constant(null)), type: fc.constantFrom('xmlhttprequest', 'font', 'ping', 'image', 'main_frame'), frame: fc.constantFrom('f1', 'f2'),
  /** Beside whatever else; `own` is what a browser sends, another value what something between it and us has written. */
  originSent: fc.oneof({ arbitrary: fc.constant('own'), weight: 6 }, fc.constant('none'), hostileText),
  sent: headerList, preflight: fc.option(fc.record({ headers: headerList, status, answer: headerList, end: fc.constantFrom('completed', 'error', 'none') }), { freq: 2 }),
  hops: fc.array(fc.record({ status, answer: headerList, to: url }), { maxLength: 2 }),
  last: fc.option(fc.record({ status, answer: headerList }), { freq: 4 }),
  end: fc.constantFrom('completed', 'net::ERR_FAILED', 'net::ERR_FAILED', 'NS_ERROR_DOM_BAD_URI', 'net::ERR_ABORTED', 'net::ERR_CONNECTION_REFUSED', 'none'),
  finished: fc.option(fc.record({ url, names: fc.array(hostileText, { maxLength: 4 }), error: fc.constantFrom('net::ERR_FAILED', 'net::ERR_ABORTED') })),
});
type Story = typeof story extends fc.Arbitrary<infer Value> ? Value : never;
type RequestEvent = Exclude<NetworkEvent, { readonly kind: 'finished' }>;
type EventBase = Omit<RequestEvent & { readonly kind: 'before-request' }, 'kind'>;

function eventsOf({ preflight, hops, last, end, finished, originSent, sent: others, ...request }: Story, index: number): readonly NetworkEvent[] {
  const originHeader: HeaderList = originSent === 'none' ? [] : [['Origin', originSent === 'own' ? request.origin ?? 'null' : originSent]];
  const sent: HeaderList = [...originHeader, ...others];
  const base = (at: string): EventBase => ({ requestId: `r${index}`, time: 0, url: at, method: request.method, type: request.type, origin: request.origin, frame: request.frame });
  const actual = base(request.url);
  const options: EventBase = { ...actual, requestId: `p${index}`, method: 'OPTIONS' };
  return [
    { kind: 'before-request', ...actual },
    ...(preflight === null ? [] : [
      { kind: 'before-request', ...options } as const,
      { kind: 'send-headers', ...options, headers: [...originHeader, ['Access-Control-Request-Method', request.method], ...preflight.headers] } as const,
      { kind: 'headers-received', ...options, status: preflight.status, headers: preflight.answer } as const,
      ...(preflight.end === 'completed' ? [{ kind: 'completed', ...options, status: preflight.status, fromCache: false } as const] : []),
      ...(preflight.end === 'error' ? [{ kind: 'error', ...options, error: 'net::ERR_FAILED' } as const] : []),
    ]),
    ...hops.flatMap((hop, place): readonly NetworkEvent[] => {
      const at = base(hops[place - 1]?.to ?? request.url);
      return [
        { kind: 'send-headers', ...at, headers: sent }, { kind: 'headers-received', ...at, status: hop.status, headers: hop.answer }, { kind: 'redirect', ...at, status: hop.status, location: hop.to },
        { kind: 'before-request', ...base(hop.to) },
      ];
    }),
    ...(last === null ? [] : [
      { kind: 'send-headers', ...base(hops.at(-1)?.to ?? request.url), headers: sent } as const,
      { kind: 'headers-received', ...base(hops.at(-1)?.to ?? request.url), status: last.status, headers: last.answer } as const,
    ]),
    ...(end === 'completed' ? [{ kind: 'completed', ...base(hops.at(-1)?.to ?? request.url), status: last?.status ?? 0, fromCache: false } as const] : []),
    ...(end === 'completed' || end === 'none' ? [] : [{ kind: 'error', ...base(hops.at(-1)?.to ?? request.url), error: end } as const]),
    ...(finished === null ? [] : [{ kind: 'finished', url: finished.url, method: request.method, headerNames: finished.names, error: finished.error } as const]),
  ];
}

const trial = fc.record({
  changes: fc.option(fc.record({ server: fc.constantFrom('https://api.example', 'http://api.example:8080'), set: headerList, remove: fc.array(hostileText, { maxLength: 2 }) })),
  isInForce: fc.boolean(), at: fc.nat({ max: 60 }),
});

/** Interleaves the requests, each in its own order; then drops, repeats and swaps some events, and tries headers out meanwhile. */
const stream = fc.record({
  stories: fc.array(story, { minLength: 1, maxLength: 4 }), turns: fc.array(fc.nat({ max: 3 }), { maxLength: 60 }),
  faults: fc.array(fc.record({ kind: fc.constantFrom('drop', 'repeat', 'swap'), at: fc.nat({ max: 60 }) }), { maxLength: 4 }),
  trials: fc.array(trial, { maxLength: 3 }),
}).map(({ stories, turns, faults, trials }): readonly NetworkEvent[] => {
  const queues = stories.map((one, index) => [...eventsOf(one, index)]);
  const events: NetworkEvent[] = [];
  while (queues.some((queue) => queue.length > 0)) {
    const turn = turns[events.length] ?? 0;
    const ready = queues.filter((queue) => queue.length > 0);
    const event = ready[turn % ready.length]?.shift();
    if (event) events.push(event);
  }
  for (const { kind, at } of faults) {
    const index = at % Math.max(1, events.length);
    const event = events[index];
    if (!event) continue;
    if (kind === 'drop') events.splice(index, 1);
    else if (kind === 'repeat') events.splice((index * 7) % events.length, 0, event);
    else events.splice(index, 2, ...events.slice(index, index + 2).reverse());
  }
  for (const { at, ...change } of trials) events.splice(at % Math.max(1, events.length), 0, { kind: 'trial', time: 0, ...change });
  return events.map((event, time) => (event.kind === 'finished' ? event : { ...event, time }));
});

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** Everything that the panel and the report ask of an exchange. */
function conclude(exchange: Exchange, profile: typeof browserProfiles.chromium) {
  const diagnosis = diagnose(exchange, profile);
  for (const judged of diagnosis.judged) askedAndAllowed(exchange, diagnosis, judged);
  const fix = policyFor(diagnosis);
  const across = policyAcross([{ exchange, diagnosis }], serializeOrigin(exchange.hops[0].url));
  if (across) expect(validatePolicy(across.policy)).toEqual([]);
  if (fix?.kind === 'policy' && diagnosis.block) {
    const tried = trialOf({ policy: fix.policy, server: fix.server, block: diagnosis.block, profile });
    if (tried.ok) expect(trialRule(tried.changes, 1)).not.toBeNull();
  }
  if (diagnosis.block) handOverReport(diagnosis, diagnosis.block, fix?.kind === 'policy' ? { policy: fix.policy, configuration: null } : null, '');
  return diagnosis;
}

describe.each(['chromium', 'firefox'] as const)('a stream of events in the order of %s, with some of them lost, repeated or in another order', (name) => {
  const profile = { ...browserProfiles[name], name };

  it('never stops the recorder, and is told truthfully wherever it is cut', () => {
    fc.assert(fc.property(stream, (events) => {
      const recorder = createRecorder(profile);
      const ends = new Map<string, Set<string>>();
      for (const event of events) {
        recorder.push(deepFreeze(event));
        if (event.kind === 'completed' || event.kind === 'error' || (event.kind === 'redirect' && !/^https?:/i.test(event.location))) {
          ends.set(event.requestId, (ends.get(event.requestId) ?? new Set()).add(event.kind));
        }
        for (const exchange of deepFreeze(recorder.exchanges())) {
          const { outcome, block, failure, causes } = conclude(exchange, profile);
          const seen = ends.get(exchange.id);
          if (!seen) expect(outcome, 'its end was not seen').toBe('pending');
          else if (seen.size === 1 && seen.has('completed')) expect(outcome, 'it completed').toBeOneOf(profile.completedMeansReadable ? ['allowed'] : ['allowed', 'blocked', 'unknown']);
          expect(block !== null).toBe(outcome === 'blocked');
          expect(failure !== null).toBe(outcome === 'failed');
          if (outcome === 'failed') expect(causes).toHaveLength(1);
        }
      }
    }), { numRuns: 80 });
  });

  it('gives a report that is plain JSON and holds no secret header', () => {
    fc.assert(fc.property(stream, (events) => {
      const recorder = createRecorder(profile);
      for (const event of events) recorder.push(event);
      const source = { generator: 'cors-inspector 0', profile, browserVersion: '1', page: 'https://app.example/', exchanges: recorder.exchanges(), gaps: recorder.gaps(), dropped: recorder.dropped() };
      const report = reportOf(source);
      sessionReport(source);
      sessionCheck(source);
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
      for (const exchange of report.exchanges) {
        for (const [header, value] of [...exchange.response?.headers ?? [], ...exchange.preflight?.responseHeaders ?? [], ...exchange.preflight?.requestHeaders ?? []]) {
          if (/^(set-)?cookie$/i.test(header)) expect(value).toBe('(redacted)');
        }
      }
    }), { numRuns: 80 });
  });

  it('is held within bounds, and what made room is counted', () => {
    fc.assert(fc.property(fc.array(stream, { minLength: 1, maxLength: 4 }), (streams) => {
      const bounded = createRecorder(profile, { most: 4, isDispensable: (exchange) => diagnose(exchange, profile).outcome === 'allowed' });
      const whole = createRecorder(profile, { most: 1e6, isDispensable: () => false });
      streams.forEach((events, index) => events.forEach((event) => {
        const renamed = 'requestId' in event ? { ...event, requestId: `${event.requestId} ${index}` } : event;
        whole.push(renamed);
        bounded.push(renamed);
        expect(bounded.exchanges().length).toBeLessThanOrEqual(4);
      }));
      if (bounded.dropped() === 0) expect(bounded.exchanges().length).toBe(whole.exchanges().length);
    }), { numRuns: 60 });
  });

  it('is forgotten without a trace', () => {
    fc.assert(fc.property(stream, fc.nat({ max: 60 }), (events, at) => {
      const recorder = createRecorder(profile);
      for (const event of events.slice(0, at)) recorder.push(event);
      recorder.clear();
      expect(recorder.exchanges()).toEqual([]);
      for (const event of events.slice(at)) recorder.push(event);
      for (const exchange of recorder.exchanges()) conclude(exchange, profile);
    }), { numRuns: 60 });
  });
});
