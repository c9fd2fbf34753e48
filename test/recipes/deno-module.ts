import { createRequire } from 'node:module';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers } from './recipe-server.ts';
import { npmPackages, npmVersion } from './toolchain.ts';

// Nothing is fetched, and what is compiled is kept nowhere.
const env = { DENO_NO_UPDATE_CHECK: '1', DENO_NO_PROMPT: '1', NO_COLOR: '1' };

/** Deno itself, and not the npm package's script that starts it: a signal to that one would not reach it. */
async function denoExecutable(): Promise<string> {
  const installer: { runInstall(): string } = createRequire(join(await npmPackages('deno'), 'node_modules/deno/package.json'))('./install_api.cjs');
  return installer.runInstall();
}

export const denoVersion = async (): Promise<string> => `Deno ${await npmVersion('deno', 'deno')}`;

/** A folder with each source as `NUMBER.ts`. */
async function folderOf(sources: readonly string[]) {
  const folder = await temporaryFolder();
  for (const [index, source] of sources.entries()) await writeFile(join(folder.path, `${index}.ts`), source);
  return folder;
}

/** Resolves when each source is TypeScript that Deno finds no error in. */
export async function checkDeno(sources: readonly string[]): Promise<void> {
  const folder = await folderOf(sources);
  try {
    const files = sources.map((_, index) => `${index}.ts`);
    await run(await denoExecutable(), ['check', '--quiet', '--no-remote', '--no-lock', ...files], { cwd: folder.path, env: { ...env, DENO_DIR: folder.path } });
  } finally {
    await folder.remove();
  }
}

/** Runs each source, all in one process; each listens on `port`, which is declared before it. */
export async function serveDeno(sources: readonly string[]): Promise<RunningServers> {
  const ports = await freePorts(sources.length);
  const folder = await folderOf(sources.map((source, index) => `const port = ${ports[index]};\n${source}`));
  await mkdir(join(folder.path, 'cache'));
  await writeFile(join(folder.path, 'main.ts'), sources.map((_, index) => `import './${index}.ts';\n`).join(''));
  const args = ['run', '--quiet', '--no-check', '--no-remote', '--no-lock', '--allow-net=127.0.0.1', 'main.ts'];
  const server = await serve(await denoExecutable(), args, ports, { cwd: folder.path, env: { ...env, DENO_DIR: join(folder.path, 'cache') } });
  return { ports, close: async () => { await server.close(); await folder.remove(); } };
}
