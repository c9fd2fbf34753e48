import type { OracleCase } from './cases.ts';
import { compare, isHonestAlternative } from './compare.ts';
import type { Arena, PlayedCase } from './play.ts';

export interface Tally {
  agreed: number;
  /** Of these, those where only the credentials mode, which leaves no trace, decides between two codes. */
  alternatives: number;
  readonly disagreements: { readonly why: string; readonly played: PlayedCase }[];
}

const batch = 200;

/** Plays the cases and compares each one's report with the browser's own verdict. */
export async function consult(arena: Arena, cases: readonly OracleCase[], progress: (done: number) => void = () => {}): Promise<Tally> {
  const tally: Tally = { agreed: 0, alternatives: 0, disagreements: [] };
  for (let start = 0; start < cases.length; start += batch) {
    const played = await arena.play(cases.slice(start, start + batch));
    const twins: { readonly played: PlayedCase; readonly otherMode: OracleCase; readonly codes: readonly string[] }[] = [];
    for (const one of played) {
      const comparison = compare(one);
      if (comparison.kind === 'agreed') tally.agreed++;
      else if (comparison.kind === 'disagreed') tally.disagreements.push({ why: comparison.why, played: one });
      else twins.push({ played: one, otherMode: comparison.otherMode, codes: comparison.codes });
    }
    const others = await arena.play(twins.map(({ otherMode }) => otherMode));
    twins.forEach(({ played: first, codes }, index) => {
      const second = others[index];
      if (second && isHonestAlternative(codes, first, second)) {
        tally.agreed++;
        tally.alternatives++;
      } else {
        tally.disagreements.push({ why: `${codes.join(' or ')}: not the codes of the two credentials modes`, played: first });
      }
    });
    progress(Math.min(start + batch, cases.length));
  }
  return tally;
}
