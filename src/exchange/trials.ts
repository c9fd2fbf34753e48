import { byteLowercase } from '../fetch/byte.ts';
import type { HeaderList } from '../fetch/header-list.ts';
import { serializeOrigin } from '../fetch/origin.ts';

/** What the browser makes of the responses of one server before it judges them, so that headers can be tried out. */
export interface HeaderChanges {
  /** Its serialised origin. */
  readonly server: string;
  /** Each takes the place of every header of its name. */
  readonly set: HeaderList;
  /** Names, in any case. */
  readonly remove: readonly string[];
}

/** The headers as the browser judges them. Changing them once more changes nothing. */
export function changedHeaders(headers: HeaderList, { set, remove }: HeaderChanges): HeaderList {
  const replaced = new Set([...set.map(([name]) => name), ...remove].map(byteLowercase));
  return [...headers.filter(([name]) => !replaced.has(byteLowercase(name))), ...set];
}

/**
 * Remembers which changes were in force when. Between the time when the browser is told to change something else and the
 * time when it says that it does, both are possible.
 */
export interface Trials {
  /** From now on it may be these changes, too; null: none. Time in milliseconds since the epoch. */
  told(time: number, changes: HeaderChanges | null): void;
  /** From now on it is these changes, and no others. */
  inForce(time: number, changes: HeaderChanges | null): void;
  /** What was changed in a response, where the request began and the response came at these times; null: nothing. */
  changesOf(response: { readonly url: string; readonly from: number; readonly until: number }): HeaderChanges | null | 'unclear';
  size(): number;
}

interface Phase {
  readonly from: number;
  readonly possible: readonly (HeaderChanges | null)[];
}

/** How many changes are remembered: nobody tries out more while one request is under way. */
const most = 100;

export function createTrials(): Trials {
  let phases: readonly Phase[] = [{ from: Number.NEGATIVE_INFINITY, possible: [null] }];
  const begin = (phase: Phase): void => {
    phases = [...phases.slice(1 - most), phase];
  };
  return {
    told: (from, changes) => begin({ from, possible: [...phases.at(-1)?.possible ?? [], changes] }),
    inForce: (from, changes) => begin({ from, possible: [changes] }),
    changesOf({ url, from, until }) {
      const server = serializeOrigin(url);
      const met = phases.filter((phase, index) => phase.from <= until && (phases[index + 1]?.from ?? Number.POSITIVE_INFINITY) > from);
      const [only = null, ...others] = new Set(met.flatMap(({ possible }) => possible.map((changes) => (changes?.server === server ? changes : null))));
      return others.length === 0 ? only : 'unclear';
    },
    size: () => phases.length,
  };
}
