import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers } from './recipe-server.ts';
import { built, fileOf, program } from './toolchain.ts';

/** Debian's is too old for the crates. */
const cargo = (): Promise<string> => program({ title: 'Rust', executables: ['cargo', join(homedir(), '.cargo/bin/cargo')], debianPackage: null, source: 'https://rustup.rs' });

/** The folder with the crates that `servers/rust/Cargo.lock` pins, compiled. */
const crates = (): Promise<string> =>
  built('rust', ['Cargo.toml', 'Cargo.lock'], async (folder) => {
    await mkdir(join(folder, 'src'));
    await writeFile(join(folder, 'src/lib.rs'), '');
    await run(await cargo(), ['build', '--quiet', '--locked'], { cwd: folder });
  });

/** The version of a crate that `servers/rust/Cargo.lock` pins. */
export async function crateVersion(name: string): Promise<string> {
  return (await run(await cargo(), ['pkgid', '--quiet', name], { cwd: await crates() })).trim().replace(/.*[@#]/, '');
}

/** Compiles a program of the files, whose main one is `main.rs`; gives it in a folder of its own. */
async function compile(name: string, files: Readonly<Record<string, string>>) {
  const workspace = await crates();
  const sources = join(workspace, 'src/bin', name);
  await mkdir(sources, { recursive: true });
  for (const [file, text] of Object.entries(files)) await writeFile(join(sources, file), text);
  await run(await cargo(), ['build', '--quiet', '--locked', '--offline', '--bin', name], { cwd: workspace });
  const folder = await temporaryFolder();
  await copyFile(join(workspace, 'target/debug', name), join(folder.path, name));
  return { executable: join(folder.path, name), remove: folder.remove };
}

/** Sources in which `snippets::ALL` has the function `cors` of each snippet. */
const modules = (type: string, snippets: readonly string[]): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(snippets.map((snippet, index) => [`s${index}.rs`, snippet])),
  'snippets.rs': `
#![deny(warnings)]
${snippets.map((_, index) => `#[path = "s${index}.rs"]\nmod s${index};`).join('\n')}
pub const ALL: &[fn() -> ${type}] = &[${snippets.map((_, index) => `s${index}::cors`).join(', ')}];
`,
});

/** Resolves when each snippet compiles without a warning. */
export async function checkRust(id: string, type: string, snippets: readonly string[]): Promise<void> {
  const { remove } = await compile(`check-${id}`, { 'main.rs': 'mod snippets;\nfn main() { assert!(!snippets::ALL.is_empty()); }\n', ...modules(type, snippets) });
  await remove();
}

/** The calls that each snippet makes in a chain: their names, each with the literals among its arguments. */
export async function readRust(snippets: readonly string[]): Promise<readonly ReadonlyMap<string, readonly unknown[]>[]> {
  const { executable, remove } = await compile('read', { 'main.rs': await fileOf('rust', 'read.rs') });
  try {
    const calls = JSON.parse(await run(executable, [], { input: snippets.join('\0') })) as readonly (readonly (readonly [name: string, literals: readonly unknown[]])[])[];
    return calls.map((calls) => {
      const byName = new Map<string, readonly unknown[]>();
      for (const [name, literals] of calls) byName.set(name, [...(byName.get(name) ?? []), ...literals]);
      return byName;
    });
  } finally {
    await remove();
  }
}

/** Runs the application `servers/ID/app.rs` with each of the snippets, all in one process. */
export async function serveRust(id: string, type: string, snippets: readonly string[]): Promise<RunningServers> {
  const { executable, remove } = await compile(id, { 'main.rs': await fileOf(id, 'app.rs'), ...modules(type, snippets) });
  const ports = await freePorts(snippets.length);
  const server = await serve(executable, ports.map(String), ports);
  return { ports, close: async () => { await server.close(); await remove(); } };
}
