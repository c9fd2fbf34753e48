import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureProgram, type Program } from '../browser/install.ts';
import { run } from './process.ts';

/** An error that says which toolchain is missing, and how it is had. */
interface MissingToolchain extends Error {
  readonly toolchain: string;
}

export const isMissingToolchain = (error: unknown): error is MissingToolchain => error instanceof Error && 'toolchain' in error;

/** Path of a program, installed where that needs nobody's help; throws a missing toolchain. */
export async function program(wanted: Program): Promise<string> {
  try {
    return await ensureProgram(wanted);
  } catch (error) {
    throw Object.assign(new Error(error instanceof Error ? error.message : String(error)), { toolchain: wanted.title });
  }
}

const folderOf = (id: string): string => fileURLToPath(new URL(`servers/${id}`, import.meta.url));
/** The text of a file of `servers/ID/`. */
export const fileOf = (id: string, name: string): Promise<string> => readFile(join(folderOf(id), name), 'utf8');

const cache = fileURLToPath(new URL('../../out/servers', import.meta.url));

const building = new Map<string, Promise<string>>();

/**
 * A folder that holds what was built from a recipe's pinned files in `servers/ID/`. It is kept in `out/` and built again
 * when one of the files changes.
 */
export function built(id: string, pinned: readonly string[], build: (folder: string) => Promise<void>): Promise<string> {
  const hash = createHash('sha256');
  for (const file of pinned) hash.update(readFileSync(join(folderOf(id), file)));
  const folder = join(cache, `${id}-${hash.digest('hex').slice(0, 16)}`);
  const found = building.get(folder) ?? (existsSync(folder) ? Promise.resolve(folder) : buildInto(folder));
  building.set(folder, found);
  return found;

  async function buildInto(folder: string): Promise<string> {
    // Under a name of its own until it is whole: a run that is interrupted leaves no half of it behind.
    const draft = `${folder}.${process.pid}`;
    await rm(draft, { recursive: true, force: true });
    await mkdir(draft, { recursive: true });
    for (const file of pinned) await cp(join(folderOf(id), file), join(draft, file));
    await build(draft);
    await rename(draft, folder);
    return folder;
  }
}

/** The folder with the packages that `servers/ID/package-lock.json` pins. */
export const npmPackages = (id: string): Promise<string> =>
  built(id, ['package.json', 'package-lock.json'], async (folder) => {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder]);
  });

const python: Program = {
  title: 'Python 3',
  executables: ['python3'],
  debianPackage: 'python3',
  source: 'https://www.python.org/downloads/',
};

export const pythonExecutable = (): Promise<string> => program(python);

/** The folder with the packages that `servers/ID/requirements.txt` pins, for Python's search path. */
export const pythonPackages = (id: string): Promise<string> =>
  built(id, ['requirements.txt'], async (folder) => {
    const pip = await program(pip3);
    await run(pip, ['install', '--quiet', '--no-input', '--no-deps', '--target', folder, '-r', join(folder, 'requirements.txt')]);
  });

const pip3: Program = { title: 'pip', executables: ['pip3'], debianPackage: 'python3-pip', source: 'https://pip.pypa.io/en/stable/installation/' };

/** The version of a package that `npmPackages` installed. */
export async function npmVersion(id: string, name: string): Promise<string> {
  const manifest: unknown = JSON.parse(readFileSync(join(await npmPackages(id), 'node_modules', name, 'package.json'), 'utf8'));
  return (manifest as { readonly version: string }).version;
}
