import { fetchApplication, readFetchHandler, withoutTypes } from '../fetch-handler.ts';
import { serveModules } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';
import { checkTypescript } from '../typescript.ts';

/** Vercel's emulator of its runtime runs scripts. */
const script = (snippet: string): string => `
${fetchApplication}
${withoutTypes(snippet)}
const fetchHandler = withCors(handler);
addEventListener('fetch', (event) => event.respondWith(fetchHandler(event.request)));
`;

const program = (snippet: string): string => `
import { EdgeRuntime, runServer } from 'edge-runtime';

await runServer({ runtime: new EdgeRuntime({ initialCode: ${JSON.stringify(script(snippet))} }), port, host: '127.0.0.1' });
`;

export const server: RecipeServer = {
  version: async () => `edge-runtime ${await npmVersion('vercel', 'edge-runtime')}`,
  check: (snippets) => checkTypescript('vercel', snippets.map((snippet) => `${snippet}\nexport default { fetch: withCors(() => new Response()) };\n`)),
  read: async (snippets) => snippets.map((snippet) => readFetchHandler(snippet, 'withCors(() => new Response())(request)')),
  start: async (snippets) => serveModules(snippets.map(program), await npmPackages('vercel')),
};
