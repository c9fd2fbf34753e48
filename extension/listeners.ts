/** Those who want to know of a change. */
export interface Listeners<Args extends readonly unknown[]> {
  /** Returns what ends it. */
  add(listener: (...args: Args) => void): () => void;
  tell(...args: Args): void;
}

/** Firefox makes the panel anew when DevTools are docked elsewhere, and the document before it goes without a word. */
const isOfDeadDocument = (error: unknown): boolean => error instanceof TypeError && error.message.includes('dead object');

export function createListeners<Args extends readonly unknown[] = []>(): Listeners<Args> {
  const listeners = new Set<(...args: Args) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(...args) {
      for (const listener of listeners) {
        try {
          listener(...args);
        } catch (error) {
          if (!isOfDeadDocument(error)) throw error;
          listeners.delete(listener);
        }
      }
    },
  };
}
