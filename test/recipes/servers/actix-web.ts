import { respond } from '../../../src/fix/respond.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { checkRust, crateVersion, readRust, serveRust } from '../rust.ts';

const type = 'actix_cors::Cors';

function reader(calls: ReadonlyMap<string, readonly unknown[]>): SnippetReader {
  const strings = (name: string): readonly string[] => (calls.get(name) ?? []).map(String);
  const unknown = [...calls.keys()].filter((name) => ![
    'allow_any_origin', 'send_wildcard', 'allowed_origin', 'supports_credentials', 'allowed_methods', 'allowed_headers', 'expose_headers', 'max_age',
  ].includes(name));
  if (unknown.length > 0) throw new Error(`The recipe writes no ${unknown.join()}.`);
  const [get, head, post, ...methods] = strings('allowed_methods');
  if (`${get} ${head} ${post}` !== 'GET HEAD POST') throw new Error('The package would turn down a preflight for a CORS-safelisted method.');
  const [maxAge] = calls.get('max_age') ?? [];
  return (request) => respond({
    origins: calls.has('allow_any_origin') && calls.has('send_wildcard') ? '*' : strings('allowed_origin'),
    credentialed: calls.has('supports_credentials'),
    methods,
    requestHeaders: strings('allowed_headers'),
    exposedHeaders: strings('expose_headers'),
    maxAge: maxAge === undefined ? null : Number(maxAge),
  }, request);
}

export const server: RecipeServer = {
  version: async () => `Actix Web ${await crateVersion('actix-web')} with actix-cors ${await crateVersion('actix-cors')}`,
  check: (snippets) => checkRust('actix-web', type, snippets),
  read: async (snippets) => (await readRust(snippets)).map(reader),
  start: (snippets) => serveRust('actix-web', type, snippets),
};
