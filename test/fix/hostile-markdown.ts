import fc from 'fast-check';
import { type Token, type Tokens, lexer } from 'marked';

/** What a page or a server may put anywhere, to get out of its place in Markdown. */
export const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'`~*_[]()<>!#+-=|\\&;:.@/"\' \t\n\ra1', '```', 'www.', 'https://', '\u202e', '\u2066', '\u2028', '\u200b', '\u00a0', '\ud800', 'é'), maxLength: 40 }),
  fc.constantFrom(
    '```\n# Owned\n```', '`', '``', '```', '````', '~~~', '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '![x](https://evil.example/x.png)', '[x](javascript:alert(1))', '<https://evil.example>',
    'www.evil.example', 'https://evil.example/', 'me@evil.example', '@everyone', '#1', '1. x', '- x', '+ x', '> x', '# x', '===', '---', '***', '| a | b |', '[x]: https://evil.example', '&lt;b&gt;', '\\', '$$x$$', ':tada:',
    ' ', '  ', ' a ', '` `', '<!--', '-->', ']]>', '\n\n    code', 'x'.repeat(5000), '`'.repeat(5000),
  ),
);

/** Every token of a text as a Markdown parser of the dialect of GitHub sees it, also those within others. */
export function tokensOf(markdown: string): readonly Token[] {
  const all: Token[] = [];
  const walk = (tokens: readonly Token[]): void => tokens.forEach((token) => {
    all.push(token);
    if ('tokens' in token && token.tokens) walk(token.tokens);
    if (token.type === 'list') (token as Tokens.List).items.forEach((item) => walk(item.tokens));
  });
  walk(lexer(markdown));
  return all;
}
