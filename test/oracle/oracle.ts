import type { Arena, PlayedCase } from './arena.ts';
import type { OracleCase } from './cases.ts';
import { compare, isHonest, saidBy } from './compare.ts';
import { knownDisagreementOf } from './known.ts';

export interface Tally {
  agreed: number;
  /** Of these, those where what leaves no trace decides between two verdicts, and the panel says so. */
  undecided: number;
  /** How often each known disagreement was met, by its id. */
  readonly known: Map<string, number>;
  readonly disagreements: { readonly why: string; readonly played: PlayedCase }[];
}

const batch = 200;

/** Plays the cases and compares each one's report with the browser's own verdict. */
export async function consult(arena: Arena, cases: readonly OracleCase[], progress: (done: number) => void = () => {}): Promise<Tally> {
  const tally: Tally = { agreed: 0, undecided: 0, known: new Map(), disagreements: [] };
  const disagree = (why: string, played: PlayedCase): void => {
    const id = knownDisagreementOf(played, arena.browser.name)?.id;
    if (id === undefined) tally.disagreements.push({ why, played });
    else tally.known.set(id, (tally.known.get(id) ?? 0) + 1);
  };
  for (let start = 0; start < cases.length; start += batch) {
    const undecided: { readonly played: PlayedCase; readonly verdicts: readonly string[]; readonly lookAlikes: readonly OracleCase[] }[] = [];
    for (const played of await arena.play(cases.slice(start, start + batch))) {
      const comparison = compare(played, arena.browser);
      if (comparison.kind === 'agreed') tally.agreed++;
      else if (comparison.kind === 'disagreed') disagree(comparison.why, played);
      else undecided.push({ played, verdicts: comparison.verdicts, lookAlikes: arena.browser.lookAlikes(played.case) });
    }
    const others = [...await arena.play(undecided.flatMap(({ lookAlikes }) => lookAlikes))];
    for (const { played, verdicts, lookAlikes } of undecided) {
      const alike = others.splice(0, lookAlikes.length);
      if (isHonest(verdicts, played, alike)) {
        tally.agreed++;
        tally.undecided++;
      } else {
        const ends = [...new Set([played, ...alike].map(saidBy))].join(' or ');
        disagree(`the panel leaves open ${verdicts.join(' or ') || 'the outcome'}, although nothing of which it says the same shows that; the browser says ${ends}`, played);
      }
    }
    progress(Math.min(start + batch, cases.length));
  }
  return tally;
}
