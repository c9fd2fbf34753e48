import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, run, serve, temporaryFolder, type RunningServer } from './process.ts';

/** Resolves when Node can parse the source as a module. */
export async function checkModule(source: string): Promise<void> {
  const folder = await temporaryFolder();
  try {
    const file = join(folder.path, 'snippet.mjs');
    await writeFile(file, source);
    await run(process.execPath, ['--check', file]);
  } finally {
    await folder.remove();
  }
}

/** Runs the source as a module of its own; it gets the packages of this repository and the port it must listen on as `process.argv[2]`. */
export async function serveModule(source: string): Promise<RunningServer> {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'server.mjs');
  await writeFile(file, source);
  await symlink(fileURLToPath(new URL('../../node_modules', import.meta.url)), join(folder.path, 'node_modules'), 'dir');
  const port = await freePort();
  const server = await serve(process.execPath, [file, String(port)], port);
  return { port, close: async () => { await server.close(); await folder.remove(); } };
}
