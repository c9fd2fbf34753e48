import { allowHeaders, allowMethods, allowOrigin, answer, noContent, ok, varyOrigin, type Entry, type Origins, type Theme } from '../entry.ts';

export const onlySeemsSoTheme: Theme = {
  title: 'What only seems to be CORS, or only seems to work',
  entries: (at) => [
    {
      id: 'server-error-without-headers',
      title: 'A 500 that looks like CORS',
      explanation: 'The preflight passed, then the server crashed, and its error page has no CORS headers: repair the crash first.',
      request: { kind: 'fetch', method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: '{}' },
      preflight: noContent(allowOrigin(at.app), allowMethods('PUT'), allowHeaders('content-type'), varyOrigin),
      response: answer(500),
      expect: { outcome: 'blocked', code: 'MissingAllowOriginHeader', firefox: 'CORSMissingAllowOrigin', preflight: 'network', cause: 'error-response' },
    },
    {
      id: 'bad-gateway-without-headers',
      title: 'A 502 that looks like CORS',
      explanation: 'The proxy answers in place of an application that is down, without the headers the application would have set.',
      request: { kind: 'fetch' },
      response: { status: 502, headers: [['Server', 'nginx'], ['Content-Type', 'text/html']], body: '<h1>502 Bad Gateway</h1>' },
      expect: { outcome: 'blocked', code: 'MissingAllowOriginHeader', firefox: 'CORSMissingAllowOrigin', cause: 'gateway-error' },
    },
    {
      id: 'readable-401',
      title: 'A 401 that CORS has nothing to do with',
      explanation: 'The headers are right, so the script can read that it is not logged in.',
      request: { kind: 'fetch' },
      response: answer(401, allowOrigin(at.app), varyOrigin),
      expect: { outcome: 'allowed' },
    },
    {
      id: 'opaque-response',
      title: '`mode: \'no-cors\'` does not help',
      explanation: 'The promise is fulfilled, but with an opaque response: status 0, no headers, no body.',
      request: { kind: 'fetch', mode: 'no-cors' },
      response: { status: 200, headers: [['Content-Type', 'text/plain']], body: 'hello' },
      expect: { outcome: 'allowed', page: 'opaque', mode: 'no-cors' },
    },
    {
      id: 'header-not-exposed',
      title: 'A response header is there, but hidden',
      explanation: 'The Network panel shows `x-total-count`; the script gets null, because the server does not expose it.',
      request: { kind: 'fetch', reads: 'X-Total-Count' },
      response: ok(allowOrigin(at.app), ['X-Total-Count', '7'], varyOrigin),
      expect: { outcome: 'allowed', page: 'header hidden' },
    },
    {
      id: 'connection-refused',
      title: 'Nobody listens',
      explanation: 'The script gets the same TypeError as from CORS, but the server is not running at all.',
      request: { kind: 'fetch', to: 'closed' },
      response: ok(),
      expect: { outcome: 'failed', netError: 'net::ERR_CONNECTION_REFUSED', cause: 'refused' },
    },
    {
      id: 'connection-dropped',
      title: 'The connection is dropped',
      explanation: 'The server hung up without an answer, so there was nothing that CORS could have judged.',
      request: { kind: 'fetch' },
      response: 'drop',
      expect: { outcome: 'failed', netError: 'net::ERR_CONNECTION_RESET', cause: 'reset' },
    },
    {
      id: 'preflight-dropped',
      title: 'The connection is dropped on the preflight',
      explanation: 'A firewall that knows no OPTIONS hangs up; the request behind the preflight is never sent.',
      request: { kind: 'fetch', method: 'PUT' },
      preflight: 'drop',
      response: ok(allowOrigin(at.app), varyOrigin),
      expect: { outcome: 'failed', netError: 'net::ERR_CONNECTION_RESET', preflight: 'network', cause: 'reset' },
    },
    abortedByThePage(at),
    {
      id: 'blocked-by-resource-policy',
      title: 'An image kept back by Cross-Origin-Resource-Policy',
      explanation: 'The image is loaded without CORS, and another header of its server forbids other sites to embed it.',
      request: { kind: 'image', to: 'crossSiteApi', withoutCrossorigin: true },
      response: { status: 200, headers: [['Content-Type', 'image/svg+xml'], ['Cross-Origin-Resource-Policy', 'same-origin']], body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      expect: { outcome: 'failed', mode: 'no-cors', netError: 'net::ERR_BLOCKED_BY_RESPONSE', cause: 'cross-origin-policy' },
    },
  ],
};

/** Given up before it is sent, it would be no request to webRequest, though one to Firefox's network tool: its arrival is waited for. */
function abortedByThePage({ app }: Origins): Entry {
  let arrived = 0;
  /** Either may be first: who waits, or what is waited for. */
  const waiting: (() => void)[] = [];
  const tell = (): void => {
    for (; arrived > 0 && waiting.length > 0; arrived -= 1) waiting.shift()?.();
  };
  return {
    id: 'aborted-by-the-page',
    title: 'The page gives up',
    explanation: 'The script itself aborted the request before the answer came: no CORS failure, only impatience.',
    request: { kind: 'fetch', abortAfter: `${app}/aborted-by-the-page/then` },
    response: () => {
      arrived += 1;
      tell();
      return new Promise(() => {});
    },
    then: {
      response: () => new Promise((resolve) => {
        waiting.push(() => resolve(noContent()));
        tell();
      }),
    },
    expect: { outcome: 'failed', page: 'aborted', netError: 'net::ERR_ABORTED', cause: 'aborted' },
  };
}
