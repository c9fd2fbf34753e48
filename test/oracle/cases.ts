import fc from 'fast-check';
import type { HeaderLine } from '../playground/raw-server.ts';

/** A response before it is known who asks: `{origin}` and the other placeholders stand for what only the run knows. */
export interface CaseResponse {
  readonly status: number;
  readonly headers: readonly HeaderLine[];
}

/** One request, and how the servers answer it. */
export interface OracleCase {
  /** Whether the page has an origin of its own or is sandboxed. */
  readonly page: 'tuple' | 'opaque';
  /** Which name the API has: the page's own host name at another port, or another site. */
  readonly host: 'same-site' | 'cross-site';
  /** Whether a cookie is set for the URL. */
  readonly cookie: boolean;
  readonly method: string;
  readonly headers: readonly HeaderLine[];
  readonly credentials: 'include' | 'omit' | 'same-origin';
  readonly mode: 'cors' | 'no-cors';
  readonly redirect: 'follow' | 'error' | 'manual';
  /** The answers to preflights and to actual requests, one pair a hop; all but the last redirect. */
  readonly hops: readonly { readonly preflight: CaseResponse; readonly actual: CaseResponse }[];
}

const mostly = <T>(usual: T, unusual: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> =>
  fc.oneof({ arbitrary: fc.constant(usual), weight }, { arbitrary: unusual, weight: 1 });

const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,12}$/);
/** Header values: whatever may stand in one, without leading or trailing white space. */
const text = fc.stringMatching(/^[!-~\u0080-\u00ff]([\t -~\u0080-\u00ff]{0,20}[!-~\u0080-\u00ff])?$/);

const allowOriginValue = fc.oneof(
  { arbitrary: fc.constantFrom('{origin}', '*', '{origin}', '*'), weight: 8 },
  {
    arbitrary: fc.constantFrom(
      'null', '', '{origin}/', '{ORIGIN}', '{otherPort}', '{otherScheme}', '{otherHost}', '{apiOrigin}', 'https://evil.example',
      '{origin}, {origin}', '{origin} https://b.example', '{origin},{otherPort}', '*, *', '*,{origin}', '"*"', '\'*\'', 'NULL', 'Null',
      '*.example', 'https://*.example', 'http://localhost:*', 'localhost:3000', 'app.example', 'https://', 'http:foo', '//x', 'about:blank',
      'data:,x', 'https://u:p@host', 'https://b\u00fccher.example', '"{origin}"', '[{origin}]', '{origin}:443', '{origin}#x', '{origin}?', '%2A', '**',
      'https://a.example:99999', 'https://[::1]', 'https://a b', 'file://', 'chrome-extension://abc', 'http://localhost\t', 'https:/a', '{origin}\\',
    ),
    weight: 6,
  },
  { arbitrary: text, weight: 1 },
);

const paddings = fc.constantFrom('', '', '', ' ', '\t', '  \t ');
const padded = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(paddings, value, paddings).map(([before, inner, after]) => before + inner + after);

const anyCase = (name: string): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: fc.constant(name), weight: 4 }, { arbitrary: fc.mixedCase(fc.constant(name)), weight: 1 });

/** No line, one line, or (rarely) several. */
function lines(name: string, value: fc.Arbitrary<string>, absent: number): fc.Arbitrary<readonly HeaderLine[]> {
  const line = fc.tuple(anyCase(name), padded(value)) as fc.Arbitrary<HeaderLine>;
  return fc.oneof(
    { arbitrary: fc.constant([]), weight: absent },
    { arbitrary: line.map((one) => [one]), weight: 20 },
    { arbitrary: fc.array(line, { minLength: 2, maxLength: 3 }), weight: 2 },
  );
}

const allowCredentialsValue = fc.oneof(
  { arbitrary: fc.constant('true'), weight: 6 },
  { arbitrary: fc.constantFrom('True', 'TRUE', 'false', '1', '', 'true, true', '"true"', 'true;', 't\u00e7ue', '*', 'yes'), weight: 2 },
);

