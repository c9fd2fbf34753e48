import type { Exchange, Header, Recipe } from '../../../src/index.ts';

/** The server that the responses point to, and the header line that does. */
export interface Guess {
  readonly recipe: Recipe;
  readonly seen: Header;
}

/** A server in front may have signed for the one that has to change, so this is a guess. */
export function guessRecipe({ hops }: Exchange, recipes: readonly Recipe[]): Guess | null {
  const lines = hops.flatMap(({ preflight, response }) => [
    ...(response?.headers ?? []),
    ...(preflight?.from === 'network' ? preflight.response?.headers ?? [] : []),
  ]);
  // What an application says of itself is nearer to the code than what the server in front of it says.
  for (const name of ['x-powered-by', 'server']) {
    for (const seen of lines) {
      if (seen[0].toLowerCase() !== name) continue;
      const value = seen[1].toLowerCase();
      const recipe = recipes.find(({ fingerprints }) => fingerprints.some((beginning) => value.startsWith(beginning)));
      if (recipe) return { recipe, seen };
    }
  }
  return null;
}
