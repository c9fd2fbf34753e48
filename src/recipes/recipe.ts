import type { CorsPolicy } from '../fix/cors-policy.ts';

/** What a recipe made of a policy: text to paste, or the reason why this server's format cannot hold a value. */
export type Rendered =
  | {
      readonly ok: true;
      readonly snippet: string;
      /** Where the server cannot follow all of the policy: the one that it follows instead, and how they differ, in a sentence. */
      readonly deviation?: { readonly policy: CorsPolicy; readonly why: string };
    }
  | { readonly ok: false; readonly refused: string };

/** The language of a snippet. */
export type Language =
  | 'apache' | 'caddyfile' | 'csharp' | 'go' | 'haproxy' | 'hcl' | 'java' | 'javascript' | 'json' | 'lighttpd' | 'nginx' | 'php'
  | 'python' | 'ruby' | 'rust' | 'shell' | 'toml' | 'typescript' | 'xml' | 'yaml';

/** How far a recipe was tried. */
export type Proof =
  /** The test suite runs it in these servers and libraries: names, each with its version. Each number stated must be the one that ran. */
  | { readonly kind: 'server'; readonly versions: string }
  /** The server cannot be had in the test suite, which plays the same on what stands in for it, named with its versions. */
  | { readonly kind: 'emulator'; readonly versions: string }
  /** The server cannot be had in the test suite; `checkedWith` names what the snippet is checked with instead, with its versions. */
  | { readonly kind: 'not-on-the-server'; readonly checkedWith: string };

/** How one server is told a policy. One file each; adding one means adding it to `recipes.ts` and nothing else. */
export interface Recipe {
  readonly id: string;
  /** As people call the server: "nginx". */
  readonly title: string;
  readonly language: Language;
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
  /** How to see that the server runs with the snippet. */
  readonly active: string;
  /** How to make the server log what it decides on CORS, or null: it has no such log. */
  readonly log: string | null;
  readonly proof: Proof;
  /**
   * Lowercase beginnings of a response's `Server` or `X-Powered-By` value that suggest this server, e.g. `nginx`.
   * A guess, used only to choose which recipe is shown first.
   */
  readonly fingerprints: readonly string[];
  /** The policy must be valid (`validatePolicy` gives no error). Every value goes through the recipe's own quoting. */
  render(policy: CorsPolicy): Rendered;
}
