import { type Exchange, type GuessedServer, type Recipe, guessServers } from '../../../src/index.ts';

/** The recipe for a server that the responses point to, with the sign. */
export interface Guess extends GuessedServer {
  readonly recipe: Recipe;
}

/** A server in front may have signed for the one that has to change, so this is a guess. */
export function guessRecipe(exchange: Exchange, recipes: readonly Recipe[]): Guess | null {
  for (const guessed of guessServers(exchange)) {
    const recipe = recipes.find(({ fingerprints }) => fingerprints.some((beginning) => guessed.server.fingerprint.startsWith(beginning)));
    if (recipe) return { ...guessed, recipe };
  }
  return null;
}
