import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import type { Exchange } from '../../src/exchange/exchange.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { redactions } from '../../src/explain/redact.ts';
import { visible } from '../../src/explain/visible.ts';
import { curlCheck } from '../../src/fix/curl-check.ts';
import { policyFor } from '../../src/fix/policy-for.ts';
import { respond } from '../../src/fix/respond.ts';
import { printing, shellWord } from '../../src/fix/shell.ts';
import { type Story, acah, acam, acao, actual, app, blocked, cookie, exchangeOf, named, preflight, redirected } from '../explain/story.ts';
import { type RawRequest, headerValue, startRawServer } from '../playground/raw-server.ts';
import { type CurlFolder, faultOf, hostile, inOneShell, makeCurlFolder, sh, shells, silently } from './hostile-shell.ts';

function checkOf(exchange: Exchange, secrets: keyof typeof redactions = 'redacted'): string {
  const diagnosis = diagnose(exchange, browserProfiles.chromium);
  if (!diagnosis.block) throw new Error(`The story is ${diagnosis.outcome}, not blocked.`);
  return curlCheck(diagnosis, diagnosis.block, redactions[secrets]);
}

let curl: CurlFolder;
beforeAll(async () => {
  curl = await makeCurlFolder();
});
afterAll(() => curl.remove());

describe('a word of the shell', () => {
  it.each(shells)('is the text and nothing else, whatever the text is, in %s', async (shell) => {
    const texts = fc.sample(hostile, 5000);
    const output = await inOneShell(texts.map((text) => `printf '%s\\n' ${shellWord(text)}\n`), '', shell);
    expect(output.split('\n').slice(0, -1)).toEqual(texts.map(visible));
  });

  it('is printed as it is, several lines at once', async () => {
    expect(await sh(printing("it's", '$HOME', '-n', '\\n'))).toBe("it's\n$HOME\n-n\n\\n\n");
  });
});