const listOf = (name: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(
  { arbitrary: fc.array(name, { minLength: 1, maxLength: 5 }).chain((names) => fc.constantFrom(', ', ',', ' , ', ',\t', ',,').map((by) => names.join(by))), weight: 10 },
  { arbitrary: fc.array(name, { minLength: 1, maxLength: 3 }).chain((names) => fc.constantFrom(' ', ';', '|', '/', ', "', '\n'.trim()).map((by) => names.join(by))), weight: 1 },
  { arbitrary: fc.constantFrom('', ',', ' , ', '*', '"*"', '[PUT]', 'PUT:', '(x)', 'PUT,, GET', ',PUT', 'PUT,', '"PUT, DELETE"', 'x-a: 1', '\u00e9', '"PUT', '"PUT\\", x-a"'), weight: 3 },
);

const methodName = fc.oneof(
  { arbitrary: fc.constant('{method}'), weight: 6 },
  { arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'patch', 'put', 'Put', '*', 'OPTIONS', '{METHOD}', '{lowerMethod}'), weight: 4 },
  { arbitrary: token, weight: 1 },
);

const headerName = fc.oneof(
  { arbitrary: fc.constant('{headers}'), weight: 6 },
  { arbitrary: fc.constantFrom('content-type', 'Content-Type', 'X-A', 'x-a', 'x-b', 'authorization', 'Authorization', '*', 'x-request-id', '{HEADERS}', 'accept'), weight: 5 },
  { arbitrary: token, weight: 1 },
);

const statusOk = fc.constantFrom(200, 204, 201, 206, 299);
const statusOdd = fc.constantFrom(300, 301, 302, 303, 304, 305, 307, 308, 400, 401, 403, 404, 405, 418, 429, 500, 501, 502, 503, 504, 599);

const location = fc.oneof(
  { arbitrary: fc.constant('{next}'), weight: 6 },
  { arbitrary: fc.constantFrom('{nextUserInfo}', '{elsewhere}', '', 'http://', '{next}#fragment', 'ftp://127.0.0.1{elsewhere}', 'data:,x', 'javascript:1'), weight: 1 },
);

const preflight: fc.Arbitrary<CaseResponse> = fc.record({
  status: fc.oneof({ arbitrary: statusOk, weight: 6 }, { arbitrary: statusOdd, weight: 1 }),
  headers: fc.tuple(
    lines('Access-Control-Allow-Origin', allowOriginValue, 2),
    lines('Access-Control-Allow-Credentials', allowCredentialsValue, 8),
    lines('Access-Control-Allow-Methods', listOf(methodName), 4),
    lines('Access-Control-Allow-Headers', listOf(headerName), 4),
    lines('Access-Control-Max-Age', fc.constantFrom('0', '5', '600', '-1', 'abc', '600s', ''), 20),
    lines('Location', location, 100),
  ).map((groups) => groups.flat()),
});

const actualHeaders: fc.Arbitrary<readonly HeaderLine[]> = fc.tuple(
  lines('Access-Control-Allow-Origin', allowOriginValue, 2),
  lines('Access-Control-Allow-Credentials', allowCredentialsValue, 8),
  lines('Access-Control-Expose-Headers', fc.constantFrom('*', 'x-a', 'x-a, x-b', ''), 30),
  lines('Vary', fc.constantFrom('Origin', '*', 'Accept, Origin'), 30),
).map((groups) => groups.flat());

const actual: fc.Arbitrary<CaseResponse> = fc.record({
  status: fc.oneof({ arbitrary: statusOk, weight: 4 }, { arbitrary: statusOdd.filter((status) => status !== 304), weight: 2 }),
  headers: actualHeaders,
});

const redirecting: fc.Arbitrary<CaseResponse> = fc.record({
  status: fc.constantFrom(301, 302, 303, 307, 308),
  headers: fc.tuple(actualHeaders, location).map(([headers, to]) => [...headers, ['Location', to] as const]),
});

const method = fc.oneof(
  { arbitrary: fc.constantFrom('GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'), weight: 8 },
  { arbitrary: fc.constantFrom('patch', 'put', 'get', 'Post', 'OPTIONS', 'PROPFIND', 'query', 'QUERY', 'X', 'M-SEARCH'), weight: 3 },
);

const longest = (unit: string, length: number): string => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

