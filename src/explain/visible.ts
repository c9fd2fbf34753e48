/** Controls, format characters (bidi overrides, zero-width ones), unpaired surrogates, and every space that is not U+0020. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** The text with each character that a reader could not see, or that would reorder the rest, written as its code point. */
export const visible = (text: string): string =>
  text.replace(unseen, (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`);

/** The text cut in its middle: what begins a value and what ends a sentence both stay. */
export function shorten(text: string, limit = 240): string {
  if (text.length <= limit) return text;
  const head = Math.ceil(limit * 0.6);
  const tail = limit - head;
  return `${text.slice(0, head)} … ${grouped(text.length - limit)} more characters … ${text.slice(text.length - tail)}`;
}

/** 12345 as 12,345. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** 2 requests, 1 request. */
export const counted = (count: number, one: string): string => `${grouped(count)} ${count === 1 ? one : `${one}s`}`;
