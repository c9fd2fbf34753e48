import { describe, expect, it } from 'vitest';
import { guessServers, servers } from '../../src/explain/servers.ts';
import { recipes } from '../../src/recipes/recipes.ts';
import { exchangeOf } from './story.ts';

const guessesFor = (...lines: readonly string[]) =>
  guessServers(exchangeOf({ hops: [{ answer: [200, ...lines] }] })).map(({ server, certainty }) => `${server.name}, ${server.layer}, ${certainty}`);

describe('the server behind an origin', () => {
  it.each([
    ['the application before the proxy and the CDN', ['Server: cloudflare', 'Via: 1.1 Caddy', 'X-Powered-By: Express'], ['Express, application, likely', 'Caddy, server, likely', 'Cloudflare, cdn, likely']],
    ['a sure sign before a faint one', ['Server: nginx/1.27.2', 'Set-Cookie: connect.sid=s%3A1; Path=/'], ['nginx, server, likely', 'Express, application, possible']],
    ['both signs of one server', ['X-Powered-By: Express', 'Set-Cookie: connect.sid=1'], ['Express, application, likely']],
    ['a name that only begins the same', ['Server: Apache-Coyote/1.1'], ['Tomcat, application, likely']],
    ['a name within a name', ['Server: my-nginx'], []],
    ['no sign at all', ['Content-Type: text/html'], []],
  ] as const)('is guessed by %s', (_, lines, expected) => expect(guessesFor(...lines)).toEqual(expected));

  it('is guessed by a preflight that was refused', () => {
    const [guess] = guessServers(exchangeOf({ hops: [{ method: 'PUT', sent: null, preflight: { answer: [401, 'Server: Kestrel'] } }], end: 'net::ERR_FAILED' }));
    expect(guess?.server.fingerprint).toBe('kestrel');
  });

  it('never shows the value of a cookie', () => {
    const [guess] = guessServers(exchangeOf({ hops: [{ answer: [200, 'Set-Cookie: JSESSIONID=secret'] }] }));
    expect(JSON.stringify(guess?.seen)).not.toContain('secret');
  });

  it('is known by signs in lower case', () => {
    for (const { fingerprint, signs } of servers) {
      expect(fingerprint).toBe(fingerprint.toLowerCase());
      for (const [name, begins] of signs) expect([name, begins]).toEqual([name.toLowerCase(), begins.toLowerCase()]);
    }
  });

  it('has a recipe wherever a recipe has a fingerprint', () => {
    const unknown = recipes.filter(({ fingerprints }) => fingerprints.length > 0 && !servers.some(({ fingerprint }) => fingerprints.some((begins) => fingerprint.startsWith(begins))));
    expect(unknown.map(({ id }) => id), 'add a row with the fingerprint of each of these to src/explain/servers.ts').toEqual([]);
  });
});
