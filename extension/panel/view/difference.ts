/** A value with the stretch in which it differs from another. */
export interface Marked {
  readonly before: string;
  readonly differing: string;
  readonly after: string;
}

const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** What is left of two strings without their common beginning and end; characters of two units stay whole. */
export function difference(a: string, b: string): readonly [Marked, Marked] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  if (start > 0 && (isLowSurrogate(a.charCodeAt(start)) || isLowSurrogate(b.charCodeAt(start)))) start--;
  let end = 0;
  while (end < shorter - start && a.charCodeAt(a.length - 1 - end) === b.charCodeAt(b.length - 1 - end)) end++;
  if (end > 0 && isLowSurrogate(a.charCodeAt(a.length - end))) end--;
  const marked = (text: string): Marked =>
    ({ before: text.slice(0, start), differing: text.slice(start, text.length - end), after: text.slice(text.length - end) });
  return [marked(a), marked(b)];
}
