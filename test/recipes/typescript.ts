import { symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run, temporaryFolder } from './process.ts';
import { npmPackages } from './toolchain.ts';

/** Resolves when each source compiles as a module of its own against the types of the packages that `servers/ID/` pins. */
export async function checkTypescript(id: string, sources: readonly string[]): Promise<void> {
  const folder = await temporaryFolder();
  try {
    await symlink(join(await npmPackages(id), 'node_modules'), join(folder.path, 'node_modules'), 'dir');
    await writeFile(join(folder.path, 'package.json'), '{ "type": "module" }');
    const files = sources.map((_, index) => `module${index}.ts`);
    for (const [index, source] of sources.entries()) await writeFile(join(folder.path, files[index] ?? ''), source);
    const tsc = createRequire(import.meta.url).resolve('typescript/package.json').replace(/package\.json$/, 'bin/tsc');
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck'];
    await run(process.execPath, [tsc, ...options, ...files], { cwd: folder.path });
  } finally {
    await folder.remove();
  }
}