const requestHeader: fc.Arbitrary<HeaderLine> = fc.oneof(
  { arbitrary: fc.tuple(fc.constantFrom('X-A', 'x-b', 'X-Request-Id', 'Authorization', 'traceparent', 'X-HTTP-Method-Override', 'If-None-Match', 'Cache-Control', 'Pragma', 'X-Zebra', 'Idempotency-Key', 'DNT', 'Sec-Custom'), fc.constantFrom('1', 'GET', 'CONNECT', 'no-cache', '"x"')), weight: 8 },
  {
    arbitrary: fc.tuple(fc.constant('Content-Type'), fc.constantFrom(
      'application/json', 'text/plain', 'text/plain; charset=utf-8', 'TEXT/PLAIN', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded',
      'text/plain;x="y"', 'text/html', 'text/plain, text/plain', 'text/plain;', 'text', 'text /plain', `text/plain;${longest('x', 117)}`, `text/plain;${longest('x', 118)}`,
    )),
    weight: 5,
  },
  { arbitrary: fc.tuple(fc.constant('Accept'), fc.constantFrom('*/*', 'application/json', 'a(b)', 'a"b"', 'a:b', longest('a', 128), longest('a', 129), 'caf\u00e9', '{x}')), weight: 3 },
  { arbitrary: fc.tuple(fc.constantFrom('Accept-Language', 'Content-Language'), fc.constantFrom('en', 'en-US,en;q=0.5', 'en_US', '*', longest('en', 128), longest('en,', 129), 'caf\u00e9', 'a/b')), weight: 3 },
  { arbitrary: fc.tuple(fc.constant('Range'), fc.constantFrom('bytes=0-', 'bytes=0-9', 'bytes=9-0', 'bytes=-5', 'BYTES=0-', 'bytes=0-1,3-4', 'bytes= 0-1', 'items=0-')), weight: 2 },
  { arbitrary: fc.tuple(fc.constantFrom('DPR', 'Downlink', 'Save-Data', 'Viewport-Width', 'Width', 'Device-Memory', 'RTT', 'ECT', 'Intervention'), fc.constantFrom('1', '2.0', 'on', 'off', '4g', 'x', '1.5.2', '.5', '')), weight: 2 },
);

/** One header of each name: scripts that append a second value are rare, and a few of them are enough. */
const requestHeaders: fc.Arbitrary<readonly HeaderLine[]> = fc.oneof(
  { arbitrary: fc.constant([]), weight: 3 },
  { arbitrary: fc.uniqueArray(requestHeader, { maxLength: 6, selector: ([name]) => name.toLowerCase() }), weight: 6 },
  {
    // Safelisted one by one, and on both sides of 1024 bytes together.
    arbitrary: fc.integer({ min: 1020, max: 1028 }).map((size): readonly HeaderLine[] => {
      const names = ['Accept', 'Accept-Language', 'Content-Language', 'DPR', 'Downlink', 'Width', 'Viewport-Width', 'Device-Memory', 'Intervention'];
      return names.map((name, index): HeaderLine => [name, '1'.repeat(index < 8 ? 128 : Math.max(0, size - 1024))]).filter(([, value]) => value !== '');
    }),
    weight: 1,
  },
);

export const oracleCase: fc.Arbitrary<OracleCase> = fc.record({
  page: mostly<'tuple' | 'opaque'>('tuple', fc.constant('opaque'), 6),
  host: fc.constantFrom('same-site', 'cross-site'),
  cookie: fc.boolean(),
  method,
  headers: requestHeaders,
  credentials: fc.constantFrom('include', 'include', 'omit', 'same-origin'),
  mode: mostly<'cors' | 'no-cors'>('cors', fc.constant('no-cors'), 20),
  redirect: mostly<'follow' | 'error' | 'manual'>('follow', fc.constantFrom('error', 'manual'), 20),
  hops: fc.tuple(
    fc.array(fc.record({ preflight, actual: redirecting }), { maxLength: 2 }).chain((hops) => mostly<typeof hops>([], fc.constant(hops), 2)),
    fc.record({ preflight, actual }),
  ).map(([redirects, last]) => [...redirects, last]),
});

export const generateCases = (count: number, seed: number): readonly OracleCase[] => fc.sample(oracleCase, { numRuns: count, seed });

/** The same request, where the extension sees no cookie either way, with the other credentials mode. */
export const withOtherCredentials = (one: OracleCase): OracleCase => ({ ...one, cookie: false, credentials: one.credentials === 'include' ? 'omit' : 'include' });
