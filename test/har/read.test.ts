import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { type HarProblem, type HarSession, harProblems, readHar } from '../../src/har/read.ts';
import { reportOf } from '../../src/report.ts';
import { type EntryStory, api, app, chromeLog, firefoxLog } from './log.ts';

const origin = `Origin: ${app}`;
const acao = `Access-Control-Allow-Origin: ${app}`;
const acac = 'Access-Control-Allow-Credentials: true';
const cors = 'Sec-Fetch-Mode: cors';
const blocked = 'net::ERR_FAILED';
const location = (url: string): string => `Location: ${url}`;

const asksPut = [origin, cors, 'Access-Control-Request-Method: PUT'];
const preflight: EntryStory = { url: api, method: 'OPTIONS', sent: asksPut, answer: [204, acao, 'Access-Control-Allow-Methods: PUT'] };
const put: EntryStory = { url: api, method: 'PUT', sent: [origin, cors], answer: [200, acao, acac] };

function sessionOf(file: unknown): HarSession {
  const reading = readHar(JSON.stringify(file));
  if (!reading.ok) throw new Error(reading.problem);
  return reading.session;
}

/** Each exchange in a line: what was asked for, its preflight, where it went, and what became of it. */
const picture = ({ exchanges, profile }: HarSession): readonly string[] => exchanges.map((exchange) => {
  const { outcome, block, failure } = diagnose(exchange, profile);
  const hops = exchange.hops.map(({ method, url, preflight: own, requestHeaders, response }) =>
    `${own === null ? '' : own.from === 'cache' ? '(cached) ' : `(${own.response?.status ?? 'no answer'}) `}${method} ${new URL(url).pathname}${requestHeaders === null ? ' unsent' : ''} ${response?.status ?? '-'}`);
  return `${hops.join(' > ')} ${exchange.end.kind}: ${outcome}${block ? ` ${block.error.code}` : ''}${failure ? ` ${failure.netError}` : ''}`;
});

