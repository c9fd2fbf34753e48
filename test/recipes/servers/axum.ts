import { respond } from '../../../src/fix/respond.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { checkRust, crateVersion, readRust, serveRust } from '../rust.ts';

const type = 'tower_http::cors::CorsLayer';

function reader(calls: ReadonlyMap<string, readonly unknown[]>): SnippetReader {
  const strings = (name: string): readonly string[] => (calls.get(name) ?? []).map(String);
  const unknown = [...calls.keys()].filter((name) => !['allow_origin', 'allow_credentials', 'allow_methods', 'allow_headers', 'expose_headers', 'max_age'].includes(name));
  if (unknown.length > 0) throw new Error(`The recipe writes no ${unknown.join()}.`);
  const [maxAge] = calls.get('max_age') ?? [];
  return (request) => respond({
    // `Any` is no literal.
    origins: strings('allow_origin').length === 0 ? '*' : strings('allow_origin'),
    credentialed: calls.get('allow_credentials')?.[0] === true,
    methods: strings('allow_methods'),
    requestHeaders: strings('allow_headers'),
    exposedHeaders: strings('expose_headers'),
    maxAge: maxAge === undefined ? null : Number(maxAge),
  }, request);
}

export const server: RecipeServer = {
  version: async () => `Axum ${await crateVersion('axum')} with tower-http ${await crateVersion('tower-http')}`,
  check: (snippets) => checkRust('axum', type, snippets),
  read: async (snippets) => (await readRust(snippets)).map(reader),
  start: (snippets) => serveRust('axum', type, snippets),
};
