import { checkDeno, denoVersion, serveDeno } from '../deno-module.ts';
import { fetchApplication, readFetchHandler } from '../fetch-handler.ts';
import type { RecipeServer } from '../recipe-server.ts';

// Netlify answers for a function that fails, so context.next never throws.
const program = (snippet: string): string => `
${fetchApplication}
${snippet.replace('export default', 'const edge =')}
const failed = () => new Response('failed', { status: 500 });
Deno.serve({ port, hostname: '127.0.0.1', onListen: () => {} }, (request) => edge(request, { next: () => handler(request).catch(failed) }));
`;

export const server: RecipeServer = {
  version: async () => `${await denoVersion()} with an adapter of ours for context.next`,
  check: checkDeno,
  read: async (snippets) => snippets.map((snippet) => readFetchHandler(snippet, 'edge(request, { next: () => new Response() })')),
  start: (snippets) => serveDeno(snippets.map(program)),
};
