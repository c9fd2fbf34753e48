import type { CorsPolicy } from '../fix/cors-policy.ts';

/** What a recipe made of a policy: text to paste, or the reason why this server's format cannot hold a value. */
export type Rendered =
  | { readonly ok: true; readonly snippet: string }
  | { readonly ok: false; readonly refused: string };

/** How one server is told a policy. One file each; adding one means adding it to `recipes.ts` and nothing else. */
export interface Recipe {
  readonly id: string;
  /** As people call the server: "nginx". */
  readonly title: string;
  /** The language of the snippet, for highlighting. */
  readonly language: 'javascript' | 'nginx' | 'apache';
  /** Extension of a file that holds such a snippet, without the dot. */
  readonly extension: string;
  /** The server's own documentation of what the snippet uses. */
  readonly docs: string;
  /** Where the snippet belongs: the one placement rule. */
  readonly where: string;
  /** What to do before pasting, or null. */
  readonly first: string | null;
  /** The mistake that the snippet avoids, and that must not be reintroduced around it. */
  readonly pitfall: string;
  /** Name and version of the server that the test suite runs the snippet in. */
  readonly provenWith: string;
  /**
   * Lowercase beginnings of a response's `Server` or `X-Powered-By` value that suggest this server, e.g. `nginx`.
   * A guess, used only to choose which recipe is shown first.
   */
  readonly fingerprints: readonly string[];
  /** The policy must be valid (`validatePolicy` gives no error). Every value goes through the recipe's own quoting. */
  render(policy: CorsPolicy): Rendered;
}
