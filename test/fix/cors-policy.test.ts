import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CorsPolicy, type PolicyError, cautionsOf, describePolicyError, fieldOf, validatePolicy } from '../../src/fix/cors-policy.ts';

const valid: CorsPolicy = {
  origins: ['https://app.example'],
  credentialed: true,
  methods: ['PUT'],
  requestHeaders: ['content-type'],
  exposedHeaders: ['etag'],
  maxAge: 600,
};

const origin = (value: string, flaw: string, serialised: string | null) => ({ kind: 'unserialised-origin', value, flaw, serialised });

interface Row {
  readonly name: string;
  readonly policy: Partial<CorsPolicy>;
  readonly errors: readonly object[];
}

const rows: readonly Row[] = [
  { name: 'everything in order', policy: {}, errors: [] },
  { name: 'nothing granted but the origin', policy: { credentialed: false, methods: [], requestHeaders: [], exposedHeaders: [], maxAge: null }, errors: [] },

  // Origins
  { name: 'any origin without credentials', policy: { origins: '*', credentialed: false }, errors: [] },
  { name: 'any origin with credentials', policy: { origins: '*' }, errors: [{ kind: 'wildcard-origin-with-credentials', value: '*' }] },
  { name: 'no origin at all', policy: { origins: [] }, errors: [{ kind: 'no-origin', value: '' }] },
  { name: 'the null origin', policy: { origins: ['null'] }, errors: [{ kind: 'null-origin', value: 'null' }] },
  { name: 'ports, addresses and single labels', policy: { origins: ['http://localhost:3000', 'http://127.0.0.1', 'http://[::1]:5173', 'https://a_b.example'] }, errors: [] },
  { name: 'an international domain in its ASCII form', policy: { origins: ['https://xn--mnchen-3ya.example'] }, errors: [] },
  { name: 'pages of extensions', policy: { origins: ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', 'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e'] }, errors: [] },
  { name: 'a trailing slash', policy: { origins: ['https://app.example/'] }, errors: [origin('https://app.example/', 'trailing-slash', 'https://app.example')] },
  { name: 'a trailing slash of an extension', policy: { origins: ['chrome-extension://abc/'] }, errors: [origin('chrome-extension://abc/', 'trailing-slash', 'chrome-extension://abc')] },
  { name: 'a path', policy: { origins: ['https://app.example/a'] }, errors: [origin('https://app.example/a', 'path', 'https://app.example')] },
  { name: 'a query', policy: { origins: ['https://app.example?a'] }, errors: [origin('https://app.example?a', 'path', 'https://app.example')] },
  { name: 'a fragment', policy: { origins: ['https://app.example#a'] }, errors: [origin('https://app.example#a', 'path', 'https://app.example')] },
  { name: 'a user name', policy: { origins: ['https://me@app.example'] }, errors: [origin('https://me@app.example', 'userinfo', 'https://app.example')] },
  { name: 'upper case', policy: { origins: ['HTTPS://App.example'] }, errors: [origin('HTTPS://App.example', 'upper-case', 'https://app.example')] },
  { name: 'the default port of https', policy: { origins: ['https://app.example:443'] }, errors: [origin('https://app.example:443', 'default-port', 'https://app.example')] },
  { name: 'the default port of http', policy: { origins: ['http://app.example:80'] }, errors: [origin('http://app.example:80', 'default-port', 'http://app.example')] },
  { name: 'the default port of the other scheme', policy: { origins: ['https://app.example:80'] }, errors: [] },
  { name: 'an international domain as people write it', policy: { origins: ['https://münchen.example'] }, errors: [origin('https://münchen.example', 'non-ascii', 'https://xn--mnchen-3ya.example')] },
  { name: 'white space around it', policy: { origins: [' https://app.example'] }, errors: [origin(' https://app.example', 'form', 'https://app.example')] },
  { name: 'a port of nothing', policy: { origins: ['https://app.example:'] }, errors: [origin('https://app.example:', 'form', 'https://app.example')] },
  { name: 'a pattern', policy: { origins: ['https://*.example.com'] }, errors: [origin('https://*.example.com', 'pattern', null)] },
  { name: 'a wildcard in a list', policy: { origins: ['*'] }, errors: [origin('*', 'pattern', null)] },
  { name: 'every site below a public suffix', policy: { origins: ['https://*.github.io', 'https://*.com', '*.co.uk'] }, errors: [origin('https://*.github.io', 'pattern', null), origin('https://*.com', 'pattern', null), origin('*.co.uk', 'pattern', null)] },
  { name: 'a regular expression', policy: { origins: ['^https://.+\\.example$', 'https://(a|b).example'] }, errors: [origin('^https://.+\\.example$', 'pattern', null), origin('https://(a|b).example', 'pattern', null)] },
  { name: 'a domain with everything below it, as cookies have it', policy: { origins: ['https://.app.example'] }, errors: [origin('https://.app.example', 'host', null)] },
  { name: 'a host longer than a name can be', policy: { origins: [`https://${'a.'.repeat(130)}example`] }, errors: [origin(`https://${'a.'.repeat(130)}example`, 'host', null)] },
  { name: 'a host with the dot of the root', policy: { origins: ['https://app.example.'] }, errors: [] },
  { name: 'an address in another notation', policy: { origins: ['http://127.1', 'http://[0::1]'] }, errors: [origin('http://127.1', 'form', 'http://127.0.0.1'), origin('http://[0::1]', 'form', 'http://[::1]')] },
  { name: 'a line break in it', policy: { origins: ['https://app\n.example'] }, errors: [origin('https://app\n.example', 'form', 'https://app.example')] },
  { name: 'no scheme', policy: { origins: ['app.example', 'localhost:3000', '//app.example', 'app.example/path'] }, errors: ['app.example', 'localhost:3000', '//app.example', 'app.example/path'].map((value) => origin(value, 'no-scheme', null)) },
  { name: 'two origins in one', policy: { origins: ['https://a.example, https://b.example', 'https://a.example https://b.example'] }, errors: ['https://a.example, https://b.example', 'https://a.example https://b.example'].map((value) => origin(value, 'several', null)) },
  { name: 'a port that is none', policy: { origins: ['https://app.example:99999'] }, errors: [origin('https://app.example:99999', 'unparseable', null)] },
  { name: 'an empty string', policy: { origins: [''] }, errors: [origin('', 'unparseable', null)] },
  { name: 'a scheme whose pages no server grants', policy: { origins: ['ftp://app.example', 'file:///', 'data:,'] }, errors: [origin('ftp://app.example', 'scheme', null), origin('file:///', 'scheme', null), origin('data:,', 'scheme', null)] },
  { name: 'a host with the quotes of a configuration', policy: { origins: ['https://a"b$c.example', "chrome-extension://a'b"] }, errors: [origin('https://a"b$c.example', 'host', null), origin("chrome-extension://a'b", 'host', null)] },
  { name: 'the same origin twice', policy: { origins: ['https://app.example', 'https://app.example'] }, errors: [{ kind: 'duplicate', value: 'https://app.example', list: 'origins' }] },

  // Methods
  { name: 'methods that browsers leave as they are', policy: { methods: ['PATCH', 'patch', 'PROPFIND', 'x-y'] }, errors: [] },
  { name: 'a method that browsers send in upper case', policy: { methods: ['put'] }, errors: [{ kind: 'unnormalized-method', value: 'put', normalized: 'PUT' }] },
  { name: 'a method that is no token', policy: { methods: ['PUT,DELETE', '', 'PÜT'] }, errors: [{ kind: 'invalid-method', value: 'PUT,DELETE' }, { kind: 'invalid-method', value: '' }, { kind: 'invalid-method', value: 'PÜT' }] },
  { name: 'forbidden methods', policy: { methods: ['CONNECT', 'trace', 'TRACK'] }, errors: [{ kind: 'forbidden-method', value: 'CONNECT' }, { kind: 'forbidden-method', value: 'trace' }, { kind: 'forbidden-method', value: 'TRACK' }] },
  { name: 'the wildcard method', policy: { methods: ['*'] }, errors: [{ kind: 'wildcard-method', value: '*' }] },
  { name: 'methods that need no grant', policy: { methods: ['GET', 'head', 'POST'] }, errors: ['GET', 'head', 'POST'].map((value) => ({ kind: 'safelisted-method', value })) },
  { name: 'the same method twice', policy: { methods: ['PUT', 'PUT', 'PUT'] }, errors: [{ kind: 'duplicate', value: 'PUT', list: 'methods' }] },

  // Request headers
  { name: 'a request header that is no token', policy: { requestHeaders: ['content type'] }, errors: [{ kind: 'invalid-header', value: 'content type', list: 'requestHeaders' }] },
  { name: 'a request header that is not in lower case', policy: { requestHeaders: ['Content-Type'] }, errors: [{ kind: 'unlowered-header', value: 'Content-Type', list: 'requestHeaders' }] },
  { name: 'the wildcard request header', policy: { requestHeaders: ['*'] }, errors: [{ kind: 'wildcard-header', value: '*', list: 'requestHeaders' }] },
  { name: 'forbidden request headers', policy: { requestHeaders: ['cookie', 'sec-fetch-mode', 'proxy-x', 'origin'] }, errors: ['cookie', 'sec-fetch-mode', 'proxy-x', 'origin'].map((value) => ({ kind: 'forbidden-request-header', value })) },
  { name: 'a request header that is forbidden with some values only', policy: { requestHeaders: ['x-http-method-override'] }, errors: [] },
  { name: 'response headers of CORS as request headers', policy: { requestHeaders: ['access-control-allow-origin', 'access-control-request-method'] }, errors: [{ kind: 'cors-request-header', value: 'access-control-allow-origin' }, { kind: 'cors-request-header', value: 'access-control-request-method' }] },
  { name: 'the same request header twice', policy: { requestHeaders: ['x-a', 'x-a'] }, errors: [{ kind: 'duplicate', value: 'x-a', list: 'requestHeaders' }] },
  { name: 'the same request header in another case', policy: { requestHeaders: ['x-a', 'X-A'] }, errors: [{ kind: 'unlowered-header', value: 'X-A', list: 'requestHeaders' }, { kind: 'duplicate', value: 'x-a', list: 'requestHeaders' }] },
  { name: 'request headers that some values make safelisted', policy: { requestHeaders: ['accept', 'content-type', 'range'] }, errors: [] },

  // Exposed headers
  { name: 'an exposed header that is no token', policy: { exposedHeaders: ['etag:'] }, errors: [{ kind: 'invalid-header', value: 'etag:', list: 'exposedHeaders' }] },
  { name: 'an exposed header that is not in lower case', policy: { exposedHeaders: ['ETag'] }, errors: [{ kind: 'unlowered-header', value: 'ETag', list: 'exposedHeaders' }] },
  { name: 'the wildcard exposed header', policy: { exposedHeaders: ['*'] }, errors: [{ kind: 'wildcard-header', value: '*', list: 'exposedHeaders' }] },
  { name: 'forbidden response headers', policy: { exposedHeaders: ['set-cookie', 'set-cookie2'] }, errors: [{ kind: 'forbidden-response-header', value: 'set-cookie' }, { kind: 'forbidden-response-header', value: 'set-cookie2' }] },
  { name: 'response headers that every script may read', policy: { exposedHeaders: ['content-type', 'cache-control'] }, errors: ['content-type', 'cache-control'].map((value) => ({ kind: 'safelisted-response-header', value })) },
  { name: 'headers of CORS itself as exposed ones', policy: { exposedHeaders: ['access-control-allow-origin'] }, errors: [{ kind: 'cors-response-header', value: 'access-control-allow-origin' }] },
  { name: 'the same exposed header twice', policy: { exposedHeaders: ['etag', 'etag'] }, errors: [{ kind: 'duplicate', value: 'etag', list: 'exposedHeaders' }] },

  // Max age
  { name: 'no caching of preflights', policy: { maxAge: 0 }, errors: [] },
  { name: 'a day', policy: { maxAge: 86_400 }, errors: [] },
  { name: 'more than a day', policy: { maxAge: 86_401 }, errors: [{ kind: 'max-age-out-of-range', value: 86_401 }] },
  { name: 'less than nothing', policy: { maxAge: -1 }, errors: [{ kind: 'max-age-out-of-range', value: -1 }] },
  { name: 'a part of a second', policy: { maxAge: 0.5 }, errors: [{ kind: 'max-age-out-of-range', value: 0.5 }] },
  { name: 'no number', policy: { maxAge: Number.NaN }, errors: [{ kind: 'max-age-out-of-range', value: Number.NaN }] },

  {
    name: 'all errors at once, in the order of the fields',
    policy: { origins: ['null', 'https://app.example/'], methods: ['*'], requestHeaders: ['Cookie'], exposedHeaders: ['Set-Cookie'], maxAge: -1 },
    errors: [
      { kind: 'null-origin', value: 'null' },
      origin('https://app.example/', 'trailing-slash', 'https://app.example'),
      { kind: 'wildcard-method', value: '*' },
      { kind: 'unlowered-header', value: 'Cookie', list: 'requestHeaders' },
      { kind: 'forbidden-request-header', value: 'Cookie' },
      { kind: 'unlowered-header', value: 'Set-Cookie', list: 'exposedHeaders' },
      { kind: 'forbidden-response-header', value: 'Set-Cookie' },
      { kind: 'max-age-out-of-range', value: -1 },
    ],
  },
];

describe('validatePolicy', () => {
  it.each(rows.map(({ name, policy, errors }) => [name, policy, errors] as const))('%s', (_, policy, errors) => {
    expect(validatePolicy({ ...valid, ...policy })).toEqual(errors);
  });

  it('takes no error from the origin that it proposes', () => {
    const proposals = rows.flatMap(({ policy }) => validatePolicy({ ...valid, ...policy }))
      .flatMap((error) => (error.kind === 'unserialised-origin' && error.serialised !== null ? [error.serialised] : []));
    expect(proposals.length).toBeGreaterThan(0);
    for (const proposal of proposals) expect(validatePolicy({ ...valid, origins: [proposal] })).toEqual([]);
  });

  it('never throws, and its errors can be described', () => {
    const values = fc.array(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true }), fc.constantFrom('*', 'null', 'https://a.example', 'PUT', 'put', 'cookie')));
    fc.assert(fc.property(
      fc.record({ origins: fc.oneof(values, fc.constant('*' as const)), credentialed: fc.boolean(), methods: values, requestHeaders: values, exposedHeaders: values, maxAge: fc.oneof(fc.double(), fc.constant(null)) }),
      (policy) => validatePolicy(policy).every((error) => describePolicyError(error).length > 0),
    ));
  });
});

