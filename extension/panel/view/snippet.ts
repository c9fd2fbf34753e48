import type { Recipe } from '../../../src/index.ts';

export interface Token {
  readonly text: string;
  readonly kind: 'comment' | 'string' | 'plain';
}

const grammars: Readonly<Record<Recipe['language'], RegExp>> = {
  javascript: /(?<comment>\/\/[^\n]*)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`)/g,
  nginx: /(?<comment>(?<=^|\s)#[^\n]*)|(?<string>"(?:[^"\\]|\\.)*")/g,
  apache: /(?<comment>(?<=^|\n)\s*#[^\n]*)|(?<string>"(?:[^"\\]|\\.)*")/g,
};

/** Comments and strings told apart for the eye; the tokens' texts together are the snippet. */
export function tokensOf(snippet: string, language: Recipe['language']): readonly Token[] {
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
