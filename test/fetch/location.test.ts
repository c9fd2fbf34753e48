import { describe, expect, it } from 'vitest';
import { browserProfiles, chromium, firefox, standard } from '../../src/fetch/browser-profile.ts';
import { checkLocation, isHttpUrl, isRefusedUnread, locationUrl } from '../../src/fetch/location.ts';
import { headers } from '../header-text.ts';

const requestUrl = 'https://api.example/v1/items?page=2';

describe('the location URL', () => {
  const source = 'https://fetch.spec.whatwg.org/#concept-response-location-url';
  const rows = [
    { name: 'an absolute URL', status: 302, list: headers('Location: https://b.example/x'), url: 'https://b.example/x', source },
    { name: 'a path', status: 301, list: headers('location: /login'), url: 'https://api.example/login', source },
    { name: 'a relative path', status: 303, list: headers('Location: next'), url: 'https://api.example/v1/next', source },
    { name: 'another host with the same scheme', status: 307, list: headers('Location: //b.example/'), url: 'https://b.example/', source },
    { name: 'a query alone', status: 308, list: headers('Location: ?page=3'), url: 'https://api.example/v1/items?page=3', source },
    { name: 'white space around it', status: 302, list: headers('Location: \t/login '), url: 'https://api.example/login', source },
    { name: 'another scheme', status: 302, list: headers('Location: data:,x'), url: 'data:,x', source },
    { name: 'no Location', status: 302, list: headers(), url: null, source },
    { name: 'an empty Location', status: 302, list: headers('Location:'), url: requestUrl, chromium: null, source: 'measured in Chromium and Firefox' },
    { name: 'a Location that is no URL', status: 302, list: headers('Location: http://'), url: null, source },
    { name: 'a status that is no redirect', status: 201, list: headers('Location: /items/1'), url: null, source },
    { name: '304', status: 304, list: headers('Location: /items/1'), url: null, source },
    { name: '300', status: 300, list: headers('Location: /items/1'), url: null, source },
  ];
  it.each(rows)('$name ($source)', ({ status, list, url, chromium = url }) => {
    for (const [name, profile] of Object.entries(browserProfiles)) {
      expect(locationUrl({ status, headers: list }, requestUrl, profile), name).toBe(name === 'chromium' ? chromium : url);
    }
  });
});

describe('judging it', () => {
  const source = 'https://fetch.spec.whatwg.org/#http-redirect-fetch';
  const wpt = 'cors/redirect-userinfo.htm';
  const rows = [
    { name: 'https', location: 'https://b.example/', codes: [], source },
    { name: 'http', location: 'http://b.example/', codes: [], source },
    { name: 'an @ in the path', location: 'https://b.example/me:pw@x', codes: [], source },
    { name: 'an empty user name', location: 'https://@b.example/', codes: [], source: wpt },
    { name: 'an empty user name and password', location: 'https://:@b.example/', codes: [], source },
    { name: 'a user name', location: 'https://me@b.example/', codes: ['RedirectContainsCredentials'], source: wpt },
    { name: 'a password', location: 'https://:pw@b.example/', codes: ['RedirectContainsCredentials'], source: wpt },
    { name: 'both', location: 'https://me:pw@b.example/', codes: ['RedirectContainsCredentials'], source: wpt },
    { name: 'data:', location: 'data:,x', codes: ['CorsDisabledScheme'], source },
    { name: 'about:blank', location: 'about:blank', codes: ['CorsDisabledScheme'], source },
    { name: 'ftp, with a user name', location: 'ftp://me@b.example/', codes: ['RedirectContainsCredentials', 'CorsDisabledScheme'], source },
    { name: 'wss', location: 'wss://b.example/', codes: ['CorsDisabledScheme'], source },
  ] as const;
  it.each(['data:,x', 'about:blank', 'blob:x', 'file:///x'])('%s fails in Chromium before CORS looks at it (measured)', (location) => {
    expect(checkLocation(location, chromium).flatMap((step) => step.errors)).toEqual([]);
  });
  it.each(['data:,x', 'blob:x', 'file:///x', 'javascript:1', 'ws://b.example/', 'view-source:x', 'chrome://x', 'moz-extension://x'])('%s fails in Firefox before CORS looks at it (measured)', (location) => {
    expect(checkLocation(location, firefox).flatMap((step) => step.errors)).toEqual([]);
  });
  it.each(['ftp://b.example/', 'about:blank', 'mailto:a@b.example', 'x:y', 'chrome-extension://x'])('%s is refused by Firefox by name (measured)', (location) => {
    expect(checkLocation(location, firefox).flatMap((step) => step.errors).map(({ code }) => code)).toEqual(['CorsDisabledScheme']);
  });
  it.each(rows)('$name ($source)', ({ location, codes }) => {
    const steps = checkLocation(location, standard);
    expect(steps.map(({ id }) => id)).toEqual(['redirect-credentials', 'redirect-scheme']);
    const errors = steps.flatMap((step) => step.errors);
    expect(errors.map(({ code }) => code)).toEqual(codes);
    for (const error of errors) expect(error).toMatchObject({ parameter: '', header: 'Location', found: location });
  });
});

describe('a redirect that is refused unread', () => {
  const rows = [
    { name: 'none', lines: [], refused: [] },
    { name: 'a URL', lines: ['Location: /b'], refused: [] },
    { name: 'an empty one', lines: ['Location:'], refused: [] },
    { name: 'what is no URL', lines: ['Location: http://'], refused: ['chromium', 'firefox'] },
    { name: 'data:', lines: ['Location: data:,x'], refused: ['firefox'] },
    { name: 'ftp:', lines: ['Location: ftp://b.example/'], refused: [] },
  ] as const;
  it.each(rows)('$name (measured)', ({ lines, refused }) => {
    const response = { status: 302, headers: headers(...lines) };
    expect([standard, chromium, firefox].filter((profile) => isRefusedUnread(response, 'https://a.example/', profile)).map(({ name }) => name)).toEqual(refused);
    expect(isRefusedUnread({ ...response, status: 200 }, 'https://a.example/', firefox)).toBe(false);
  });
});

describe('an HTTP(S) scheme', () => {
  const source = 'https://fetch.spec.whatwg.org/#http-scheme';
  const rows = [
    { url: 'http://a.example', expected: true, source },
    { url: 'HTTPS://a.example', expected: true, source },
    { url: 'httpsx://a.example', expected: false, source },
    { url: 'blob:https://a.example/0f', expected: false, source },
    { url: 'ws://a.example', expected: false, source },
    { url: '//a.example', expected: false, source },
    { url: '', expected: false, source },
  ] as const;
  it.each(rows)('"$url": $expected ($source)', ({ url, expected }) => {
    expect(isHttpUrl(url)).toBe(expected);
  });
});
