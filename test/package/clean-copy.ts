import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const repository = fileURLToPath(new URL('../..', import.meta.url));

/** The source as a reviewer unpacks it, after `npm ci`, in a folder of its own. */
export interface CleanCopy {
  readonly folder: string;
  npmRun(script: string, environment?: Readonly<Record<string, string>>): Promise<void>;
  remove(): Promise<void>;
}

/** `name` is the folder's, or a path of folders, below a temporary one. */
export async function makeCleanCopy(name: string): Promise<CleanCopy> {
  const parent = await mkdtemp(join(tmpdir(), 'cors-inspector-source-'));
  const folder = join(parent, name);
  const { stdout } = await execute('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'], { cwd: repository });
  for (const path of stdout.split('\0').filter((line) => line !== '')) await cp(join(repository, path), join(folder, path));
  await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return {
    folder,
    async npmRun(script, environment = {}) {
      // npm is a script with an extension of its own on Windows, which only a shell finds.
      await execute('npm', ['run', '--silent', script], { cwd: folder, env: { ...process.env, ...environment }, shell: process.platform === 'win32' });
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}

/** Every file below the folder, by its path from there with `/` between the parts. */
export async function filesOf(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort();
  return new Map(await Promise.all(paths.map(async (path) => [relative(folder, path).split(sep).join('/'), await readFile(path)] as const)));
}

/** What makes two sets of files the same, byte for byte; short enough to be read where they differ. */
export const digestsOf = (files: ReadonlyMap<string, Buffer>): Readonly<Record<string, string>> =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]));
