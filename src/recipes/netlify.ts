import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsOrigins, indented, isPreflight, setCors } from './fetch-handler.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Netlify with an edge function, which runs before redirects and functions. Headers of netlify.toml reach static files only. */
export const netlify: Recipe = {
  id: 'netlify',
  title: 'Netlify',
  language: 'typescript',
  extension: 'ts',
  docs: 'https://docs.netlify.com/build/edge-functions/api/',
  where: 'In netlify/edge-functions/cors.ts. Narrow the path to what other origins may read.',
  first: null,
  pitfall: 'Headers of netlify.toml and _headers do not reach functions, and they answer no preflight. Another edge function that answers first sends none of these.',
  active: 'Run netlify deploy. The log of the deployment must list the edge function.',
  log: null,
  proof: { kind: 'emulator', versions: 'Deno 2.9 with an adapter of ours for context.next' },
  fingerprints: ['netlify'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const snippet = [
    ...corsOrigins(policy),
    'export default async (request: Request, context: { next(): Promise<Response> }) => {',
    ...indented([
      ...isPreflight,
      'const answer = isPreflight ? new Response(null, { status: 204 }) : await context.next();',
      'const response = new Response(answer.body, answer);',
      ...setCors(policy),
      'return response;',
    ], 1),
    '};',
    '',
    "export const config = { path: '/*' };",
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