interface Row {
  readonly name: string;
  readonly file: unknown;
  readonly expected: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'a response that passes', file: chromeLog({ url: api, sent: [origin, cors], answer: [200, acao, acac] }), expected: ['GET /a 200 completed: allowed'] },
  { name: 'a response that fails', file: chromeLog({ url: api, sent: [origin, cors], answer: [200], error: blocked }), expected: ['GET /a 200 error: blocked MissingAllowOriginHeader'] },
  { name: 'a network error', file: chromeLog({ url: api, sent: null, error: 'net::ERR_NAME_NOT_RESOLVED' }), expected: ['GET /a unsent - error: failed net::ERR_NAME_NOT_RESOLVED'] },
  { name: 'a network error with a policy\'s reason behind it', file: chromeLog({ url: api, sent: [cors], answer: [200], error: 'net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin' }), expected: ['GET /a 200 error: failed net::ERR_BLOCKED_BY_RESPONSE'] },
  { name: 'a failure after the response was handed over', file: chromeLog({ url: api, sent: [origin, cors], answer: [200, acao], error: blocked, inResponse: { content: { size: 3, mimeType: 'text/plain' } } }), expected: ['GET /a 200 error: failed net::ERR_FAILED'] },
  { name: 'a request under way', file: chromeLog({ url: api, sent: [origin, cors] }), expected: ['GET /a - untold: unknown'] },
  { name: 'a file whose errors were taken out', file: chromeLog({ url: api, sent: [origin, cors], answer: [200], inResponse: { _error: undefined } }), expected: ['GET /a 200 untold: blocked MissingAllowOriginHeader'] },
  { name: 'what came from the cache, without the request\'s own headers', file: chromeLog({ url: api, sent: null, answer: [200], more: { _fromCache: 'disk' } }), expected: ['GET /a unsent 200 completed: allowed'] },
  { name: 'what a service worker answered', file: chromeLog({ url: api, sent: [origin, cors], answer: [200], inResponse: { _fetchedViaServiceWorker: true } }), expected: [] },
  { name: 'the page itself, its own requests, and other schemes', file: chromeLog({ url: `${app}/`, type: 'document' }, { url: `${app}/b`, sent: [`Referer: ${app}/`], answer: [200] }, { url: 'data:,x', answer: [200] }, { url: 'wss://api.example/', type: 'websocket' }), expected: [] },
  { name: 'a document of another origin', file: chromeLog({ url: 'https://b.example/', type: 'document', sent: [`Referer: ${app}/`], answer: [200] }), expected: [] },

  { name: 'a preflight that passes', file: chromeLog(put, { ...preflight, at: 2 }), expected: ['(204) PUT /a 200 completed: allowed'] },
  { name: 'a preflight that stands first in the file', file: chromeLog({ ...preflight, at: 2 }, put), expected: ['(204) PUT /a 200 completed: allowed'] },
  { name: 'a preflight that fails', file: chromeLog({ url: api, method: 'PUT', sent: null, error: blocked }, { ...preflight, at: 2, answer: [404] }), expected: ['(404) PUT /a unsent - error: blocked PreflightMissingAllowOriginHeader'] },
  { name: 'a preflight that got no answer', file: chromeLog({ url: api, method: 'PUT', sent: null, error: 'net::ERR_CONNECTION_RESET' }, { ...preflight, at: 2, answer: [0], error: 'net::ERR_CONNECTION_RESET' }), expected: ['(no answer) PUT /a unsent - error: failed net::ERR_CONNECTION_RESET'] },
  { name: 'a preflight that was not sent, which is no request of the page\'s', file: chromeLog({ url: api, method: 'OPTIONS', sent: null, error: 'net::ERR_FAILED' }), expected: [] },
  { name: 'an OPTIONS of the page\'s own', file: chromeLog({ url: api, method: 'OPTIONS', type: 'fetch', sent: [origin, cors], answer: [200] , error: blocked }), expected: ['(cached) OPTIONS /a 200 error: blocked MissingAllowOriginHeader'] },
  { name: 'a second request, which the cache answered for', file: chromeLog(put, { ...preflight, at: 2 }, { ...put, at: 50 }), expected: ['(204) PUT /a 200 completed: allowed', '(cached) PUT /a 200 completed: allowed'] },
  { name: 'a third one, which had a preflight again', file: chromeLog(put, { ...preflight, at: 2 }, { ...put, at: 50 }, { ...put, at: 90, answer: [0], sent: null, error: blocked }, { ...preflight, at: 92, answer: [500] }), expected: ['(204) PUT /a 200 completed: allowed', '(cached) PUT /a 200 completed: allowed', '(500) PUT /a unsent - error: blocked PreflightMissingAllowOriginHeader'] },
  { name: 'two at once, of which one is refused', file: chromeLog(put, { ...put, at: 1, sent: null, answer: [0], error: blocked }, { ...preflight, at: 2 }, { ...preflight, at: 3, answer: [500] }), expected: ['(204) PUT /a 200 completed: allowed', '(500) PUT /a unsent - error: blocked PreflightMissingAllowOriginHeader'] },
  {
    name: 'a preflight for Authorization, which Chrome leaves out of the file',
    file: chromeLog({ url: api, sent: [origin, cors], answer: [200, acao] }, { url: api, method: 'OPTIONS', at: 2, sent: [origin, cors, 'Access-Control-Request-Method: GET', 'Access-Control-Request-Headers: authorization'], answer: [204, acao, 'Access-Control-Allow-Headers: authorization'] }),
    expected: ['(204) GET /a 200 completed: allowed'],
  },
  { name: 'a preflight from long before', file: chromeLog(preflight, { ...put, at: 60_000 }), expected: ['(204) PUT /a 200 completed: allowed'] },
  { name: 'a preflight for another method', file: chromeLog({ url: api, sent: [origin, cors], answer: [200, acao] }, { ...preflight, at: 2 }), expected: ['GET /a 200 completed: allowed'] },

  { name: 'a redirect', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, acao, location('/b')] }, { url: 'https://api.example/b', at: 6, sent: [origin, cors], answer: [200, acao] }), expected: ['GET /a 302 > GET /b 200 completed: allowed'] },
  { name: 'a redirect that fails', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, location('/b')], error: blocked }), expected: ['GET /a 302 untold: blocked MissingAllowOriginHeader'] },
  { name: 'a redirect that passes without credentials and that the script refused, or that did not pass', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, acao, location('/b')], error: blocked }), expected: ['GET /a 302 untold: unknown'] },
  { name: 'a redirect that fails, and a request of its own to where it leads', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, location('/b')], error: blocked }, { url: 'https://api.example/b', at: 6, sent: [origin, cors], answer: [200, acao] }), expected: ['GET /a 302 untold: blocked MissingAllowOriginHeader', 'GET /b 200 completed: allowed'] },
  { name: 'a redirect, and nothing after it', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, acao, location('/b')] }), expected: ['GET /a 302 untold: unknown'] },
  { name: 'a redirect, and much later a request to where it leads', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, acao, location('/b')] }, { url: 'https://api.example/b', at: 60_000, sent: [origin, cors], answer: [200, acao] }), expected: ['GET /a 302 untold: unknown', 'GET /b 200 completed: allowed'] },
  { name: 'a redirect to where no fetch goes', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, acao, location('ftp://files.example/')] }, { url: 'ftp://files.example/', at: 6, sent: null, error: blocked }), expected: ['GET /a 302 unfollowed: blocked CorsDisabledScheme'] },
  { name: 'a redirect that was handed to the script', file: chromeLog({ url: api, sent: [origin, cors], answer: [302, acao, location('/b')] }, { url: 'https://api.example/b', at: 6, sent: null, error: 'net::ERR_ABORTED' }), expected: ['GET /a 302 completed: allowed'] },
  { name: 'a redirect whose target needs a preflight', file: chromeLog({ ...put, answer: [307, acao, location('/b')] }, { ...preflight, at: 2 }, { url: 'https://api.example/b', method: 'PUT', at: 6, sent: null, error: blocked }, { ...preflight, url: 'https://api.example/b', at: 8, answer: [404] }), expected: ['(204) PUT /a 307 > (404) PUT /b unsent - error: blocked PreflightMissingAllowOriginHeader'] },

  { name: 'a response that fails, in Firefox', file: firefoxLog({ url: api, sent: [origin, cors], answer: [200] }), expected: ['GET /a 200 untold: blocked MissingAllowOriginHeader'] },
  { name: 'a response that passes, in Firefox', file: firefoxLog({ url: api, sent: [origin, cors], answer: [200, acao, acac] }), expected: ['GET /a 200 untold: allowed'] },
  { name: 'a response that passes without credentials, in Firefox', file: firefoxLog({ url: api, sent: [origin, cors, 'Sec-Fetch-Site: cross-site'], answer: [200, acao] }), expected: ['GET /a 200 untold: unknown'] },
  { name: 'a preflight that fails, in Firefox', file: firefoxLog({ url: api, method: 'PUT', sent: [origin, cors], time: 0 }, { ...preflight, at: 30, answer: [500] }), expected: ['(500) PUT /a - untold: blocked PreflightMissingAllowOriginHeader'] },
  { name: 'a request that got no answer, in Firefox', file: firefoxLog({ url: api, sent: [origin, cors] }), expected: ['GET /a - untold: unknown'] },
  { name: 'a redirect that fails, in Firefox', file: firefoxLog({ url: api, sent: [origin, cors], answer: [302, location('https://me:pw@api.example/b')] }, { url: 'https://api.example/b', at: 6, sent: [] }), expected: ['GET /a 302 untold: blocked MissingAllowOriginHeader'] },
  { name: 'an image, in Firefox', file: firefoxLog({ url: api, sent: ['Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image', `Referer: ${app}/`], answer: [200] }), expected: ['GET /a 200 untold: unknown'] },
  { name: 'a navigation, in Firefox', file: firefoxLog({ url: api, sent: ['Upgrade-Insecure-Requests: 1', `Referer: ${app}/`], answer: [200] }), expected: [] },
];

