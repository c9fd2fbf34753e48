/** What the panel remembers between two sessions; nothing of any page. */
export interface Preferences {
  /** Id of the recipe that was chosen last. */
  readonly recipe: string | null;
  /** The list's share of the panel, in per cent. */
  readonly split: number | null;
}

const key = 'cors-inspector';

const nothing: Preferences = { recipe: null, split: null };

export function readPreferences(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return nothing;
    const { recipe, split } = stored as Record<string, unknown>;
    return { recipe: typeof recipe === 'string' ? recipe : null, split: typeof split === 'number' ? split : null };
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