describe('the check with curl', () => {
  it('repeats the preflight and the request, and says what to look for', async () => {
    const script = checkOf(exchangeOf(preflight('PUT', 'content-type,x-id', 204, ...named, acam('PUT'), acah('content-type'))));
    expect(await curl.commandsOf(script)).toEqual([
      [...silently, '--request', 'OPTIONS', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', 'Access-Control-Request-Method: PUT', '--header', 'Access-Control-Request-Headers: content-type,x-id'],
      [...silently, '--request', 'PUT', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', 'content-type: (value)', '--header', 'x-id: (value)', '--data-raw', ''],
    ]);
    expect(await curl.saidBy(script)).toEqual([
      'Replace each (value) before you run this.',
      '1. The preflight, as the browser sends it', '   Blocked for: Preflight: x-id is not allowed',
      '   Repaired when the status is 200 to 299 and the answer has, perhaps in longer lists, these lines:',
      `   Access-Control-Allow-Origin: ${app}`, '   Access-Control-Allow-Credentials: true', '   Access-Control-Allow-Methods: PUT', '   Access-Control-Allow-Headers: content-type, x-id',
      '2. The request itself', '   Its body was not recorded: write it between the last quotes.', '   Repaired when the answer, whatever its status, has these lines:',
      `   Access-Control-Allow-Origin: ${app}`, '   Access-Control-Allow-Credentials: true', '',
    ]);
  });

  const rows: readonly (readonly [name: string, story: Story, commands: readonly (readonly string[])[]])[] = [
    ['a request without a preflight', actual([200], 'Sec-Fetch-Site: cross-site', 'User-Agent: x'), [['--request', 'GET', 'https://api.example/a', '--header', `Origin: ${app}`]]],
    ['secrets are left out', actual([200, acao('*')], cookie, 'Authorization: Bearer x', 'X-Api-Key: y'), [['--request', 'GET', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', 'Cookie: (redacted)', '--header', 'Authorization: (redacted)']]],
    ['a secret in the URL', { ...actual([200]), hops: [{ url: 'https://api.example/a?token=x&q=[1-9]', answer: [200] }] }, [['--request', 'GET', 'https://api.example/a?token=(redacted)&q=[1-9]', '--header', `Origin: ${app}`]]],
    ['a HEAD request', { hops: [{ method: 'HEAD', answer: [200] }], end: blocked }, [['--head', 'https://api.example/a', '--header', `Origin: ${app}`]]],
    ['an empty header', { hops: [{ method: 'PUT', sent: ['X-A:'], preflight: { asks: 'x-a', answer: [204, ...named, acam('PUT'), acah('x-a')] }, answer: [200] }], end: blocked }, [
      ['--request', 'OPTIONS', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', 'Access-Control-Request-Method: PUT', '--header', 'Access-Control-Request-Headers: x-a'],
      ['--request', 'PUT', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', 'X-A;', '--header', 'Content-Type:', '--data-raw', ''],
    ]],
    ['where a redirect leads, with the origin that is sent there', redirected('https://b.example/b', [200]), [['--request', 'GET', 'https://b.example/b', '--header', 'Origin: null']]],
    ['a method with a quote', preflight("A'B", undefined, 204, ...named), [
      ['--request', 'OPTIONS', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', "Access-Control-Request-Method: A'B"],
      ['--request', "A'B", 'https://api.example/a', '--header', `Origin: ${app}`],
    ]],
  ];
  const secretive: Exchange = exchangeOf({ hops: [{ url: 'https://api.example/a?token=x', sent: [cookie, 'Authorization: Bearer x'], answer: [200, acao('https://b.example/?token=y')] }], end: blocked });

  it('has the secrets in it where that is asked for', async () => {
    expect(await curl.commandsOf(checkOf(secretive, 'included'))).toEqual([
      [...silently, '--request', 'GET', 'https://api.example/a?token=x', '--header', `Origin: ${app}`, '--header', 'Cookie: a=b', '--header', 'Authorization: Bearer x'],
    ]);
    expect(checkOf(secretive, 'included')).toContain('token=y');
    expect(checkOf(exchangeOf(actual([200], `Cookie: ${'c'.repeat(4096)}`)), 'included')).toContain('c'.repeat(4096));
    expect(checkOf(secretive)).not.toMatch(/token=[xy]|a=b|Bearer/);
  });

  it.each([
    ['secrets that are left out', secretive, 'redacted', 'Replace each (redacted) before you run this.'],
    ['values that were not seen', exchangeOf(preflight('PUT', 'x-id', 204, ...named, acam('PUT'))), 'included', 'Replace each (value) before you run this.'],
    ['both', exchangeOf({ hops: [{ url: 'https://api.example/a?token=x', method: 'PUT', sent: null, preflight: { asks: 'x-id', answer: [204] } }], end: blocked }), 'redacted', 'Replace each (redacted) and each (value) before you run this.'],
    ['nothing', secretive, 'included', '1. The request itself'],
  ] as const)('says first what to replace: %s', async (_, exchange, secrets, first) => {
    expect((await curl.saidBy(checkOf(exchange, secrets)))[0]).toBe(first);
  });

  it('says that any origin does where no credentials are carried', () => {
    expect(checkOf(exchangeOf(actual([200], 'Sec-Fetch-Site: cross-site')))).toContain('has these lines (or * as the origin):');
  });

  it.each([
    ['a page without an origin', { ...actual([200]), origin: 'null' }, /Never allow null/],
    ['a response header as a request header', preflight('GET', 'access-control-allow-origin', 204, ...named), /Remove access-control-allow-origin from the client code/],
  ] as const)('promises no repair where no server should change: %s', (_, story, words) => {
    const script = checkOf(exchangeOf(story));
    expect(script).toMatch(words);
    expect(script).not.toMatch(/Repaired when|Access-Control-Allow-\w+: /);
  });

  it.each(rows)('repeats %s', async (_, story, commands) => {
    expect(await curl.commandsOf(checkOf(exchangeOf(story)))).toEqual(commands.map((words) => [...silently, ...words]));
  });

  /** One blocked preflight, with the texts wherever a page or a server can put one. */
  const hostileCheck = fc.record({ path: fc.webPath(), tail: hostile, origin: hostile, asks: hostile, method: hostile, value: hostile, allowed: hostile }).map(({ path, tail, origin, asks, method, value, allowed }) => checkOf({
    id: '1', type: 'xmlhttprequest', origin, startedAt: 0, end: { kind: 'error', at: 1, error: blocked },
    hops: [{
      url: `https://api.example${path}${tail}`, method, requestHeaders: null, scriptHeaderOrder: null, redirectedTo: null, response: null,
      preflight: {
        from: 'network', error: null, requestHeaders: [['Origin', origin], ['Access-Control-Request-Method', method], ['Access-Control-Request-Headers', asks], [value, value]],
        response: { status: 204, headers: [['Access-Control-Allow-Origin', allowed], [value, value]] },
      },
    }],
  }));

  it.each(shells)('runs nothing but curl and printf in %s, whatever the page and the server put into it', async (shell) => {
    const scripts = fc.sample(hostileCheck, 700);
    for (const script of scripts) expect(script).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\0-\x09\x0b-\x1f]/u);
    const commands = await curl.hostileCommandsOf(scripts, shell);
    expect(commands).toHaveLength(scripts.length * 2);
    for (const words of commands) expect(faultOf(words, /^https:\/\/api\.example/)).toBe('');
    expect(await curl.files()).toEqual(['curl']);
  });

  it('cuts what is very long, and says so', async () => {
    const names = Array.from({ length: 5000 }, (_, index) => `x-${index}`);
    const script = checkOf(exchangeOf(preflight('PUT', names.join(','), 204, ...named, acam('PUT'))));
    expect(script).toContain('Of 5,000 request headers only the first 100 are asked for here.');
    expect(script.length).toBeLessThan(20_000);
    const long = checkOf(exchangeOf({ hops: [{ url: `https://api.example/${'a'.repeat(1e6)}`, answer: [200, acao('x'.repeat(1e6))] }], end: blocked }));
    expect(long).toContain('more characters');
    expect(long.length).toBeLessThan(20_000);
  });
});

describe('against a real server, with the real curl', () => {
  const origin = 'http://localhost:3000';

  /** The lines under "Repaired when", for each answer, with whether the answer has them. */
  function verdicts(output: string): readonly boolean[] {
    const [, ...parts] = output.split(/^\d\. The .*$/m);
    return parts.map((part) => {
      const [answer = '', expected = ''] = part.split(/^ {3}Repaired when .*$/m);
      const lines = expected.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '');
      expect(lines.length).toBeGreaterThan(0);
      return lines.every((line) => answer.includes(`${line}\r\n`)) && (parts.length === 1 || part !== parts[0] || /^HTTP\/1\.1 2\d\d /m.test(answer));
    });
  }

  it('fails as the request did in the browser, and passes once the server follows the policy', async () => {
    let repaired: ReturnType<typeof policyFor> = null;
    const server = await startRawServer((request: RawRequest) => {
      const isPreflight = request.method === 'OPTIONS';
      const headers = repaired?.kind === 'policy'
        ? respond(repaired.policy, { origin: headerValue(request, 'origin') ?? null, isPreflight })
        : [['Access-Control-Allow-Origin', origin], ['Access-Control-Allow-Methods', 'GET']] as const;
      return { status: isPreflight ? 204 : 500, headers, body: isPreflight ? '' : 'broken' };
    });
    try {
      const exchange: Exchange = {
        id: '1', type: 'xmlhttprequest', origin, startedAt: 0, end: { kind: 'error', at: 1, error: blocked },
        hops: [{
          url: `http://127.0.0.1:${server.port}/items/[1]?q={a,b}'`, method: 'PUT', scriptHeaderOrder: null, redirectedTo: null, requestHeaders: null, response: null,
          preflight: {
            from: 'network', error: null, requestHeaders: [['Origin', origin], ['Access-Control-Request-Method', 'PUT'], ['Access-Control-Request-Headers', 'content-type,x-id']],
            response: { status: 204, headers: [['Access-Control-Allow-Origin', origin], ['Access-Control-Allow-Methods', 'GET']] },
          },
        }],
      };
      const script = checkOf(exchange);
      expect(verdicts(await sh(script))).toEqual([false, false]);
      expect(server.requests.map(({ method, target }) => `${method} ${target}`)).toEqual([`OPTIONS /items/[1]?q={a,b}'`, `PUT /items/[1]?q={a,b}'`]);
      expect(server.requests[0]?.headers).toEqual(expect.arrayContaining([['Origin', origin], ['Access-Control-Request-Method', 'PUT'], ['Access-Control-Request-Headers', 'content-type,x-id']]));
      expect(server.requests[1]?.headers.filter(([name]) => !/^(host|user-agent|accept|content-length)$/i.test(name))).toEqual([['Origin', origin], ['content-type', '(value)'], ['x-id', '(value)']]);

      repaired = policyFor(diagnose(exchange, browserProfiles.chromium));
      expect(repaired?.kind).toBe('policy');
      expect(verdicts(await sh(script))).toEqual([true, true]);
    } finally {
      await server.close();
    }
  });
});
