import { type Widths, columns } from './view/columns.ts';
import { type Filter, type Sort, noFilter, quicks } from './view/list-view.ts';

/** What the panel remembers between two sessions; of servers nothing but which recipe was chosen for them. */
export interface Preferences {
  /** Id of the recipe that was chosen last. */
  readonly recipe: string | null;
  /** Server origins with the id of the recipe that was chosen for them, the one chosen last at the end. */
  readonly recipeOf: readonly (readonly [server: string, recipe: string])[];
  /** The list's share of the panel, in per cent. */
  readonly split: number | null;
  /** Pixels of the columns whose width somebody changed. */
  readonly widths: Widths;
  readonly filter: Filter;
  /** Null: in the order in which the requests began. */
  readonly sort: Sort | null;
}

const key = 'cors-inspector';

const nothing: Preferences = { recipe: null, recipeOf: [], split: null, widths: {}, filter: noFilter, sort: null };

export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return nothing;
    const { recipe, recipeOf, split, widths, filter, sort } = stored as Record<string, unknown>;
    return {
      recipe: typeof recipe === 'string' ? recipe : null,
      recipeOf: Array.isArray(recipeOf) ? recipeOf.filter(isPairOfStrings) : [],
      split: typeof split === 'number' ? split : null,
      widths: readWidths(widths),
      filter: readFilter(filter),
      sort: readSort(sort),
    };
  } catch {
    // Storage may be refused to extensions; then nothing is remembered.
    return nothing;
  }
}

export function writePreferences(change: Partial<Preferences>): void {
  try {
    localStorage.setItem(key, JSON.stringify({ ...readPreferences(), ...change }));
  } catch {
    // See above.
  }
}

const fieldsOf = (stored: unknown): Readonly<Record<string, unknown>> => (typeof stored === 'object' && stored !== null ? { ...stored } : {});

function readWidths(stored: unknown): Widths {
  const fields = fieldsOf(stored);
  return Object.fromEntries(columns.flatMap(({ id }) => (typeof fields[id] === 'number' ? [[id, fields[id]]] : [])));
}

function readFilter(stored: unknown): Filter {
  const { text, quick } = fieldsOf(stored);
  const known = quicks.find(({ id }) => id === quick);
  return { text: typeof text === 'string' ? text : noFilter.text, quick: known?.id ?? noFilter.quick };
}

function readSort(stored: unknown): Sort | null {
  const { by, isDescending } = fieldsOf(stored);
  const column = columns.find(({ id }) => id === by);
  return column ? { by: column.id, isDescending: isDescending === true } : null;
}

const isPairOfStrings = (pair: unknown): pair is readonly [string, string] =>
  Array.isArray(pair) && pair.length === 2 && pair.every((item) => typeof item === 'string');

/** How many servers the panel remembers a choice for. */
const mostServers = 100;

/** Remembers which recipe was chosen for a server. */
export function chooseRecipe(server: string, recipe: string): void {
  const others = readPreferences().recipeOf.filter(([known]) => known !== server);
  writePreferences({ recipe, recipeOf: [...others, [server, recipe] as const].slice(-mostServers) });
}

/** The recipe that was chosen for a server; null: none was. */
export const chosenRecipe = (server: string): string | null => readPreferences().recipeOf.find(([known]) => known === server)?.[1] ?? null;
