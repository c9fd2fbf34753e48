import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../src/fetch/browser-profile.ts';
import { createCorsPreflightCache } from '../src/fetch/cors-preflight-cache.ts';
import { corsUnsafeRequestHeaderNames } from '../src/fetch/cors-unsafe-request-header-names.ts';
import { type Header, type HeaderList, extractHeaderListValues, get, splitHeaderValue } from '../src/fetch/header-list.ts';
import { mimeTypeEssence } from '../src/fetch/mime-type.ts';
import { corsExposedHeaderNames } from '../src/fetch/response-header.ts';
import { utf8Decode } from '../src/fetch/utf8.ts';
import type { Exchange, Hop } from '../src/exchange/exchange.ts';
import type { NetworkEvent } from '../src/exchange/network-event.ts';
import { type RecorderOptions, createRecorder } from '../src/exchange/recorder.ts';
import { askedAndAllowed } from '../src/explain/asked-and-allowed.ts';
import { diagnose } from '../src/explain/diagnosis.ts';
import { curlCheck } from '../src/fix/curl-check.ts';
import { handOverReport } from '../src/fix/hand-over-report.ts';
import { policyAcross } from '../src/fix/policy-across.ts';
import { policyFor } from '../src/fix/policy-for.ts';
import { sessionCheck } from '../src/fix/session-check.ts';
import { sessionReport } from '../src/fix/session-report.ts';
import { redactHeaders, redactUrl } from '../src/explain/redact.ts';
import type { ReportSource } from '../src/explain/session.ts';
import { readHar } from '../src/har/read.ts';
import { harOf } from '../src/har/write.ts';
import { reportOf } from '../src/report.ts';

/** Milliseconds of processor time that the work takes: what else the machine does is not counted. */
function timeOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/**
 * How much longer eight times the input takes: 8 when the time is linear, 64 when it is quadratic. Compiling and collecting
 * garbage only ever add to a time, so the least of several tries counts, of either size by itself.
 */
function growth(workOf: (size: number) => () => void): number {
  for (let size = 16; size <= largest; size *= 2) {
    const [work, eightfold] = [workOf(size), workOf(size * 8)];
    if (timeOf(work) < measurable) continue;
    let [least, leastEightfold] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let attempt = 0; attempt < fewest || (attempt < most && leastEightfold / least >= limit); attempt++) {
      least = Math.min(least, timeOf(work));
      leastEightfold = Math.min(leastEightfold, timeOf(eightfold));
    }
    // Compiled in the meantime, the work may have become too short to be measured: then a larger one is.
    if (least >= measurable) return leastEightfold / least;
  }
  // Quadratic time would have shown long ago.
  return 1;
}

/** Three times what linear time takes: caches and garbage cost more where there is more. */
const limit = 24;
/** How often both sizes are tried, at least and while the ratio is too high. */
const fewest = 2;
const most = 12;
/** Milliseconds that are more than the noise of the clock. */
const measurable = 5;
const largest = 1 << 17;

