import type { Header, HeaderList } from '../src/fetch/header-list.ts';

/**
 * A header list as it stands in a message: one line each. The value is all that follows the first `: `, so that white
 * space around it can be written down.
 */
export const headers = (...lines: readonly string[]): HeaderList => lines.map((line): Header => {
  const colon = line.indexOf(':');
  if (colon === -1) throw new Error(`Write the header "${line}" as name: value.`);
  return [line.slice(0, colon), line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1))];
});
