import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers } from './recipe-server.ts';

/** The folder whose `node_modules` has the packages of this repository. */
export const ownPackages = fileURLToPath(new URL('../..', import.meta.url));

/** Resolves when Node can parse each source as a module. */
export async function checkModules(sources: readonly string[]): Promise<void> {
  const folder = await temporaryFolder();
  try {
    for (const [index, source] of sources.entries()) await writeFile(join(folder.path, `${index}.mjs`), source);
    // One process for all: a module that is linked was parsed, and none is run.
    await run(process.execPath, ['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', parseAll, folder.path, String(sources.length)]);
  } finally {
    await folder.remove();
  }
}

const parseAll = `
import { readFileSync } from 'node:fs';
import { SourceTextModule } from 'node:vm';
const [folder, count] = process.argv.slice(-2);
for (let index = 0; index < Number(count); index++) new SourceTextModule(readFileSync(folder + '/' + index + '.mjs', 'utf8'), { identifier: String(index) });
`;

/**
 * Runs each source as a module, all in one process. A source imports packages from the folder's `node_modules`, and
 * listens on `port`, which is declared before it.
 */
export async function serveModules(sources: readonly string[], packages: string): Promise<RunningServers> {
  const folder = await temporaryFolder();
  const ports = await freePorts(sources.length);
  await symlink(join(packages, 'node_modules'), join(folder.path, 'node_modules'), 'dir');
  for (const [index, source] of sources.entries()) {
    await mkdir(join(folder.path, String(index)));
    await writeFile(join(folder.path, String(index), 'server.mjs'), `const port = ${ports[index]};\n${source}`);
  }
  await writeFile(join(folder.path, 'main.mjs'), sources.map((_, index) => `import './${index}/server.mjs';\n`).join(''));
  const server = await serve(process.execPath, [join(folder.path, 'main.mjs')], ports, { cwd: folder.path });
  return { ports, close: async () => { await server.close(); await folder.remove(); } };
}
