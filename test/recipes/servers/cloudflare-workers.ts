import { createRequire } from 'node:module';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchApplication, readFetchHandler } from '../fetch-handler.ts';
import { checkModules } from '../node-module.ts';
import { freePorts, serve, temporaryFolder } from '../process.ts';
import type { RecipeServer, RunningServers } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';

const worker = (snippet: string): string => `
${fetchApplication}
${snippet}
const worker = { fetch: withCors(handler) };
export { worker as default };
`;

/** workerd itself, and not the npm package's script that starts it: a signal to that one would not reach it. */
async function workerd(): Promise<string> {
  const { default: path }: { readonly default: string } = createRequire(join(await npmPackages('cloudflare-workers'), 'package.json'))('workerd');
  return path;
}

/** One process, in which each worker has a socket of its own. */
async function start(snippets: readonly string[]): Promise<RunningServers> {
  const executable = await workerd();
  const folder = await temporaryFolder();
  const ports = await freePorts(snippets.length);
  for (const [index, snippet] of snippets.entries()) await writeFile(join(folder.path, `${index}.mjs`), worker(snippet));
  const services = snippets.map((_, index) =>
    `(name = "w${index}", worker = (modules = [(name = "worker", esModule = embed "${index}.mjs")], compatibilityDate = "2026-10-01"))`);
  const sockets = ports.map((port, index) => `(name = "s${index}", address = "127.0.0.1:${port}", http = (), service = "w${index}")`);
  await writeFile(join(folder.path, 'config.capnp'), `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${services.join(', ')}], sockets = [${sockets.join(', ')}]);
`);
  const server = await serve(executable, ['serve', 'config.capnp'], ports, { cwd: folder.path });
  return { ports, close: async () => { await server.close(); await folder.remove(); } };
}

export const server: RecipeServer = {
  version: async () => `workerd ${await npmVersion('cloudflare-workers', 'workerd')}`,
  check: checkModules,
  read: async (snippets) => snippets.map((snippet) => readFetchHandler(snippet, 'withCors(() => new Response())(request)')),
  start,
};
