import type { Language } from '../../../src/index.ts';

export interface Token {
  readonly text: string;
  readonly kind: 'comment' | 'string' | 'plain';
}

const slashes = /(?<comment>\/\/[^\n]*)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/g;
const hashes = /(?<comment>(?<=^|\s)#[^\n]*)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g;
const hashLines = /(?<comment>(?<=^|\n)\s*#[^\n]*)|(?<string>"(?:[^"\\]|\\.)*")/g;

/** How comments and strings are told. A language without comments has none to mark. */
const grammars: Readonly<Record<Language, RegExp>> = {
  apache: hashLines,
  caddyfile: hashes,
  csharp: slashes,
  go: slashes,
  haproxy: hashes,
  hcl: hashes,
  java: slashes,
  javascript: slashes,
  json: /(?<string>"(?:[^"\\]|\\.)*")/g,
  lighttpd: hashLines,
  nginx: /(?<comment>(?<=^|\s)#[^\n]*)|(?<string>"(?:[^"\\]|\\.)*")/g,
  // An attribute begins as a comment of PHP's does.
  php: /(?<comment>\/\/[^\n]*|#(?!\[)[^\n]*)|(?<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/g,
  python: hashes,
  ruby: hashes,
  // An apostrophe begins a lifetime, too.
  rust: /(?<comment>\/\/[^\n]*)|(?<string>"(?:[^"\\]|\\.)*")/g,
  shell: /(?<comment>(?<=^|\s)#[^\n]*)|(?<string>'[^']*')/g,
  toml: hashes,
  typescript: slashes,
  xml: /(?<comment><!--[^]*?-->)|(?<string>"[^"]*"|'[^']*')/g,
  yaml: hashes,
};

/** Comments and strings told apart for the eye; the tokens' texts together are the snippet. */
export function tokensOf(snippet: string, language: Language): readonly Token[] {
  const tokens: Token[] = [];
  let done = 0;
  for (const match of snippet.matchAll(grammars[language])) {
    if (match.index > done) tokens.push({ text: snippet.slice(done, match.index), kind: 'plain' });
    tokens.push({ text: match[0], kind: match.groups?.['comment'] === undefined ? 'string' : 'comment' });
    done = match.index + match[0].length;
  }
  if (done < snippet.length) tokens.push({ text: snippet.slice(done), kind: 'plain' });
  return tokens;
}
