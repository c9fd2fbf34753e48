import { type Outcome, counted, grouped } from '../../../src/index.ts';
import type { Row } from './row.ts';
import { type ColumnId, columns } from './columns.ts';
import { parseQuery } from './query.ts';

/** What a button of the toolbar narrows the list to. */
export type Quick = Outcome | 'risky' | 'all';

export interface Filter {
  /** As it was typed: see `parseQuery`. */
  readonly text: string;
  readonly quick: Quick;
}

/** The buttons of the toolbar, in their order. */
export const quicks: readonly { readonly id: Quick; readonly name: string; readonly isAlwaysThere: boolean }[] = [
  { id: 'all', name: 'All', isAlwaysThere: true },
  { id: 'blocked', name: 'Blocked', isAlwaysThere: true },
  { id: 'failed', name: 'Not CORS', isAlwaysThere: true },
  { id: 'allowed', name: 'Allowed', isAlwaysThere: true },
  { id: 'risky', name: 'Risky', isAlwaysThere: false },
  { id: 'pending', name: 'Pending', isAlwaysThere: false },
  { id: 'unknown', name: 'Unknown', isAlwaysThere: false },
];

export const noFilter: Filter = { text: '', quick: 'all' };

export interface Sort {
  readonly by: ColumnId;
  readonly isDescending: boolean;
}

/** The requests that one server answered, or did not. */
export interface Group {
  /** Serialised origin. */
  readonly server: string;
  readonly sentence: string;
  readonly rows: readonly Row[];
  /** The first of them that a policy of the server repairs, and how many that are; null: none. */
  readonly toRepair: { readonly first: Row; readonly count: number } | null;
}

export interface ListView {
  readonly groups: readonly Group[];
  /** In the order in which they are shown. */
  readonly rows: readonly Row[];
  /** Of the rows that match the text. */
  readonly counts: Readonly<Record<Quick, number>>;
  /** What in the filter has no meaning. */
  readonly problems: readonly string[];
}

/**
 * Filters, sorts and groups the rows. Groups stand in the order of their first row; unsorted, that is the one that began
 * first, so that nothing moves as more come.
 */
export function listView(rows: readonly Row[], filter: Filter, sort: Sort | null = null): ListView {
  const query = parseQuery(filter.text);
  const matching = sorted(filter.text.trim() === '' ? rows : rows.filter((row) => query.matches(row)), sort);
  const counts = { all: matching.length, allowed: 0, blocked: 0, failed: 0, pending: 0, unknown: 0, risky: 0 };
  const byServer = new Map<string, Row[]>();
  for (const row of matching) {
    const { outcome } = row.diagnosis;
    counts[outcome]++;
    if (row.isRisky) counts.risky++;
    if (filter.quick !== 'all' && filter.quick !== outcome && !(filter.quick === 'risky' && row.isRisky)) continue;
    const group = byServer.get(row.server);
    if (group) group.push(row);
    else byServer.set(row.server, [row]);
  }
  const groups = [...byServer].map(([server, members]): Group => ({ server, rows: members, sentence: sentenceOf(members), toRepair: toRepairIn(members) }));
  return { groups, rows: groups.flatMap((group) => group.rows), counts, problems: query.problems };
}

/** Rows that are alike keep their order. */
function sorted(rows: readonly Row[], sort: Sort | null): readonly Row[] {
  const column = columns.find(({ id }) => id === sort?.by);
  if (!sort || !column) return rows;
  const direction = sort.isDescending ? -1 : 1;
  return rows.map((row) => ({ row, key: column.key(row) }))
    .sort((a, b) => (a.key < b.key ? -direction : a.key > b.key ? direction : 0))
    .map(({ row }) => row);
}

function toRepairIn(rows: readonly Row[]): Group['toRepair'] {
  let first: Row | null = null;
  let count = 0;
  for (const row of rows) {
    if (!row.isRepairable) continue;
    first ??= row;
    count++;
  }
  return first && { first, count };
}

const outcomeWords: readonly (readonly [Outcome, string])[] = [
  ['blocked', 'blocked'], ['failed', 'not CORS'], ['unknown', 'unknown'], ['pending', 'pending'], ['allowed', 'allowed'],
];

/** How many requests a server has and what became of them: "14 requests · 10 blocked · one cause". */
export function sentenceOf(rows: readonly Row[]): string {
  const counts = { allowed: 0, blocked: 0, failed: 0, pending: 0, unknown: 0 };
  const reasons = new Set<string>();
  let risky = 0;
  for (const { diagnosis: { outcome }, reason, isRisky } of rows) {
    counts[outcome]++;
    if (outcome === 'blocked') reasons.add(reason);
    if (isRisky) risky++;
  }
  const words = [counted(rows.length, 'request')];
  for (const [outcome, word] of outcomeWords) {
    const count = counts[outcome];
    if (count === rows.length && count > 1) words.push(`all ${word}`);
    else if (count > 0 && outcome !== 'allowed') words.push(rows.length === 1 ? word : `${grouped(count)} ${word}`);
    else if (count === rows.length) words.push(word);
  }
  if (counts.blocked > 1 && reasons.size === 1) words.push('one cause');
  if (risky > 0) words.push(`${grouped(risky)} at risk`);
  return words.join(' · ');
}
