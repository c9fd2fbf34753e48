import type { HeaderList } from '../../src/fetch/header-list.ts';
import type { CorsRequest } from '../../src/fix/respond.ts';
import { isMissingToolchain } from './toolchain.ts';

/** The headers that a snippet adds to a response. */
export type SnippetReader = (request: CorsRequest) => HeaderList;

/**
 * What a recipe's snippet is checked with. One file of `servers` for each recipe, named by its id, exporting `server`.
 *
 * Snippets come in batches: an interpreter that is started, or a program that is compiled, then serves for all of them.
 */
export interface SnippetChecker {
  /** Names and versions at hand, worded as the recipe's proof; absent where that names none. Installs what is missing where that needs nobody's help. */
  version?(): Promise<string>;
  /** Resolves when the server's own parser accepts every snippet; rejects with what the parser says. */
  check(snippets: readonly string[]): Promise<void>;
  /** Reads each snippet by the rules of its language, without a server. Throws at anything that the recipe itself does not write. */
  read(snippets: readonly string[]): Promise<readonly SnippetReader[]>;
}

/**
 * A real server that a recipe's snippet runs in, or what stands in for it.
 *
 * Behind the snippet every server has the same application, with what can go wrong around CORS:
 *
 * | request          | response |
 * |---|---|
 * | GET /data        | 200 with `x-trace`, and `Vary: Accept-Encoding` of its own |
 * | other /data      | 200; OPTIONS, too, when it is no preflight |
 * | GET /cacheable   | 200, fresh for ten minutes |
 * | GET /login       | 200, sets the cookie `session=alice` |
 * | GET /session     | 200, the `Cookie` header it received |
 * | any /private     | 401 without `Authorization: Basic alice:secret`, OPTIONS included |
 * | any /moved       | 308 to /data |
 * | GET /missing     | 404, made by the server itself |
 * | GET /broken      | 500, made by the server itself where it can |
 * | GET /unreachable | 502 or 503; made by the server itself where it is a proxy |
 * | POST /upload     | 413 for more than a kilobyte, made by the server itself where it can |
 */
export interface RecipeServer extends SnippetChecker {
  version(): Promise<string>;
  /** Starts a server for each snippet; builds what has to be built once for all of them. */
  start(snippets: readonly string[]): Promise<RunningServers>;
  readonly promises?: Promises;
}

/** What the sentences `active` and `log` of a recipe promise, as far as it can be tried on its server. */
export interface Promises {
  /** The command by which one sees that the server runs with the snippet. */
  readonly active: {
    /** As `active` names it. */
    readonly command: string;
    /** What it prints for the snippet. */
    run(snippet: string): Promise<string>;
    /** What of that shows the snippet; absent: it says whether something is wrong by how it ends. */
    shows?(snippet: string, active: string): readonly string[];
  };
  readonly log?: {
    /** The snippet with what `log` says put where it says. */
    add(snippet: string, log: string): string;
    /** What the log holds once a page at the origin has asked for /data; absent: the server's parser alone can be asked. */
    read?(snippet: string, origin: string): Promise<string>;
  };
}

/** Servers that listen on loopback, one for each snippet in its order. */
export interface RunningServers {
  readonly ports: readonly number[];
  close(): Promise<void>;
}

/** How the snippets of the recipe with this id are checked. */
export async function snippetChecker(id: string): Promise<SnippetChecker> {
  const { server } = await import(`./servers/${id}.ts`) as { readonly server: SnippetChecker };
  return server;
}

/** The server of the recipe with this id. */
export async function recipeServer(id: string): Promise<RecipeServer> {
  const { server } = await import(`./servers/${id}.ts`) as { readonly server: RecipeServer };
  return server;
}

/** The part of a test's context that skips it. */
export interface Skipping {
  skip(note: string): never;
}

/** Does something that needs a toolchain. Where that is missing the test is skipped, and says of what; in CI it fails. */
export async function orSkip<T>(context: Skipping, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isMissingToolchain(error) || process.env['CI']) throw error;
    console.error(`SKIPPED for want of a toolchain: ${error.message}`);
    return context.skip(error.message);
  }
}
