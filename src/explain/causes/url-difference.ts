/** What is different in the URL that a redirect names, in words: "has https instead of http". */
export function urlDifference(from: string, to: string): string {
  const [a, b] = [new URL(from), new URL(to)];
  const differences: string[] = [];
  if (a.protocol !== b.protocol) differences.push(`has ${b.protocol.slice(0, -1)} instead of ${a.protocol.slice(0, -1)}`);
  if (b.hostname === `www.${a.hostname}`) differences.push('begins with www');
  else if (a.hostname === `www.${b.hostname}`) differences.push('begins without www');
  else if (a.hostname !== b.hostname) differences.push(`has another host, ${b.hostname}`);
  else if (a.port !== b.port && a.protocol === b.protocol) differences.push('has another port');
  if (`${a.pathname}/` === b.pathname) differences.push('ends with a slash');
  else if (a.pathname === `${b.pathname}/`) differences.push('ends without a slash');
  else if (a.pathname !== b.pathname) differences.push('has another path');
  else if (a.search !== b.search) differences.push('has another query');
  if (differences.length === 0) return 'is the same';
  return differences.length === 1 ? differences[0] ?? '' : `${differences.slice(0, -1).join(', ')} and ${differences.at(-1)}`;
}
