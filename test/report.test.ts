import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../src/fetch/browser-profile.ts';
import { redactHeaders, redactUrl } from '../src/explain/redact.ts';
import { exchangeReportOf, reportOf } from '../src/report.ts';
import { diagnose } from '../src/explain/diagnosis.ts';
import { type Story, app, exchangeOf } from './explain/story.ts';
import { headers } from './header-text.ts';

const jsonWebToken = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_123';
const long = 'a1b2c3d4e5f6a7b8c9';

describe('a URL in the report', () => {
  const secrets: readonly { readonly name: string; readonly url: string; readonly expected: string }[] = [
    { name: 'user name and password', url: 'https://me:pw@a.example/x', expected: 'https://(redacted)@a.example/x' },
    { name: 'a user name alone', url: 'https://me@a.example/', expected: 'https://(redacted)@a.example/' },
    { name: 'a password with an @ in it', url: 'https://me:p@ss@a.example/', expected: 'https://(redacted)@a.example/' },
    { name: 'user information without a scheme', url: '//me:pw@a.example/', expected: '//(redacted)@a.example/' },
    { name: 'user information behind backslashes, which browsers take for slashes', url: 'https:\\\\me:pw@a.example/', expected: 'https:\\\\(redacted)@a.example/' },
    { name: 'an access token', url: 'https://a.example/?a=1&access_token=x&b=2', expected: 'https://a.example/?a=1&access_token=(redacted)&b=2' },
    { name: 'a token in the fragment', url: 'https://a.example/#access_token=x&state=1', expected: 'https://a.example/#access_token=(redacted)&state=1' },
    { name: 'names in upper case', url: 'https://a.example/?API_KEY=x', expected: 'https://a.example/?API_KEY=(redacted)' },
    { name: 'names with a prefix', url: 'https://a.example/?x-auth-token=x&my.secret=y', expected: 'https://a.example/?x-auth-token=(redacted)&my.secret=(redacted)' },
    { name: 'a password', url: 'https://a.example/?password=x&pwd=y', expected: 'https://a.example/?password=(redacted)&pwd=(redacted)' },
    { name: 'parameters with semicolons', url: 'https://a.example/;token=x;b=1', expected: 'https://a.example/;token=(redacted);b=1' },
    { name: 'a long value of what may be a secret', url: `https://a.example/?code=${long}&sid=${long}&X-Amz-Signature=${long}`, expected: 'https://a.example/?code=(redacted)&sid=(redacted)&X-Amz-Signature=(redacted)' },
    { name: 'a JSON Web Token in the path', url: `https://a.example/verify/${jsonWebToken}`, expected: 'https://a.example/verify/(redacted)' },
    { name: 'a JSON Web Token under a harmless name', url: `https://a.example/?q=${jsonWebToken}`, expected: 'https://a.example/?q=(redacted)' },
    { name: 'an encrypted JSON Web Token, which has five parts', url: 'https://a.example/verify/eyJhbGciOiJkaXIifQ..aXY.Y2lwaGVy.dGFn', expected: 'https://a.example/verify/(redacted)' },
    { name: 'the same secret twice', url: 'https://a.example/?token=x&token=y', expected: 'https://a.example/?token=(redacted)&token=(redacted)' },
  ];
  it.each(secrets)('hides $name', ({ url, expected }) => expect(redactUrl(url)).toBe(expected));

  const harmless = [
    'https://a.example/', 'https://a.example/?code=DE&key=name&session=1', 'https://a.example/tokens/1?page=2', 'https://a.example/?monkey=abcdefghijklmnopqrstuvw',
    'https://a.example/@me/post?at=me@a.example', 'https://a.example/?redirect=https://b.example/@x', 'https://a.example:8443/a;v=1?b#c', 'data:,x', '', 'https://a.example/?q=eyJ.', 'null',
    'https://a.example/?tokens=3&secretary=x&jwts=1', 'https://a.example/v1.2.3/eyeJ.css', `https://a.example/?zipcode=${long}`, 'https://a.example/?a==b&=c&&',
  ];
  it.each(harmless)('leaves %s as it is', (url) => expect(redactUrl(url)).toBe(url));
});