describe('a HAR file gives the verdict for which it holds the evidence', () => {
  it.each(rows)('$name', ({ file, expected }) => {
    expect(picture(sessionOf(file))).toEqual(expected);
  });

  it('whatever else wrote it: what that says of success is not believed', () => {
    const { log } = chromeLog({ url: api, sent: [origin, cors], answer: [200, acao] });
    const session = sessionOf({ log: { ...log, creator: { name: 'Some proxy', version: '1' } } });
    expect(picture(session)).toEqual(['GET /a 200 untold: unknown']);
    expect(session.notes.join(' ')).toContain('does not tell how a request ended');
  });
});

it('says that cookies may have been left out, unless there are some', () => {
  const notes = (...sent: readonly string[]): string => sessionOf(chromeLog({ url: api, sent: [origin, ...sent], answer: [200] })).notes.join(' ');
  expect(notes()).toBe('It holds neither Cookie nor Authorization. Whether requests carried them is unknown.');
  expect(notes('Cookie: a=b')).toBe('');
});

describe('whose page it was', () => {
  const originOf = (...stories: readonly EntryStory[]): readonly string[] => sessionOf(chromeLog(...stories)).exchanges.map((exchange) => exchange.origin);
  const unsent: EntryStory = { url: api, method: 'PUT', sent: null, error: blocked };

  it('says Origin', () => expect(originOf({ url: api, sent: ['Origin: https://frame.example', `Referer: ${app}/`], answer: [200] })).toEqual(['https://frame.example']));
  it('says the Origin of the preflight, where the request was not sent', () => expect(originOf(unsent, { ...preflight, at: 2, sent: ['Origin: https://frame.example', 'Access-Control-Request-Method: PUT'] })).toEqual(['https://frame.example']));
  it('says a later hop, where the first one went to the page\'s own server', () => {
    expect(originOf({ url: `${app}/a`, answer: [302, location(api)] }, { url: api, at: 6, sent: [origin], answer: [200] })).toEqual([app]);
  });
  it('says Referer', () => expect(originOf({ ...unsent })).toEqual([app]));
  it('says the page of the file, where nothing else does', () => expect(originOf({ url: api, answer: [200] })).toEqual([app]));
});

