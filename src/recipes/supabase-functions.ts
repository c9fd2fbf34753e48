import type { CorsPolicy } from '../fix/cors-policy.ts';
import { withCors } from './fetch-handler.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** An edge function of Supabase. Its gateway lets preflights through, also to functions that want a login. */
export const supabaseFunctions: Recipe = {
  id: 'supabase-functions',
  title: 'Supabase functions',
  language: 'typescript',
  extension: 'ts',
  docs: 'https://supabase.com/docs/guides/functions/cors',
  where: 'In supabase/functions/NAME/index.ts, around the handler. With several functions put it into _shared/cors.ts and export it.',
  first: null,
  pitfall: 'Supabase answers a function that does not start and a token that its gateway refuses, without these headers. The Supabase client sends authorization, apikey, x-client-info and content-type.',
  active: 'Run supabase functions deploy NAME.',
  log: null,
  proof: { kind: 'emulator', versions: "Deno 2.9 instead of Supabase's edge runtime" },
  fingerprints: ['supabase'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const snippet = withCors(policy, 'typescript', ['Wrap the handler: Deno.serve(withCors(async (request) => { ... }));']);
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
