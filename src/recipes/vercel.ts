import type { CorsPolicy } from '../fix/cors-policy.ts';
import { withCors } from './fetch-handler.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** A function of Vercel beside a site without a framework. The headers of vercel.json are static and answer no preflight. */
export const vercel: Recipe = {
  id: 'vercel',
  title: 'Vercel functions',
  language: 'typescript',
  extension: 'ts',
  docs: 'https://vercel.com/docs/functions/functions-api-reference',
  where: 'In api/NAME.ts, around the fetch handler. For Next.js take its own recipe.',
  first: null,
  pitfall: 'Deployment Protection and redirects answer preflights before the function runs. Add the path to the OPTIONS Allowlist, and remove these headers from vercel.json.',
  active: 'Run vercel deploy.',
  log: null,
  proof: { kind: 'emulator', versions: 'edge-runtime 4.0' },
  fingerprints: ['vercel'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const snippet = withCors(policy, 'typescript', ['Wrap the handler: export default { fetch: withCors(async (request) => { ... }) };']);
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
