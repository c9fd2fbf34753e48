import { checkDeno, denoVersion, serveDeno } from '../deno-module.ts';
import { fetchApplication, readFetchHandler } from '../fetch-handler.ts';
import type { RecipeServer } from '../recipe-server.ts';

const program = (snippet: string): string => `
${fetchApplication}
${snippet}
Deno.serve({ port, hostname: '127.0.0.1', onListen: () => {} }, withCors(handler));
`;

export const server: RecipeServer = {
  version: denoVersion,
  check: checkDeno,
  read: async (snippets) => snippets.map((snippet) => readFetchHandler(snippet, 'withCors(() => new Response())(request)')),
  start: (snippets) => serveDeno(snippets.map(program)),
};
