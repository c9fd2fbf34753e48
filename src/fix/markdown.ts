import { shorten, visible } from '../explain/visible.ts';

/**
 * Markdown that a value of a page's or a server's cannot leave: what is not plain prose stands in code, and code is fenced
 * by more backticks than it holds. https://spec.commonmark.org/0.31.2/#code-spans
 */

const longestSpan = 500;

/** A value in running text. */
export function code(text: string): string {
  const shown = visible(shorten(text, longestSpan));
  if (shown === '') return '(empty)';
  const fence = '`'.repeat(longestRun(shown) + 1);
  // A parser takes one space off either end of what is not blank, if there is one at both, and reads a backtick there as part of the fence.
  const padding = /^`|`$/.test(shown) || (shown.trim() !== '' && shown.startsWith(' ') && shown.endsWith(' ')) ? ' ' : '';
  return `${fence}${padding}${shown}${padding}${fence}`;
}

/** A block of lines; tabs stay. */
export function fenced(text: string, language: string): string {
  const shown = text.replace(/\n$/, '').replace(/[^\n\t]+/g, visible);
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1));
  return `${fence}${language}\n${shown}\n${fence}`;
}

const longestRun = (text: string): number => (text.match(/`+/g) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0);

/** A word that is no markup, no link, no mention and no reference in any dialect. */
const plain = /^[A-Za-z0-9][A-Za-z0-9'’-]*$/;
const separators: ReadonlySet<string> = new Set(['·', '→', '–', '…', '✓', '✗']);
const word = /^([("“]*)(.*?)([)"”.,:;!?]*)$/;

/** Sentences of ours with values of theirs in them, as one line: each word that is not plain prose becomes code. */
export const prose = (text: string): string =>
  shorten(text, longestProse).split(/[ \n]+/).filter((part) => part !== '').map((part, index) => {
    const [, before = '', core = part, after = ''] = part.length > longestWord ? [] : word.exec(part) ?? [];
    // At the beginning of a line a number or a dash may begin a list.
    const isPlain = core === '' || (index === 0 ? plain.test(core) && !/^\d/.test(core) : plain.test(core) || separators.has(core));
    return isPlain ? part : `${before}${code(core)}${after}`;
  }).join(' ');

const longestProse = 2000;
const longestWord = 200;