describe('time grows with the input, and not faster', () => {
  const { chromium, firefox } = browserProfiles;

  function conclude(exchange: Exchange): void {
    const diagnosis = diagnose(exchange, chromium);
    for (const judged of diagnosis.judged) askedAndAllowed(exchange, diagnosis, judged);
    const fix = policyFor(diagnosis);
    policyAcross([{ exchange, diagnosis }], 'https://api.example');
    if (!diagnosis.block) return;
    curlCheck(diagnosis, diagnosis.block);
    handOverReport(diagnosis, diagnosis.block, fix?.kind === 'policy' ? { policy: fix.policy, configuration: null } : null, '');
  }

  const texts: Readonly<Record<string, (size: number) => string>> = {
    'commas': (size) => ','.repeat(size),
    'spaces between commas': (size) => ' , '.repeat(size),
    'spaces inside a value': (size) => `a${' '.repeat(size)}a`,
    'quotes': (size) => '"'.repeat(size),
    'backslashes in open quotes': (size) => `"${'\\'.repeat(size)}`,
    'quoted commas': (size) => '",",'.repeat(size),
    'semicolons': (size) => ';'.repeat(size),
    'slashes': (size) => '/'.repeat(size),
    'bytes that are UTF-8': (size) => '\xc3\xbc'.repeat(size),
    'bytes that are not': (size) => '\xff'.repeat(size),
    'percent signs': (size) => '%'.repeat(size),
    'tokens': (size) => Array.from({ length: size }, (_, index) => `x-${index}`).join(','),
    'equals signs and ampersands': (size) => `https://a.example/?${'&a='.repeat(size)}`,
    'parameters without a value': (size) => `https://a.example/?${'&token'.repeat(size)}`,
    'question marks': (size) => `https://a.example/${'?'.repeat(size)}`,
    'what begins like a token': (size) => `https://a.example/${'eyJ.'.repeat(size)}`,
    'words with dots': (size) => `https://a.example/${'a.'.repeat(size)}`,
    'at signs': (size) => `https://${'@'.repeat(size)}`,
    'colons and slashes': (size) => '://'.repeat(size),
    'a scheme without end': (size) => 'a'.repeat(size),
  };

  const readers: Readonly<Record<string, (text: string) => unknown>> = {
    splitHeaderValue, mimeTypeEssence, utf8Decode, redactUrl,
    'all that is concluded from an exchange': (text) => {
      const exchange = wholeExchange(text);
      conclude(exchange);
      const source = { generator: '', profile: { ...chromium, name: 'chromium' }, browserVersion: '', page: text, exchanges: [exchange], gaps: [], dropped: 0 } as const;
      reportOf(source);
      sessionReport(source);
      sessionCheck(source);
      readHar(JSON.stringify(harOf({ generator: '', profile: chromium, browserVersion: '', page: text, exchanges: [exchange] })));
      readHar(text);
    },
  };

  /** An exchange that holds the text wherever a page or a server can put it. */
  function wholeExchange(text: string): Exchange {
    const answer: HeaderList = [
      ['Access-Control-Allow-Origin', text], ['Access-Control-Allow-Credentials', text], ['Access-Control-Allow-Methods', text], ['Access-Control-Allow-Headers', text],
      ['Location', text], ['Vary', text], ['Refresh', text],
    ];
    const asked: HeaderList = [['Origin', 'https://app.example'], ['Access-Control-Request-Method', 'PUT'], ['Access-Control-Request-Headers', text]];
    return {
      id: '1', type: 'xmlhttprequest', origin: 'https://app.example', startedAt: 0, end: { kind: 'error', at: 0, error: chromium.corsNetworkError },
      hops: [{
        url: 'https://api.example/', method: 'PUT', requestHeaders: null, scriptHeaderOrder: null, redirectedTo: null, response: null,
        preflight: { from: 'network', requestHeaders: asked, response: { status: 204, headers: answer }, error: null },
      }],
    };
  }

  const pairs = Object.keys(readers).flatMap((reader) => Object.keys(texts).map((text) => [reader, text] as const));
  it.each(pairs)('%s of %s', (reader, text) => {
    const ratio = growth((size) => {
      const input = texts[text]?.(size) ?? '';
      return () => void readers[reader]?.(input);
    });
    expect(ratio).toBeLessThan(limit);
  });

  const many = (size: number, of: (index: number) => Header): HeaderList => Array.from({ length: size }, (_, index) => of(index));
  const names = (size: number, prefix: string): readonly string[] => Array.from({ length: size }, (_, index) => `${prefix}${index}`);
  const lists: Readonly<Record<string, (size: number) => () => void>> = {
    'getting a header of many lines': (size) => {
      const list = many(size, () => ['X', 'a,b']);
      return () => void get(list, 'x');
    },
    'extracting values from many lines': (size) => {
      const list = many(size, () => ['X', 'a,b c']);
      return () => void extractHeaderListValues(list, 'x');
    },
    'unsafe names of many headers': (size) => {
      const list = many(size, (index) => [`X-${index}`, '1']);
      return () => void corsUnsafeRequestHeaderNames(list, chromium);
    },
    'exposed names of many headers': (size) => {
      const list: HeaderList = [['Access-Control-Expose-Headers', '*'], ...many(size, (index) => [`X-${index}`, '1'])];
      return () => void corsExposedHeaderNames(list, 'omit');
    },
    'redacting many headers': (size) => {
      const list = many(size, () => ['Location', 'https://me:pw@a.example/?token=x']);
      return () => void redactHeaders(list);
    },
    'a file with an entry of many headers': (size) => {
      const text = JSON.stringify({ log: { entries: [{ startedDateTime: '2026-11-20T09:00:00.000Z', request: { url: 'https://api.example/', headers: Array.from({ length: size }, (_, index) => ({ name: `X-${index}`, value: '1' })) } }] } });
      return () => void readHar(text);
    },
    'many headers that are missing among many others': (size) => {
      const exchange = wholeExchange('');
      const [hop] = exchange.hops;
      const blocked: Exchange = { ...exchange, hops: [{ ...hop, preflight: {
        from: 'network', error: null, requestHeaders: [['Origin', 'https://app.example'], ['Access-Control-Request-Method', 'PUT'], ['Access-Control-Request-Headers', names(size, 'x-').join(',')]],
        response: { status: 204, headers: [['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Methods', 'PUT'], ['Access-Control-Allow-Headers', names(size, 'y-').join(',')]] },
      } }] };
      return () => void conclude(blocked);
    },
    'one policy for many exchanges that differ': (size) => {
      const session = Array.from({ length: size }, (_, index) => {
        const exchange: Exchange = { ...wholeExchange('*'), origin: `https://app-${index}.example` };
        const [hop] = exchange.hops;
        const preflight = { from: 'network', error: null, requestHeaders: [['Origin', exchange.origin], ['Access-Control-Request-Method', `M${index}`], ['Access-Control-Request-Headers', `x-${index}`]], response: { status: 204, headers: [] } } as const;
        const one: Exchange = { ...exchange, hops: [{ ...hop, method: `M${index}`, preflight }] };
        return { exchange: one, diagnosis: diagnose(one, chromium) };
      });
      return () => void policyAcross(session, 'https://api.example');
    },
    'many answers to one URL in the cache of Firefox': (size) => () => {
      const cache = createCorsPreflightCache<number>(firefox);
      const request = { origin: 'https://app.example', credentials: 'omit', method: 'PUT', unsafeHeaderNames: [] } as const;
      for (let index = 0; index < size; index++) {
        cache.store(request, 'https://api.example/', { status: 204, headers: [['Access-Control-Allow-Methods', '*'], ['Access-Control-Max-Age', '600']] }, index, 0);
        cache.match(request, 'https://api.example/', 0);
      }
    },
  };
  const entry = (index: number, of: Readonly<Record<string, unknown>> = {}, location = '') => ({
    startedDateTime: new Date(index).toISOString(), time: 1, _resourceType: 'fetch',
    request: { method: 'PUT', url: 'https://api.example/', headers: [{ name: 'Host', value: 'api.example' }, { name: 'Origin', value: 'https://app.example' }] },
    response: { status: location === '' ? 200 : 302, headers: [{ name: 'Location', value: location }], _error: null }, ...of,
  });
  const preflightEntry = (index: number) => entry(index, { request: { method: 'OPTIONS', url: 'https://api.example/', headers: [{ name: 'Host', value: 'api.example' }, { name: 'Access-Control-Request-Method', value: 'PUT' }] } });
  const logs: Readonly<Record<string, (index: number, size: number) => readonly unknown[]>> = {
    'equal requests, each with its preflight': (index) => [entry(2 * index), preflightEntry(2 * index + 1)],
    'equal requests at once, then their preflights': (index, size) => [entry(index), preflightEntry(size + index)],
    'preflights of nothing': (index) => [preflightEntry(index)],
    'redirects of one request': (index) => [entry(index, {}, '/')],
    'redirects that nothing follows': (index) => [entry(index, {}, `/${index}`)],
    'redirects to one URL at once': (index) => [entry(0, { request: { method: 'GET', url: `https://api.example/${index}`, headers: [{ name: 'Host', value: 'api.example' }] } }, '/')],
    'redirects to one URL at once, all followed': (index, size) => [
      entry(0, { request: { method: 'GET', url: `https://api.example/${index}`, headers: [{ name: 'Host', value: 'api.example' }] } }, '/'),
      entry(1 + index / size, { request: { method: 'GET', url: 'https://api.example/', headers: [{ name: 'Host', value: 'api.example' }] } }),
    ],
    'entries of this program': (index) => [entry(index, { _corsInspector: { exchange: '1', hop: index, part: 'request' } })],
    'calls': (index) => [entry(index, { _initiator: { stack: { callFrames: [{ functionName: '', url: '', lineNumber: 0, columnNumber: 0 }] } } })],
  };
  it.each(Object.keys(logs))('reading a file of many %s', (name) => {
    expect(growth((size) => {
      const of = logs[name] ?? (() => []);
      const text = JSON.stringify({ log: { creator: { name: 'WebInspector' }, pages: Array.from({ length: size }, (_, id) => ({ id: String(id), title: 'x' })), entries: Array.from({ length: size }, (_, index) => of(index, size)).flat() } });
      return () => void readHar(text);
    })).toBeLessThan(limit);
  });

  const writers: Readonly<Record<string, (source: ReportSource) => unknown>> = { harOf, sessionReport, sessionCheck };
  const sessions: Readonly<Record<string, (index: number) => Exchange>> = {
    'exchanges': () => wholeExchange('x'),
    'exchanges at as many servers': (index) => onHop({ url: `https://api-${index}.example/` }),
    'exchanges of as many causes': (index) => onHop({ method: `M${index}` }),
    'exchanges that came to as many servers': (index) => ({ ...wholeExchange('x'), hops: [onHop({ url: `https://first-${index}.example/` }).hops[0], wholeExchange('x').hops[0]] }),
    'exchanges that failed': (index) => ({ ...onHop({ url: `https://api-${index}.example/` }), end: { kind: 'error', at: 0, error: `net::ERR_${index}` } }),
    'exchanges that are not known to have ended': () => ({ ...wholeExchange('x'), end: { kind: 'untold' } }),
  };
  const onHop = (hop: Partial<Hop>): Exchange => ({ ...wholeExchange('x'), hops: [{ ...wholeExchange('x').hops[0], ...hop }] });
  it.each(Object.keys(writers).flatMap((writer) => Object.keys(sessions).map((session) => [writer, session] as const)))('%s of many %s', (writer, session) => {
    expect(growth((size) => {
      const exchanges = Array.from({ length: size }, (_, index) => ({ ...sessions[session]?.(index) ?? wholeExchange('x'), id: String(index) }));
      return () => void writers[writer]?.({ generator: '', profile: { ...chromium, name: 'chromium' }, browserVersion: '', page: '', exchanges, gaps: [], dropped: 0 });
    })).toBeLessThan(limit);
  });

  it.each(Object.keys(lists))('%s', (name) => {
    expect(growth(lists[name] ?? (() => () => {}))).toBeLessThan(limit);
  });

  const app = { origin: 'https://app.example', type: 'xmlhttprequest', frame: 'f1', time: 0 };
  const base = (id: string, url: string, method = 'PUT') => ({ ...app, requestId: id, url, method });
  const before = (id: string, url: string, method?: string): NetworkEvent => ({ kind: 'before-request', ...base(id, url, method) });
  const sent = (id: string, url: string, ...headers: HeaderList): NetworkEvent => ({ kind: 'send-headers', ...base(id, url), headers: [['Origin', 'https://app.example'], ...headers] });
  const preflightSent = (id: string, url: string, ...headers: HeaderList): NetworkEvent =>
    ({ kind: 'send-headers', ...base(id, url, 'OPTIONS'), headers: [['Origin', 'https://app.example'], ['Access-Control-Request-Method', 'PUT'], ...headers] });
  const received = (id: string, url: string, method = 'PUT'): NetworkEvent =>
    ({ kind: 'headers-received', ...base(id, url, method), status: 204, headers: [['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Methods', 'PUT']] });
  const completed = (id: string, url: string, method = 'PUT'): NetworkEvent => ({ kind: 'completed', ...base(id, url, method), status: 200, fromCache: false });
  const failed = (id: string, url: string, method = 'PUT'): NetworkEvent => ({ kind: 'error', ...base(id, url, method), error: chromium.corsNetworkError });
  const finished = (url: string, ...headerNames: readonly string[]): NetworkEvent => ({ kind: 'finished', url, method: 'PUT', headerNames, error: chromium.corsNetworkError });
  const preflight = (id: string, url: string, ...headers: HeaderList): readonly NetworkEvent[] =>
    [before(id, url, 'OPTIONS'), preflightSent(id, url, ...headers), received(id, url, 'OPTIONS'), completed(id, url, 'OPTIONS')];
  const actual = (id: string, url: string): readonly NetworkEvent[] => [sent(id, url), received(id, url), completed(id, url)];
  const each = (size: number, of: (index: number) => NetworkEvent | readonly NetworkEvent[]): readonly NetworkEvent[] => Array.from({ length: size }, (_, index) => of(index)).flat();
  const one = 'https://api.example/';
  const asked = (url: string, headerNames: readonly string[] = []): NetworkEvent =>
    ({ kind: 'page-request', api: 'fetch', origin: 'https://app.example', url, method: 'PUT', time: 0, until: 0, mode: 'cors', credentials: 'omit', redirect: 'follow', headerNames, stack: [] });
  const asksTwo: Header = ['Access-Control-Request-Headers', 'x-a,x-b'];

  const streams: Readonly<Record<string, (size: number) => readonly NetworkEvent[]>> = {
    'many equal requests, one after the other': (size) => each(size, (index) => [before(`a${index}`, one), ...preflight(`p${index}`, one), ...actual(`a${index}`, one)]),
    'many equal requests at once': (size) => [...each(size, (index) => before(`a${index}`, one)), ...each(size, (index) => preflight(`p${index}`, one)), ...each(size, (index) => actual(`a${index}`, one))],
    'many equal requests at once, all refused': (size) => [...each(size, (index) => before(`a${index}`, one)), ...each(size, (index) => preflight(`p${index}`, one, asksTwo)), ...each(size, (index) => failed(`a${index}`, one))],
    'many preflights whose actual requests were not seen, and other requests': (size) => each(size, (index) => [...preflight(`p${index}`, one, ['Access-Control-Request-Headers', 'x-unseen']), before(`a${index}`, one), ...actual(`a${index}`, one)]),
    'many preflights that fail before they are sent, at once': (size) => [
      ...each(size, (index) => before(`a${index}`, `${one}${index}`)), ...each(size, (index) => before(`p${index}`, `${one}${index}`, 'OPTIONS')),
      ...each(size, (index) => failed(`p${index}`, `${one}${index}`, 'OPTIONS')), ...each(size, (index) => failed(`a${index}`, `${one}${index}`)),
    ],
    'many equal requests, and a page that tells of each': (size) => [...each(size, (index) => before(`a${index}`, one)), ...each(size, () => asked(one))],
    'a page that tells of requests that differ and that nobody made': (size) => [before('a', one), ...each(size, (index) => asked(one, [`x-${index}`]))],
    'a page that tells of many URLs': (size) => each(size, (index) => [asked(`${one}${index}`), before(`a${index}`, `${one}${index}`)]),
    'many equal images, and a page that tells of an element for each': (size) => [...each(size, (index) => {
      const image = { ...base(`a${index}`, one, 'GET'), type: 'image' };
      return [{ kind: 'before-request', ...image }, { kind: 'send-headers', ...image, headers: [['Sec-Fetch-Mode', 'cors']] }];
    }), ...each(size, () => ({ ...asked(one), api: 'element', method: 'GET', until: 10 }) as NetworkEvent)],
    'many finished events of one URL while something is pending': (size) => [before('a', one), ...each(size, () => finished(one, 'x-a', 'x-b'))],
    'many finished events of many URLs while something is pending': (size) => [before('a', one), ...each(size, (index) => finished(`${one}${index}`, 'x-a', 'x-b'))],
    'many finished events that nobody waits for, and requests that wait for another': (size) => [
      before('a', `${one}pending`), ...each(size, () => finished(one, 'x-c')),
      ...each(size, (index) => [before(`a${index}`, one), ...preflight(`p${index}`, one, asksTwo), failed(`a${index}`, one)]),
    ],
    'many refused requests, and the log of all of them in the end': (size) => [
      ...each(size, (index) => [before(`a${index}`, one), ...preflight(`p${index}`, one, asksTwo), failed(`a${index}`, one)]), ...each(size, () => finished(one, 'x-b', 'x-a')),
    ],
    'many redirects of one request': (size) => [
      before('a', one), ...each(size, () => [sent('a', one), received('a', one), { kind: 'redirect', ...base('a', one), status: 302, location: one } as const, before('a', one)]), completed('a', one),
    ],
  };
  // Where room has to be made a request costs more than before, though never more with more of them: each is timed by itself.
  const kept: Readonly<Record<string, number>> = { 'all of it': Number.POSITIVE_INFINITY, 'little of it': 100 };
  it.each(Object.keys(streams).flatMap((stream) => Object.keys(kept).map((share) => [stream, share] as const)))('recording %s, and keeping %s', (stream, share) => {
    const options: RecorderOptions = { most: kept[share] ?? 0, isDispensable: ({ end }) => end.kind === 'completed' };
    const ratio = growth((size) => {
      const events = streams[stream]?.(size) ?? [];
      return () => {
        const recorder = createRecorder(chromium, options);
        for (const event of events) recorder.push(event);
        recorder.exchanges();
      };
    });
    expect(ratio).toBeLessThan(limit);
  });
});
