import type { HeaderList } from '../../src/fetch/header-list.ts';
import type { CorsRequest } from '../../src/fix/respond.ts';
import type { RunningServer } from './process.ts';

/**
 * A real server that a recipe's snippet runs in. One file of `servers` for each recipe, named by its id, exporting `server`.
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
 * | GET /broken      | 500 |
 * | GET /unreachable | 502 or 503; made by the server itself where it is a proxy |
 * | POST /upload     | 413 for more than a kilobyte, made by the server itself where it can |
 */
export interface RecipeServer {
  /** Name and version of the server at hand. */
  version(): Promise<string>;
  /** Resolves when the server's own parser accepts the snippet; rejects with what the parser says. */
  check(snippet: string): Promise<void>;
  start(snippet: string): Promise<RunningServer>;
  /**
   * The headers that the snippet adds to a response, from reading it by the rules of its language, without a server.
   * Throws at anything that the recipe itself does not write.
   */
  read(snippet: string): (request: CorsRequest) => HeaderList;
}

export const authorization = `Basic ${Buffer.from('alice:secret').toString('base64')}`;

/** The server of the recipe with this id. */
export async function recipeServer(id: string): Promise<RecipeServer> {
  const { server } = await import(`./servers/${id}.ts`) as { readonly server: RecipeServer };
  return server;
}
