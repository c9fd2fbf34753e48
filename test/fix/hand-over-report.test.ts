import fc from 'fast-check';
import { type Tokens, lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import type { Exchange } from '../../src/exchange/exchange.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { corsErrors, mdnPage } from '../../src/explain/cors-errors.ts';
import { visible } from '../../src/explain/visible.ts';
import { type Proposal, handOverReport } from '../../src/fix/hand-over-report.ts';
import { code, fenced, prose } from '../../src/fix/markdown.ts';
import { policyFor } from '../../src/fix/policy-for.ts';
import { nginx } from '../../src/recipes/nginx.ts';
import { type Story, acao, actual, app, blocked, cookie, exchangeOf, named, preflight } from '../explain/story.ts';
import { hostile, tokensOf } from './hostile-markdown.ts';

describe('a value in running text', () => {
  it('is code and nothing else, whatever it is', () => {
    fc.assert(fc.property(hostile.filter((text) => text !== '' && text.length <= 500), (text) => {
      const [paragraph, ...rest] = lexer(`Before ${code(text)} after`);
      expect(rest).toEqual([]);
      const inline = (paragraph as Tokens.Paragraph).tokens;
      expect(inline.map(({ type }) => type)).toEqual(['text', 'codespan', 'text']);
      expect((inline[1] as Tokens.Codespan).text).toBe(visible(text));
    }), { numRuns: 5000 });
  });

  it('is named where there is none', () => expect(code('')).toBe('(empty)'));
});

describe('a block', () => {
  it('holds its lines and nothing else, whatever they are', () => {
    fc.assert(fc.property(hostile, (text) => {
      const blocks = lexer(`${fenced(text, 'nginx')}\n\nAfter\n`).filter(({ type }) => type !== 'space');
      expect(blocks.map(({ type }) => type)).toEqual(['code', 'paragraph']);
      expect((blocks[0] as Tokens.Code).lang).toBe('nginx');
      // The parser takes the tabs of a block for four blanks each, and drops the blank lines at its end.
      const plain = (lines: string): string => lines.replaceAll('\t', '    ').replace(/\n+$/, '');
      expect(plain((blocks[0] as Tokens.Code).text)).toBe(plain(text.replace(/[^\n\t]+/g, visible)));
    }), { numRuns: 5000 });
  });
});

describe('a sentence', () => {
  it.each([
    ['Allow the request header x-cart-id', 'Allow the request header x-cart-id'],
    ['The page at https://a.example asked, and b.example answered.', 'The page at `https://a.example` asked, and `b.example` answered.'],
    ['It allows *.', 'It allows `*`.'],
    ['1. is a header', '`1`. is a header'],
    ['Seen: Status 204 · Access-Control-Allow-Origin: *', 'Seen: Status 204 · Access-Control-Allow-Origin: `*`'],
    ['Ask @all (see #1).', 'Ask `@all` (see `#1`).'],
  ])('%s', (text, expected) => expect(prose(text)).toBe(expected));

  it('is one paragraph of text and code, whatever is in it', () => {
    fc.assert(fc.property(fc.array(fc.oneof(hostile, fc.constantFrom('The page', 'allows', 'it.')), { minLength: 1, maxLength: 6 }), (parts) => {
      const text = prose(parts.join(' '));
      fc.pre(text !== '');
      const blocks = lexer(text);
      expect(blocks.map(({ type }) => type)).toEqual(['paragraph']);
      for (const { type } of (blocks[0] as Tokens.Paragraph).tokens) expect(type).toBeOneOf(['text', 'codespan']);
    }), { numRuns: 5000 });
  });
});

function reportOf(exchange: Exchange, when = '2026-11-22T18:00:00Z'): string {
  const diagnosis = diagnose(exchange, browserProfiles.chromium);
  const { block } = diagnosis;
  if (!block) throw new Error(`The story is ${diagnosis.outcome}, not blocked.`);
  const fix = policyFor(diagnosis);
  const rendered = fix?.kind === 'policy' ? nginx.render(fix.policy) : null;
  const proposal: Proposal | null = fix?.kind !== 'policy' ? null
    : { policy: fix.policy, configuration: rendered?.ok ? { server: nginx.title, where: nginx.where, pitfall: nginx.pitfall, docs: nginx.docs, language: nginx.language, snippet: rendered.snippet } : null };
  return handOverReport(diagnosis, block, proposal, when);
}

const story: Story = { hops: [{ method: 'PUT', sent: null, preflight: { asks: 'content-type,x-id', answer: [204, ...named, 'Access-Control-Allow-Methods: PUT', 'Access-Control-Allow-Headers: content-type', 'Set-Cookie: session=1'] } }], end: blocked };

describe('the report for whoever owns the server', () => {
  it('says what happened, what to configure and how to check it', () => {
    const report = reportOf(exchangeOf(story));
    const headings = tokensOf(report).filter((token): token is Tokens.Heading => token.type === 'heading').map(({ text }) => text);
    expect(headings).toEqual(['Allow the request header x-id', 'What was sent, and what came back', 'What the server has to grant', 'Configuration for nginx', 'How to check it']);
    const blocks = tokensOf(report).filter((token): token is Tokens.Code => token.type === 'code');
    expect(blocks.map(({ lang }) => lang)).toEqual(['', 'nginx', 'sh']);
    expect(blocks[0]?.text).toBe([
      'OPTIONS https://api.example/a', `Origin: ${app}`, 'Access-Control-Request-Method: PUT', 'Access-Control-Request-Headers: content-type,x-id', '',
      'Status 204', `Access-Control-Allow-Origin: ${app}`, 'Access-Control-Allow-Credentials: true', 'Vary: Origin', 'Access-Control-Allow-Methods: PUT', 'Access-Control-Allow-Headers: content-type', 'Set-Cookie: (redacted)',
    ].join('\n'));
    expect(report).toContain('- Request headers: `content-type`, `x-id`');
    expect(report).toContain('- When: `2026-11-22T18:00:00Z`');
  });

  it('links to the standard, to MDN and to the server\'s documentation, and nowhere else', () => {
    const links = tokensOf(reportOf(exchangeOf(story))).filter((token): token is Tokens.Link => token.type === 'link').map(({ href }) => href);
    expect(links).toEqual([mdnPage('HeaderDisallowedByPreflightResponse'), corsErrors.HeaderDisallowedByPreflightResponse.spec, nginx.docs]);
  });

  it('leaves secrets out', () => {
    const report = reportOf(exchangeOf(actual([200, acao('*'), 'Set-Cookie: session=secret'], cookie, 'Authorization: Bearer secret')));
    expect(report).not.toMatch(/secret|a=b/);
    expect(report).toContain('Authorization: (redacted)');
    expect(reportOf(exchangeOf(preflight('PUT', undefined, 302, ...named, 'Location: https://me:secret@b.example/?token=secret')))).not.toContain('secret');
  });

  it('proposes nothing where no policy is the answer', () => {
    const report = reportOf(exchangeOf(preflight('GET', 'access-control-allow-origin', 204, ...named)));
    expect(report).not.toContain('has to grant');
    expect(report).toContain('How to check it');
  });

  it('has the same outline whatever a page and a server put into it', () => {
    const outline = (markdown: string): readonly string[] => tokensOf(markdown).filter(({ type }) => !['text', 'codespan', 'space'].includes(type)).map((token) => `${token.type}${token.type === 'link' ? ` ${(token as Tokens.Link).href}` : ''}`);
    const expected = ['heading', 'paragraph', 'paragraph', 'paragraph', 'list'];
    fc.assert(fc.property(fc.record({ tail: hostile, origin: hostile, allowed: hostile, asks: hostile, method: hostile, value: hostile }), ({ tail, origin, allowed, asks, method, value }) => {
      const report = reportOf({
        id: '1', type: 'xmlhttprequest', origin, startedAt: 0, end: { kind: 'error', at: 1, error: blocked },
        hops: [{
          url: `https://api.example/${tail}`, method, requestHeaders: null, scriptHeaderOrder: null, redirectedTo: null, response: null,
          preflight: {
            from: 'network', error: null, requestHeaders: [['Origin', origin], ['Access-Control-Request-Method', method], ['Access-Control-Request-Headers', asks], [value, value]],
            response: { status: 404, headers: [['Access-Control-Allow-Origin', allowed], [value, value], ['Location', value]] },
          },
        }],
      }, value);
      const found = outline(report);
      expect(found.slice(0, expected.length)).toEqual(expected);
      for (const entry of found) expect(entry).toMatch(/^(heading|paragraph|list|list_item|code|link https:\/\/(developer\.mozilla\.org|fetch\.spec\.whatwg\.org|nginx\.org)\/.*)$/);
      expect(found.filter((entry) => entry === 'code').length).toBeOneOf([2, 3]);
      expect(report).not.toMatch(/[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\0-\x08\x0b-\x1f]/u);
    }), { numRuns: 1500 });
  });

  it('stays short whatever is long', () => {
    const long = 'x'.repeat(1e6);
    const headers = Array.from({ length: 10_000 }, (_, index) => `X-${index}: ${long.slice(0, 2000)}`);
    expect(reportOf(exchangeOf(actual([200, acao(long), ...headers], `X-A: ${long}`))).length).toBeLessThan(200_000);
    expect(reportOf(exchangeOf(preflight('PUT', Array.from({ length: 10_000 }, (_, index) => `x-${index}`).join(','), 204, ...named))).length).toBeLessThan(300_000);
  });
});
