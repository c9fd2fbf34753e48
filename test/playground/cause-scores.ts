import { acrossRows } from '../../src/explain/across.ts';
import type { Expectation } from './entry.ts';

/** How well the panel tells causes, over the entries that were played. */
export interface CauseScores {
  /** Notes what it told of an entry, in its order; the last word counts. */
  add(entry: string, expected: Expectation, told: readonly string[]): void;
  /** What is wrong with what was told of an entry; null: nothing. */
  faultOf(entry: string): string | null;
  table(): { readonly text: string; readonly precision: number; readonly recall: number };
}

/** What shows only beside other exchanges: in the playground nearly every entry has such neighbours, so it is no fault. */
const acrossIds: ReadonlySet<string> = new Set(acrossRows.map(({ id }) => id));

/**
 * Precision of a cause: of the entries of which it was told first, the share that is labelled so. Recall: of the entries
 * that are labelled with it, the share of which it was told, first where it is the label's first.
 */
export function causeScores(): CauseScores {
  const played = new Map<string, { readonly first: string | undefined; readonly also: readonly string[]; readonly told: readonly string[] }>();
  const firstOf = (told: readonly string[], labels: readonly (string | undefined)[]): string | undefined =>
    told.find((id) => !acrossIds.has(id) || labels.includes(id));

  return {
    add(entry, { cause, orCause, alsoCauses = [] }, told) {
      const first = orCause !== undefined && firstOf(told, [orCause]) === orCause ? orCause : cause;
      played.set(entry, { first, also: alsoCauses, told });
    },
    faultOf(entry) {
      const { first, also, told } = played.get(entry) ?? { first: undefined, also: [], told: [] };
      const toldFirst = firstOf(told, [first]);
      if (toldFirst !== first) return `Told first: ${toldFirst ?? 'nothing'}, and labelled: ${first ?? 'nothing'}.`;
      const missing = also.filter((id) => !told.includes(id));
      return missing.length === 0 ? null : `Not told: ${missing.join(', ')}.`;
    },
    table() {
      const entries = [...played.values()];
      const ids = [...new Set(entries.flatMap(({ first, also, told }) => [first, ...also, firstOf(told, [first])]))].filter((id) => id !== undefined).sort();
      const rows = ids.map((id) => {
        const labelled = entries.filter(({ first, also }) => first === id || also.includes(id));
        const found = labelled.filter(({ first, told }) => (first === id ? firstOf(told, [first]) === id : told.includes(id))).length;
        const toldFirst = entries.filter(({ first, told }) => firstOf(told, [first]) === id);
        const right = toldFirst.filter(({ first }) => first === id).length;
        return { id, labelled: labelled.length, found, toldFirst: toldFirst.length, right };
      });
      const sum = (of: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + of(row), 0);
      const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(2));
      const line = (id: string, entriesOf: string, precision: string, recall: string): string => `${id.padEnd(40)}${entriesOf.padStart(8)}${precision.padStart(11)}${recall.padStart(8)}`;
      return {
        text: [
          line('cause', 'entries', 'precision', 'recall'),
          ...rows.map(({ id, labelled, found, toldFirst, right }) => line(id, String(labelled), share(right, toldFirst), share(found, labelled))),
          line('all', String(entries.length), share(sum(({ right }) => right), sum(({ toldFirst }) => toldFirst)), share(sum(({ found }) => found), sum(({ labelled }) => labelled))),
        ].join('\n'),
        precision: sum(({ right }) => right) / sum(({ toldFirst }) => toldFirst),
        recall: sum(({ found }) => found) / sum(({ labelled }) => labelled),
      };
    },
  };
}
