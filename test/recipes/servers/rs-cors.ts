import { respond } from '../../../src/fix/respond.ts';
import { checkGo, goVersion, readGo, serveGo } from '../go.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { fileOf } from '../toolchain.ts';

/** What the recipe states of `cors.Options`. */
interface Options {
  readonly AllowedOrigins: readonly string[];
  readonly AllowCredentials?: boolean;
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  readonly MaxAge?: number;
}

function reader({ AllowedOrigins, AllowCredentials = false, AllowedMethods, AllowedHeaders, ExposedHeaders = [], MaxAge, ...others }: Options): SnippetReader {
  const [get, head, post, ...methods] = AllowedMethods;
  const [origin, ...requestHeaders] = AllowedHeaders;
  if (`${get} ${head} ${post} ${origin}` !== 'GET HEAD POST Origin') throw new Error('The package would take its defaults.');
  if (Object.keys(others).length > 0) throw new Error(`The recipe writes no ${Object.keys(others).join()}.`);
  return (request) => respond({
    origins: AllowedOrigins.join() === '*' ? '*' : AllowedOrigins,
    credentialed: AllowCredentials,
    methods,
    requestHeaders,
    exposedHeaders: ExposedHeaders,
    maxAge: MaxAge === undefined ? null : Math.max(0, MaxAge),
  }, request);
}

export const server: RecipeServer = {
  version: async () => `rs/cors ${await goVersion('rs-cors', 'github.com/rs/cors')}`,
  check: (snippets) => checkGo('rs-cors', snippets),
  read: async (snippets) => (await readGo<Options>('go-net-http', 'read-options.go', snippets)).map(reader),
  start: async (snippets) => {
    const application = (await fileOf('go-net-http', 'app.go')).replace('withCORS(', 'corsOptions.Handler(');
    return serveGo('rs-cors', application, snippets);
  },
};