describe('headers in the report', () => {
  const rows: readonly { readonly name: string; readonly line: string; readonly expected: string }[] = [
    { name: 'Set-Cookie', line: 'Set-Cookie: a=b; HttpOnly', expected: '(redacted)' },
    { name: 'Cookie in any case', line: 'cOOKIE: a=b', expected: '(redacted)' },
    { name: 'Authorization', line: 'Authorization: Bearer x', expected: '(redacted)' },
    { name: 'Proxy-Authorization', line: 'proxy-authorization: Basic x', expected: '(redacted)' },
    { name: 'a token in Location', line: 'Location: /callback?access_token=x', expected: '/callback?access_token=(redacted)' },
    { name: 'a password in Location', line: 'Location: //me:pw@b.example/', expected: '//(redacted)@b.example/' },
    { name: 'a token in Referer', line: 'Referer: https://a.example/?token=x', expected: 'https://a.example/?token=(redacted)' },
    { name: 'a token in Refresh', line: 'Refresh: 0; url=https://b.example/?token=x', expected: '0; url=https://b.example/?token=(redacted)' },
    { name: 'a password in Refresh', line: 'Refresh: 0; url=https://me:pw@b.example/', expected: '0; url=https://(redacted)@b.example/' },
    { name: 'an API key', line: 'X-Goog-Api-Key: x', expected: '(redacted)' },
    { name: 'a bare API key', line: 'apikey: x', expected: '(redacted)' },
    { name: 'a token', line: 'X-CSRF-Token: x', expected: '(redacted)' },
    { name: 'a long session id', line: `X-Session-Id: ${long}`, expected: '(redacted)' },
    { name: 'a JSON Web Token under a harmless name', line: `X-Note: Bearer ${jsonWebToken}`, expected: 'Bearer (redacted)' },
    { name: 'no key of a cache', line: `Surrogate-Key: ${long}`, expected: long },
    { name: 'no other header', line: 'X-Note: Set-Cookie token=x', expected: 'Set-Cookie token=x' },
    { name: 'not the names that are allowed', line: 'Access-Control-Allow-Headers: authorization, cookie', expected: 'authorization, cookie' },
    { name: 'UTF-8, which becomes text', line: 'X-Note: b\xc3\xbccher', expected: 'b\u00fccher' },
    { name: 'other bytes, which stay', line: 'X-Note: caf\xe9', expected: 'caf\xe9' },
  ];
  it.each(rows)('$name', ({ line, expected }) => {
    const list = headers(line);
    expect(redactHeaders(list)).toEqual([[list[0]?.[0], expected]]);
  });

  it('keep their order, their case and their duplicates', () => {
    const list = headers('B: 1', 'a: 2', 'B: 3');
    expect(redactHeaders(list)).toEqual(list);
  });
});

