import type { CorsPolicy } from '../fix/cors-policy.ts';
import { withCors } from './fetch-handler.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Deno, also on Deno Deploy. */
export const deno: Recipe = {
  id: 'deno',
  title: 'Deno',
  language: 'typescript',
  extension: 'ts',
  docs: 'https://docs.deno.com/api/deno/~/Deno.serve',
  where: 'In the module that calls Deno.serve, around the handler.',
  first: null,
  pitfall: 'A handler that throws is answered by Deno, without headers. Leave the whole handler inside withCors.',
  active: 'Restart the program, or deploy it again.',
  log: null,
  proof: { kind: 'server', versions: 'Deno 2.9' },
  fingerprints: ['deno'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const snippet = withCors(policy, 'typescript', ['Wrap the handler: Deno.serve(withCors(async (request) => { ... }));']);
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