it('keeps who asked, and when', () => {
  const stack = { callFrames: [{ functionName: '', url: '', lineNumber: 0, columnNumber: 0 }], parent: { callFrames: [{ functionName: 'save', url: `${app}/app.js`, lineNumber: 41, columnNumber: 8 }] } };
  const { exchanges: [exchange], page, browserVersion } = sessionOf(chromeLog({ url: api, sent: [origin], answer: [200], more: { _initiator: { type: 'script', stack } } }));
  expect(exchange).toMatchObject({ startedAt: Date.UTC(2026, 10, 20, 9), stack: [{ functionName: 'save', url: `${app}/app.js`, line: 42, column: 9 }] });
  expect({ page, browserVersion }).toEqual({ page: `${app}/`, browserVersion: '156.0.0.0' });
});

it('reads a header value that is no ASCII as the bytes that it was', () => {
  const { exchanges: [exchange] } = sessionOf(chromeLog({ url: api, sent: [origin], answer: [200, 'X: b\u00fccher'] }));
  expect(exchange?.hops[0].response?.headers).toEqual([['X', 'b\xc3\xbccher']]);
});

describe('what is no HAR file says what to do', () => {
  const report = reportOf({ generator: 'cors-inspector 1.2.3', profile: sessionOf(chromeLog(put)).profile, browserVersion: '', page: '', exchanges: [], gaps: [], dropped: 0 });
  const files: readonly { readonly name: string; readonly text: string; readonly problem: HarProblem }[] = [
    { name: 'nothing', text: '', problem: 'not-json' },
    { name: 'a page', text: '<!doctype html>', problem: 'not-json' },
    { name: 'half a file', text: JSON.stringify(chromeLog(put)).slice(0, -9), problem: 'not-json' },
    { name: 'other JSON', text: '{"log":{"entries":7}}', problem: 'not-har' },
    { name: 'a list', text: '[]', problem: 'not-har' },
    { name: 'null', text: 'null', problem: 'not-har' },
    { name: 'a report of this program', text: JSON.stringify(report), problem: 'report' },
    { name: 'a log without entries', text: JSON.stringify(chromeLog()), problem: 'no-entries' },
    { name: 'a log with nothing that is an entry', text: '{"log":{"entries":[null,7,{"request":{"url":"x"}}]}}', problem: 'no-entries' },
  ];
  it.each(files)('$name', ({ text, problem }) => expect(readHar(text)).toEqual({ ok: false, problem }));

  it('and shows every problem here', () => expect(Object.keys(harProblems).filter((problem) => !files.some((file) => file.problem === problem))).toEqual([]));
  it('but takes a byte order mark', () => expect(readHar(`\ufeff${JSON.stringify(chromeLog(put))}`).ok).toBe(true));
});
