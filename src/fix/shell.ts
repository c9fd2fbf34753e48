import { visible } from '../explain/visible.ts';

/**
 * The text as one word of a command. Single quotes hold everything but themselves; a backslash stands in double quotes,
 * because fish, unlike a POSIX shell, reads one in single quotes. What cannot be seen is written as its code point, so a
 * word never breaks a line. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02_02
 */
export const shellWord = (text: string): string =>
  `'${visible(text).replace(/['\\]/g, (character) => (character === '\\' ? `'"\\\\"'` : `'"'"'`))}'`;

/** A command that prints the lines. Comments would not do: a zsh at its prompt takes what follows a # for a command. */
export const printing = (...lines: readonly string[]): string => `printf '%s\\n' ${lines.map(shellWord).join(' \\\n  ')}`;
