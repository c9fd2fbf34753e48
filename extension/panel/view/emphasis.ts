export interface Part {
  readonly text: string;
  readonly isValue: boolean;
}

/** A sentence cut at the values that it holds, each as a word of its own; of two that begin at one place the longer one. */
export function emphasize(sentence: string, values: readonly string[]): readonly Part[] {
  const wanted = [...new Set(values)].filter((value) => value !== '').sort((a, b) => b.length - a.length)
    .map((value) => ({ value, at: find(sentence, value, 0) }));
  const parts: Part[] = [];
  let done = 0;
  for (;;) {
    // Each value goes on from where it was found last, so that the sentence is read once for each of them.
    for (const candidate of wanted) if (candidate.at < done) candidate.at = find(sentence, candidate.value, done);
    const next = wanted.reduce<{ at: number; value: string } | null>((best, candidate) => (candidate.at < (best?.at ?? nowhere) ? candidate : best), null);
    if (next === null) break;
    if (next.at > done) parts.push({ text: sentence.slice(done, next.at), isValue: false });
    parts.push({ text: next.value, isValue: true });
    done = next.at + next.value.length;
  }
  if (done < sentence.length) parts.push({ text: sentence.slice(done), isValue: false });
  return parts;
}

const nowhere = Number.POSITIVE_INFINITY;

function find(sentence: string, value: string, from: number): number {
  for (let at = sentence.indexOf(value, from); at !== -1; at = sentence.indexOf(value, at + 1)) {
    if (!isWordCharacter(sentence[at - 1]) && !isWordCharacter(sentence[at + value.length])) return at;
  }
  return nowhere;
}

const isWordCharacter = (character: string | undefined): boolean => character !== undefined && /[\p{L}\p{N}_-]/u.test(character);
