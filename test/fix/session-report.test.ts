import fc from 'fast-check';
import { type Tokens, lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { corsErrors, mdnPage } from '../../src/explain/cors-errors.ts';
import { failures, readingAbout } from '../../src/explain/net-errors.ts';
import { corsErrorCodes } from '../../src/fetch/network-error.ts';
import { sessionReport } from '../../src/fix/session-report.ts';
import { type Story, acao, actual, app, cookie, exchangeOf, named, preflight, redirected } from '../explain/story.ts';
import { hostile, tokensOf } from './hostile-markdown.ts';
import { hostileSession, sessionOf, sessionOfStories } from './session.ts';

const headingsOf = (report: string): readonly string[] => tokensOf(report).filter((token): token is Tokens.Heading => token.type === 'heading').map(({ depth, text }) => `${'#'.repeat(depth)} ${text}`);
/** The items of the lists below the first heading that begins so, until the next heading. */
function itemsBelow(report: string, heading: string): readonly string[] {
  const tokens = lexer(report);
  const at = tokens.findIndex((token) => token.type === 'heading' && (token as Tokens.Heading).text.startsWith(heading));
  const next = tokens.findIndex((token, index) => index > at && token.type === 'heading');
  expect(at, heading).toBeGreaterThan(-1);
  return tokens.slice(at, next === -1 ? undefined : next).flatMap((token) => (token.type === 'list' ? (token as Tokens.List).items.map(({ text }) => text) : []));
}

const at = (url: string, { hops = [], ...story }: Story): Story => ({ ...story, hops: hops.map((hop) => ({ ...hop, url })) });
const anonymous = 'Sec-Fetch-Site: cross-site';
const missing = (path: string): Story => at(`https://api.example/${path}`, actual([200], anonymous));
const notResolved: Story = { hops: [{ url: 'https://apii.example/', sent: null }], end: 'net::ERR_NAME_NOT_RESOLVED' };
const times = (count: number, storyOf: (index: number) => Story): readonly Story[] => Array.from({ length: count }, (_, index) => storyOf(index));

/** Every address that a report of ours may hold outside of code. */
const ourLinks: ReadonlySet<string> = new Set([
  ...corsErrorCodes.flatMap((code) => [mdnPage(code), corsErrors[code].spec]),
  ...failures.map(readingAbout).flatMap(({ mdn, spec }) => [mdn, spec]),
  'https://developer.mozilla.org/en-US/docs/Web/API/Request/redirect', 'https://fetch.spec.whatwg.org/#concept-request-redirect-mode',
]);

describe('the report of a session', () => {
  it('says where it comes from, and counts', () => {
    const report = sessionReport(sessionOfStories([missing('a'), notResolved, { end: 'pending' }, { hops: [{ sent: [cookie], answer: [200, ...named] }] }]));
    expect(itemsBelow(report, 'CORS report')).toEqual([
      'Page: `https://app.example/`', 'Browser: Chrome `156.0.0.0`',
      'Requests to other origins: 4 (1 blocked by CORS, 1 failed for another reason, 1 under way, 1 allowed)', 'Secrets: left out', 'Written by: `cors-inspector 1.2.3`',
    ]);
  });

  it('tells each cause once, that of the most requests first, at each server', () => {
    const report = sessionReport(sessionOfStories([
      preflight('PUT', 'content-type,x-id', 204, ...named, 'Access-Control-Allow-Methods: PUT', 'Access-Control-Allow-Headers: content-type'),
      ...times(12, (index) => missing(String(index))), missing('0'), at('https://b.example/', actual([200])), notResolved,
    ]));
    expect(headingsOf(report)).toEqual([
      '# CORS report', '## `https://api.example`', `### Allow the origin \`${app}\``, '### Allow the request header x-id', '### What the server has to grant',
      '## `https://b.example`', `### Allow the origin \`${app}\``, '### What the server has to grant', '## `https://apii.example`', '### What is not CORS',
    ]);
    expect(report).toContain('14 requests: 14 blocked by CORS, 2 causes.');
    expect(report).toContain('1 request: 1 blocked by CORS, one cause.');
    expect(itemsBelow(report, 'Allow the origin')).toEqual([
      'To change: API server', expect.stringMatching(/^Name of the error: \[MissingAllowOriginHeader\]\(https:/), expect.stringMatching(/^The standard about it: <https:/),
      `From a page at: \`${app}\``, 'When: from `2026-11-20T09:00:01.000Z` to `2026-11-20T09:00:13.000Z`',
      '`GET https://api.example/0`, 2 times', ...[1, 2, 3, 4].map((path) => `\`GET https://api.example/${path}\``), '(and 7 more)',
    ]);
    expect(itemsBelow(report, 'Allow the request header')).toEqual(expect.arrayContaining(['Request: `PUT https://api.example/a`', 'When: `2026-11-20T09:00:00.000Z`']));
  });

  it('gives the least policy for all that was seen of the server, and what that leaves out', () => {
    const report = sessionReport(sessionOfStories([
      preflight('PUT', 'x-a', 204, ...named), { hops: [{ method: 'DELETE', sent: [cookie], preflight: { answer: [204, ...named, 'Access-Control-Allow-Methods: DELETE'] }, answer: [200, ...named] }] },
      redirected('https://api.example/b', [200]),
    ]));
    expect(itemsBelow(report, 'What the server has to grant')).toEqual([
      `Origins: \`${app}\``, 'Credentials: yes', 'Methods beside GET, HEAD and POST: `PUT`, `DELETE`', 'Request headers: `x-a`', 'Exposed response headers: none', 'Max age of a preflight\'s answer: 600 seconds',
      expect.stringMatching(/^`GET https:\/\/api\.example\/b`: The request has the origin null/),
    ]);
  });

  it('proposes no policy where none is the answer', () => {
    const report = sessionReport(sessionOfStories([preflight('GET', 'access-control-allow-origin', 204, ...named)]));
    expect(report).not.toContain('has to grant');
    expect(report).toContain('Remove access-control-allow-origin from the client code.');
  });

  it('says of what is not CORS that it is not', () => {
    const report = sessionReport(sessionOfStories([notResolved, notResolved]));
    expect(report).toContain('No CORS header would change this.\n\nThis is not CORS: the host name has no address.');
    expect(itemsBelow(report, 'What is not CORS')).toEqual(expect.arrayContaining(['To change: Network', 'Seen: `net::ERR_NAME_NOT_RESOLVED`', 'The standard about it: <https://fetch.spec.whatwg.org/#concept-http-network-fetch>', '`GET https://apii.example/`, 2 times']));
  });

  it('says what is not known', () => {
    const report = sessionReport(sessionOfStories([{ end: 'untold' }, { end: 'unseen' }, { end: 'pending' }, { ...missing('a'), trial: 'changed' }], {
      gaps: [{ from: 0, until: 1 }, { from: 1000, until: 2000 }], dropped: 12_345, notes: ['Firefox wrote it. It does not tell how a request ended.'],
    }));
    const [, below = ''] = report.split('## What is not known\n');
    for (const words of [
      'The file does not tell what became of this request', 'For a while nothing was heard of the network', '1 request was still under way.', '1 request was blocked while headers were tried out in this browser.',
      'From `1970-01-01T00:00:01.000Z` until `1970-01-01T00:00:02.000Z` nothing was heard of the network, and once before.', '12,345 earlier requests made room', 'Firefox wrote it.',
    ]) expect(below).toContain(words);
    expect(headingsOf(report)).toEqual(['# CORS report', '## What is not known']);
  });

  it('says what else the reason may be where nothing shows which it is', () => {
    const report = sessionReport(sessionOfStories([preflight('PUT', undefined, 204, acao(app))]));
    expect(report).toMatch(/It may also be \[\w+\]\(https:\/\/developer\.mozilla\.org\S+\), if the request carries credentials\./);
  });

  it.each([[[]], [[{ hops: [{ sent: [cookie], answer: [200, ...named] }] }]]] as const)('says that nothing was blocked', (stories) => {
    expect(sessionReport(sessionOfStories(stories))).toContain('Nothing that was seen was blocked by CORS, and nothing failed.');
  });

  const url = 'https://me:secret@api.example/a?token=secret';
  const secretive = [
    at(url, actual([200, acao('https://b.example/?token=secret'), 'Set-Cookie: a=secret'], 'Cookie: a=secret', 'Authorization: Bearer secret')),
    at(url, preflight('PUT', 'x-a', 302, ...named, 'Location: https://me:secret@b.example/?token=secret')),
    at(url, notResolved), at(url, { end: 'untold' }),
  ];

  it('leaves secrets out, unless they are asked for', () => {
    const report = (secrets: 'redacted' | 'included') => sessionReport(sessionOfStories(secretive, { page: 'https://app.example/?token=secret', secrets }));
    expect(report('redacted')).not.toContain('secret');
    expect(report('redacted')).toContain('- Secrets: left out');
    expect(report('included')).toContain(`\`GET ${url}\``);
    expect(report('included')).toContain('Page: `https://app.example/?token=secret`');
    expect(report('included')).toContain('- Secrets: included');
  });

  it('keeps its outline whatever a page and a server put into it', () => {
    const headings = /^(CORS report|What is not (CORS|known)|What the server has to grant|`.*`|[A-Z].*)$/s;
    fc.assert(fc.property(hostileSession(hostile), (source) => {
      const report = sessionReport(source);
      const tokens = tokensOf(report);
      for (const { type } of tokens) expect(type).toBeOneOf(['heading', 'paragraph', 'list', 'list_item', 'code', 'text', 'codespan', 'link', 'space']);
      for (const { href } of tokens.filter((token): token is Tokens.Link => token.type === 'link')) expect(ourLinks).toContain(href);
      const [title, ...rest] = tokens.filter((token): token is Tokens.Heading => token.type === 'heading');
      expect(title?.text).toBe('CORS report');
      for (const { depth, text } of rest) {
        expect(depth).toBeOneOf([2, 3]);
        expect(text).toMatch(headings);
      }
      // What a page or a server says stands in code, so outside of it there are our own words alone.
      const outside = tokens.filter((token) => token.type === 'text' && !('tokens' in token) && !ourLinks.has(token.raw)).map(({ raw }) => raw).join(' ');
      expect(outside).not.toMatch(/[<>[\]`*_@#|\\]|https?:|www\.\w/);
      expect(report).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\0-\x08\x0b-\x1f]/u);
    }), { numRuns: 1500 });
  });

  it('stays short however much there is', () => {
    const long = 'x'.repeat(10_000);
    const alike = sessionOf(Array.from({ length: 50_000 }, (_, index) => exchangeOf(missing(String(index)))));
    expect(sessionReport(alike).length).toBeLessThan(3000);
    expect(sessionReport(alike)).toContain('(and 49,995 more)');
    const servers = sessionReport(sessionOfStories(times(500, (index) => at(`https://api-${index}.example/${long}`, actual([200])))));
    expect(servers).toContain('480 more servers had no room here: 480 of their requests were blocked by CORS, and 0 failed for another reason.');
    expect(servers.length).toBeLessThan(60_000);
    const causes = sessionReport(sessionOfStories(times(500, (index) => preflight('PUT', `x-${index}`, 204, ...named, 'Access-Control-Allow-Methods: PUT'))));
    expect(causes).toContain('490 more causes, of 490 requests, had no room here.');
    expect(causes.length).toBeLessThan(20_000);
    const hostiles = sessionReport(sessionOfStories(times(500, (index) => ({ ...at(`https://api-${index % 50}.example/${long}`, actual([200, acao(long)], `${long}: ${long}`)), origin: `${long}${index}` }))));
    expect(hostiles.length).toBeLessThan(3_000_000);
  });
});
