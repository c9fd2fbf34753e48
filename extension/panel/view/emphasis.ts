export interface Part {
  readonly text: string;
  readonly isValue: boolean;
}

const isWordCharacter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}_-]/u.test(character);

/** A sentence cut at the values that it holds, each as a word of its own; of two that begin at one place the longer one. */
export function emphasize(sentence: string, values: readonly string[]): readonly Part[] {
  const wanted = [...new Set(values)].filter((value) => value !== '').sort((a, b) => b.length - a.length);
  const parts: Part[] = [];
  let done = 0;
  for (;;) {
    const next = firstOf(sentence, wanted, done);
    if (next === null) break;
    if (next.at > done) parts.push({ text: sentence.slice(done, next.at), isValue: false });
    parts.push({ text: next.value, isValue: true });
    done = next.at + next.value.length;
  }
  if (done < sentence.length) parts.push({ text: sentence.slice(done), isValue: false });
  return parts;
}

function firstOf(sentence: string, values: readonly string[], from: number): { readonly at: number; readonly value: string } | null {
  let best: { at: number; value: string } | null = null;
  for (const value of values) {
    let at = sentence.indexOf(value, from);
    while (at !== -1 && (isWordCharacter(sentence[at - 1]) || isWordCharacter(sentence[at + value.length]))) at = sentence.indexOf(value, at + 1);
    if (at !== -1 && (best === null || at < best.at)) best = { at, value };
  }
  return best;
}
