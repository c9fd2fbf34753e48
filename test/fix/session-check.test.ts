import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionCheck } from '../../src/fix/session-check.ts';
import { type Story, acao, actual, app, blocked, cookie, named, preflight } from '../explain/story.ts';
import { type CurlFolder, faultOf, hostile, makeCurlFolder, shells, silently } from './hostile-shell.ts';
import { hostileSession, sessionOfStories } from './session.ts';

let curl: CurlFolder;
beforeAll(async () => {
  curl = await makeCurlFolder();
});
afterAll(() => curl.remove());

const at = (url: string, { hops = [], ...story }: Story): Story => ({ ...story, hops: hops.map((hop) => ({ ...hop, url })) });
const missing = (url: string): Story => at(url, actual([200], 'Sec-Fetch-Site: cross-site'));
const times = (count: number, storyOf: (index: number) => Story): readonly Story[] => Array.from({ length: count }, (_, index) => storyOf(index));
const headingsIn = (lines: readonly string[]): readonly string[] => lines.filter((line) => line.startsWith('Check '));

describe('the script that checks a session', () => {
  it('repeats each cause at each server once, by its first request', async () => {
    const script = sessionCheck(sessionOfStories([
      preflight('PUT', 'x-id', 204, ...named, 'Access-Control-Allow-Methods: PUT'), ...times(10_000, (index) => missing(`https://api.example/${index}`)), missing('https://b.example/'),
      { hops: [{ sent: [cookie], answer: [200, ...named] }] }, { hops: [{ sent: null }], end: 'net::ERR_NAME_NOT_RESOLVED' },
    ]));
    expect(headingsIn(await curl.saidBy(script))).toEqual([
      `Check 1 of 3, at https://api.example: Allow the origin ${app}. It is for 10,000 requests.`,
      'Check 2 of 3, at https://api.example: Allow the request header x-id. It is for 1 request.',
      `Check 3 of 3, at https://b.example: Allow the origin ${app}. It is for 1 request.`,
    ]);
    expect(await curl.commandsOf(script, '--send-all')).toEqual([
      [...silently, '--request', 'GET', 'https://api.example/0', '--header', `Origin: ${app}`],
      [...silently, '--request', 'OPTIONS', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', 'Access-Control-Request-Method: PUT', '--header', 'Access-Control-Request-Headers: x-id'],
      [...silently, '--request', 'PUT', 'https://api.example/a', '--header', `Origin: ${app}`, '--header', 'x-id: (value)', '--header', 'Content-Type:', '--data-raw', ''],
      [...silently, '--request', 'GET', 'https://b.example/', '--header', `Origin: ${app}`],
    ]);
    expect(script.split('\n').slice(0, 2)).toEqual(['#!/bin/sh', '# Read this first: it really sends each request, those that may change something only if run with --send-all.']);
  });

  it.each(['GET', 'HEAD', 'OPTIONS', 'TRACE'])('sends %s, which changes nothing', async (method) => {
    const script = sessionCheck(sessionOfStories([preflight(method, 'x-id', 204)]));
    const sent = await curl.hostileCommandsOf([script], 'sh');
    expect(sent).toHaveLength(2);
    expect(await curl.hostileCommandsOf([script], 'sh', '--send-all')).toEqual(sent);
  });

  // Methods are case-sensitive: what a server makes of these nobody knows.
  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PURGE', 'get', 'Head', 'GET '])('sends the preflight alone for %j, until all is to be sent', async (method) => {
    const script = sessionCheck(sessionOfStories([preflight(method, 'x-id', 204)]));
    const [asking, sent, ...more] = await curl.hostileCommandsOf([script], 'sh', '--send-all');
    expect([asking?.slice(8, 10), sent?.slice(8, 10), more]).toEqual([['--request', 'OPTIONS'], ['--request', method], []]);
    for (const args of [[], [''], ['--send'], ['send-all'], ['--send-all '], ['-a', '--send-all'], ['!'], ['(']]) expect(await curl.hostileCommandsOf([script], 'sh', ...args), args.join(' ')).toEqual([asking]);
    const unsent = `   ${method} was not sent, because it may change something. To send it, run this with --send-all.`;
    expect((await curl.saidBy(script)).slice(-2)).toEqual([unsent, '']);
    expect(await curl.saidBy(script, '--send-all')).not.toContain(unsent);
  });

  it.each([
    ['nothing was recorded', [], ['Nothing that is shown was blocked by CORS, so there is nothing to check.', '']],
    ['nothing was blocked', [{ hops: [{ sent: [cookie], answer: [200, ...named] }] }], ['Nothing that is shown was blocked by CORS, so there is nothing to check.', '']],
    ['all of it was blocked in a trial', [{ ...missing('https://api.example/'), trial: 'changed' }], ['No request is to be checked.', '1 request that was blocked while headers were tried out in the browser is left out.', '']],
  ] as const)('says that there is nothing to check where %s', async (_, stories, said) => {
    const script = sessionCheck(sessionOfStories(stories));
    expect(await curl.commandsOf(script)).toEqual([]);
    expect(await curl.saidBy(script)).toEqual(said);
  });

  const secretive = [{ hops: [{ url: 'https://api.example/a?token=secret', sent: ['Cookie: a=secret', 'Authorization: Bearer secret'], answer: [200, acao('https://b.example/?token=secret')] }], end: blocked }] as const;

  it('leaves secrets out, and says what to replace', async () => {
    const script = sessionCheck(sessionOfStories(secretive));
    expect(script).not.toContain('secret');
    expect((await curl.saidBy(script))[0]).toBe('Replace each (redacted) before you run this.');
  });

  it('has the secrets in it where that is asked for, and says so', async () => {
    const script = sessionCheck(sessionOfStories(secretive, { secrets: 'included' }));
    expect(await curl.commandsOf(script)).toEqual([
      [...silently, '--request', 'GET', 'https://api.example/a?token=secret', '--header', `Origin: ${app}`, '--header', 'Cookie: a=secret', '--header', 'Authorization: Bearer secret'],
    ]);
    expect(script).toContain('# Secrets are in it');
    expect(script).not.toContain('Replace each');
  });

  it('asks a server no more than so often, and counts what is left out', async () => {
    const script = sessionCheck(sessionOfStories(times(500, (index) => preflight('PUT', `x-${index}`, 204, ...named, 'Access-Control-Allow-Methods: PUT'))));
    expect(await curl.hostileCommandsOf([script], 'sh')).toHaveLength(50);
    expect(await curl.hostileCommandsOf([script], 'sh', '--send-all')).toHaveLength(100);
    expect(script).toContain(`'450 more causes had no room here.'`);
    expect(script.length).toBeLessThan(100_000);
  });

  it.each(shells)('runs nothing but curl and printf in %s, whatever pages and servers put into it', async (shell) => {
    const seed = Date.now();
    // Longer ones are more than the system takes for one argument.
    const scripts = fc.sample(hostileSession(hostile), { numRuns: 300, seed }).map(sessionCheck).filter((script) => Buffer.byteLength(script) < 100_000);
    const at = `with the seed ${seed}`;
    for (const script of scripts) {
      expect(script, at).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\0-\x09\x0b-\x1f]/u);
      // No value stands in a comment, where a line break would be its end.
      expect(script.split('\n').filter((line) => /^\s*#/.test(line)).every((line) => /^#(!\/bin\/sh| [A-Z][a-z ,:-]+\.)$/.test(line)), at).toBe(true);
    }
    const commands = await curl.hostileCommandsOf(scripts, shell, '--send-all');
    expect(commands.length, at).toBe(scripts.reduce((sum, script) => sum + (script.match(/^curl /gm)?.length ?? 0), 0));
    const safe = commands.filter((words) => words[8] === '--head' || /^(GET|OPTIONS|TRACE)$/.test(words[9] ?? ''));
    expect(safe.length, at).toBeLessThan(commands.length);
    expect(await curl.hostileCommandsOf(scripts, shell), at).toEqual(safe);
    expect(commands.length, at).toBeGreaterThan(300);
    for (const words of commands) expect(faultOf(words, /^https:\/\/(api|b)\.example\//), at).toBe('');
    expect(await curl.files(), at).toEqual(['curl']);
  });
});
