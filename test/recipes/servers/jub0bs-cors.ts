import { respond } from '../../../src/fix/respond.ts';
import { checkGo, goVersion, readGo, serveGo } from '../go.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { fileOf } from '../toolchain.ts';

/** What the recipe states of `cors.Config`. */
interface Config {
  readonly Origins: readonly string[];
  readonly Credentialed?: boolean;
  readonly ExtraConfig?: { readonly DangerouslyTolerateInsecureOrigins: true };
  readonly Methods?: readonly string[];
  readonly RequestHeaders?: readonly string[];
  readonly ResponseHeaders?: readonly string[];
  readonly MaxAgeInSeconds?: number;
}

function reader({ Origins, Credentialed = false, ExtraConfig, Methods = [], RequestHeaders = [], ResponseHeaders = [], MaxAgeInSeconds, ...others }: Config): SnippetReader {
  const unknown = [...Object.keys(others), ...Object.keys(ExtraConfig ?? {}).filter((name) => name !== 'DangerouslyTolerateInsecureOrigins')];
  if (unknown.length > 0) throw new Error(`The recipe writes no ${unknown.join()}.`);
  return (request) => respond({
    origins: Origins.join() === '*' ? '*' : Origins,
    credentialed: Credentialed,
    methods: Methods,
    requestHeaders: RequestHeaders,
    exposedHeaders: ResponseHeaders,
    maxAge: MaxAgeInSeconds === undefined ? null : Math.max(0, MaxAgeInSeconds),
  }, request);
}

export const server: RecipeServer = {
  version: async () => `jub0bs/cors ${await goVersion('jub0bs-cors', 'github.com/jub0bs/cors')}`,
  check: (snippets) => checkGo('jub0bs-cors', snippets),
  read: async (snippets) => (await readGo<Config>('go-net-http', 'read-options.go', snippets)).map(reader),
  start: async (snippets) => serveGo('jub0bs-cors', await fileOf('go-net-http', 'app.go'), snippets),
};