it('names the field that an error is about: with that field repaired the error is gone', () => {
  for (const { policy } of rows) {
    const wrong = { ...valid, ...policy };
    for (const error of validatePolicy(wrong)) {
      expect(validatePolicy({ ...wrong, [fieldOf(error)]: valid[fieldOf(error)] })).not.toContainEqual(error);
    }
  }
});

describe('what a valid policy warns of', () => {
  const api = 'https://api.example';
  const rows: readonly (readonly [name: string, policy: Partial<CorsPolicy>, server: string, cautions: readonly RegExp[]])[] = [
    ['nothing', {}, api, []],
    ['any origin, which has no credentials', { origins: '*', credentialed: false }, api, []],
    ['an http origin that reads with credentials over https', { origins: ['https://a.example', 'http://a.example'] }, api, [/pretend to be http:\/\/a\.example/]],
    ['an http origin without credentials', { origins: ['http://a.example'], credentialed: false }, api, []],
    ['an http origin of an http server', { origins: ['http://a.example'] }, 'http://api.example', []],
    ['a page in development', { origins: ['http://localhost:5173', 'http://[::1]:5173'] }, api, [/^Leave http:\/\/localhost:5173 out/]],
    ['a server in development', { origins: ['http://localhost:5173'] }, 'http://127.0.0.1:8080', []],
    ['a site whose name only resembles', { origins: ['https://localhost.example'] }, api, []],
  ];
  it.each(rows)('%s', (_, policy, server, cautions) => {
    expect(validatePolicy({ ...valid, ...policy })).toEqual([]);
    expect(cautionsOf({ ...valid, ...policy }, server)).toEqual(cautions.map((words) => expect.stringMatching(words)));
  });
});

describe('describePolicyError', () => {
  const errors = new Map<string, PolicyError>();
  for (const { policy } of rows) {
    for (const error of validatePolicy({ ...valid, ...policy })) errors.set('flaw' in error ? `${error.kind}: ${error.flaw}` : error.kind, error);
  }

  it.each([...errors])('says in one sentence what to do about %s', (_, error) => {
    const sentence = describePolicyError(error);
    expect(sentence).toMatch(/^(Name|Remove|Replace|Write) [^]*\.$/);
    expect(sentence).toContain(error.kind === 'no-origin' ? 'origin' : error.kind === 'max-age-out-of-range' ? 'seconds' : String(error.value));
    expect(sentence.replaceAll(String(error.value), '').slice(0, -1)).not.toMatch(/[.!?] [A-Z]|undefined/);
  });
});