describe('an exchange in the report', () => {
  const report = (story: Story) => {
    const exchange = exchangeOf(story);
    return exchangeReportOf(exchange, diagnose(exchange, browserProfiles.chromium), browserProfiles.chromium);
  };
  const blocked = 'net::ERR_FAILED';

  it('of a request that passes', () => {
    expect(report({ hops: [{ answer: [200, 'Access-Control-Allow-Origin: *'] }] })).toEqual({
      id: '1', url: 'https://api.example/a', method: 'GET', type: 'xmlhttprequest', startedAt: 0, origin: app,
      mode: { value: 'cors', because: expect.any(String) }, credentials: { value: 'omit', because: expect.any(String) },
      preflight: null, redirects: [], response: { url: 'https://api.example/a', status: 200, fromCache: false, headers: [['Access-Control-Allow-Origin', '*']] },
      trial: null, outcome: 'allowed', basis: { value: 'observed', because: expect.any(String) }, error: null, otherErrors: [], failure: null, causes: [], risks: [], otherBrowser: null,
    });
  });

  it('of a preflight that refuses', () => {
    expect(report({ hops: [{ method: 'PUT', sent: null, preflight: { asks: 'x-a', answer: [204, 'Access-Control-Allow-Origin: *', 'Access-Control-Allow-Methods: PUT'] } }], end: blocked })).toMatchObject({
      outcome: 'blocked', response: null,
      preflight: {
        from: 'network', status: 204, requestHeaders: [['Origin', app], ['Access-Control-Request-Method', 'PUT'], ['Access-Control-Request-Headers', 'x-a']],
        responseHeaders: [['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Methods', 'PUT']],
      },
      error: { code: 'HeaderDisallowedByPreflightResponse', parameter: 'x-a', firefox: 'CORSMissingAllowHeaderFromPreflight', alternatives: ['PreflightWildcardOriginNotAllowed'] },
    });
  });

  it('of a cached preflight that was not seen', () => {
    expect(report({ hops: [{ method: 'PUT', preflight: 'cache', answer: [200, 'Access-Control-Allow-Origin: *'] }] }).preflight)
      .toEqual({ from: 'cache', status: null, requestHeaders: [], responseHeaders: [] });
  });

  it('of redirects: the hops before the last, and the last response', () => {
    const { url, redirects, response } = report({ hops: [
      { answer: [302, 'Access-Control-Allow-Origin: *', 'Location: /b'], to: 'https://api.example/b' },
      { url: 'https://api.example/b', answer: [301, 'Access-Control-Allow-Origin: *', 'Location: /c'], to: 'https://api.example/c' },
      { url: 'https://api.example/c', answer: [200, 'Access-Control-Allow-Origin: *'] },
    ] });
    expect({ url, redirects, last: response?.url }).toEqual({
      url: 'https://api.example/a', redirects: [{ url: 'https://api.example/a', status: 302 }, { url: 'https://api.example/b', status: 301 }], last: 'https://api.example/c',
    });
  });

  it('of a failure', () => {
    expect(report({ hops: [{ sent: null }], end: 'net::ERR_NAME_NOT_RESOLVED' })).toMatchObject({
      outcome: 'failed', error: null, failure: { kind: 'dns', netError: 'net::ERR_NAME_NOT_RESOLVED' }, causes: [{ id: 'dns', owner: 'network' }],
    });
  });

  const secret = 'topsecret';
  const leaks: readonly { readonly name: string; readonly story: Story }[] = [
    { name: 'its URL', story: { hops: [{ url: `https://me:${secret}@api.example/?token=${secret}`, answer: [200] }], end: blocked } },
    { name: 'the redirect of a preflight', story: { hops: [{ method: 'PUT', sent: null, preflight: { answer: [302, `Location: https://b.example/?token=${secret}`] } }], end: blocked } },
    { name: 'a redirect to a URL with a password', story: { hops: [{ answer: [302, 'Access-Control-Allow-Origin: *', `Location: https://me:${secret}@b.example/`] }], end: blocked } },
    { name: 'a redirect to another scheme', story: { hops: [{ answer: [302, 'Access-Control-Allow-Origin: *', `Location: foo:bar?access_token=${secret}`], to: `foo:bar?access_token=${secret}` }], end: 'unfollowed' } },
    { name: 'a URL that redirects to a login page', story: { hops: [{ url: `https://api.example/?token=${secret}`, answer: [302, 'Access-Control-Allow-Origin: *', 'Location: https://login.example/'], to: 'https://login.example/' }, { url: 'https://login.example/', sentOrigin: 'null', answer: [200] }], end: blocked } },
    { name: 'headers', story: { hops: [{ method: 'PUT', sent: [`Cookie: ${secret}`, `Authorization: ${secret}`], preflight: { answer: [204, 'Access-Control-Allow-Origin: *', 'Access-Control-Allow-Methods: PUT', `Set-Cookie: ${secret}`] }, answer: [200, `Set-Cookie: ${secret}`] }], end: blocked } },
  ];
  it.each(leaks)('tells no secret of $name', ({ story }) => {
    const text = JSON.stringify(report(story));
    expect(text).not.toContain(secret);
  });
});

it('is a plain object with the format, the browser and the page (the contract of the report)', () => {
  const report = reportOf({
    generator: 'cors-inspector 1.2.3', profile: { ...browserProfiles.chromium, name: 'chromium' }, browserVersion: '140.0', page: 'https://app.example/?token=x', exchanges: [exchangeOf({})], gaps: [{ from: 1, until: 2 }], dropped: 3,
  });
  expect(report).toMatchObject({
    format: 'cors-inspector', version: 1, generator: 'cors-inspector 1.2.3', browser: { name: 'chromium', version: '140.0' }, page: 'https://app.example/?token=(redacted)', gaps: [{ from: 1, until: 2 }], dropped: 3,
  });
  expect(report.exchanges).toHaveLength(1);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});
