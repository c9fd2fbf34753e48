import type { CorsPolicy } from '../fix/cors-policy.ts';
import { withCors } from './fetch-handler.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** A Cloudflare Worker, be it the application or in front of another. */
export const cloudflareWorkers: Recipe = {
  id: 'cloudflare-workers',
  title: 'Cloudflare Workers',
  language: 'javascript',
  extension: 'js',
  docs: 'https://developers.cloudflare.com/workers/runtime-apis/handlers/fetch/',
  where: "In the Worker's module, around its fetch handler.",
  first: null,
  pitfall: 'A Worker that throws outside withCors is answered with error 1101, without these headers. So are challenges and blocks of a WAF rule and the login of Access: let OPTIONS pass there.',
  active: 'Run wrangler deploy.',
  log: null,
  proof: { kind: 'server', versions: 'workerd 1.20261023' },
  fingerprints: ['cloudflare'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const snippet = withCors(policy, 'javascript', ['Wrap the handler: export default { fetch: withCors(async (request, env, ctx) => { ... }) };']);
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
