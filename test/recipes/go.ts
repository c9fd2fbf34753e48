import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers } from './recipe-server.ts';
import { built, fileOf, program } from './toolchain.ts';

export const go = (): Promise<string> => program({
  title: 'Go',
  executables: ['go', '/usr/local/go/bin/go'],
  debianPackage: 'golang-go',
  source: 'https://go.dev/dl/',
});

/** A first build compiles every dependency: without C and without a codec of Gin's that nothing here uses, it is half as long. */
const env = { CGO_ENABLED: '0', GOFLAGS: `${process.env['GOFLAGS'] ?? ''} -tags=nomsgpack`.trim() };

/** The folder with the `go.mod` and `go.sum` of `servers/ID/`, whose modules are downloaded. */
const goModules = (id: string): Promise<string> =>
  built(id, ['go.mod', 'go.sum'], async (folder) => { await run(await go(), ['mod', 'download'], { cwd: folder }); });

/** The folder with the program `server` of `servers/ID`, for a program that takes long to compile. */
export const compileGo = (id: string, sources: readonly string[]): Promise<string> =>
  built(id, ['go.mod', 'go.sum', ...sources], async (folder) => { await run(await go(), ['build', '-o', 'server', '.'], { cwd: folder, env }); });

/** The version of a module that `servers/ID/go.mod` pins. */
export async function goVersion(id: string, module: string): Promise<string> {
  return (await run(await go(), ['list', '-m', '-f', '{{.Version}}', module], { cwd: await goModules(id) })).trim().replace(/^v/, '');
}

/** A module with a package for each of the sources, named `s0`, `s1` and so on; each source is given as the files of a package `main`. */
async function goPackages(id: string, sources: readonly Readonly<Record<string, string>>[]) {
  const folder = await temporaryFolder();
  for (const file of ['go.mod', 'go.sum']) await cp(join(await goModules(id), file), join(folder.path, file));
  for (const [index, files] of sources.entries()) {
    await mkdir(join(folder.path, `s${index}`));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, `s${index}`, name), text.replace(/^package main$/m, `package s${index}`));
  }
  return folder;
}

/** Resolves when each snippet compiles, and is as gofmt leaves it. */
export async function checkGo(id: string, snippets: readonly string[]): Promise<void> {
  const executable = await go();
  const folder = await goPackages(id, snippets.map((snippet) => ({ 'cors.go': snippet })));
  try {
    await run(executable, ['build', './...'], { cwd: folder.path, env });
    const unformatted = await run(executable, ['fmt', './...'], { cwd: folder.path });
    if (unformatted !== '') throw new Error(`gofmt writes these otherwise: ${unformatted}`);
  } finally {
    await folder.remove();
  }
}

/** Gives each of the snippets to the Go program `servers/ID/NAME`, as a JSON array; gives the array that it prints. */
export async function readGo<T>(id: string, name: string, snippets: readonly string[]): Promise<readonly T[]> {
  const folder = await temporaryFolder();
  try {
    await writeFile(join(folder.path, 'read.go'), await fileOf(id, name));
    return JSON.parse(await run(await go(), ['run', 'read.go'], { cwd: folder.path, env, input: JSON.stringify(snippets) })) as readonly T[];
  } finally {
    await folder.remove();
  }
}

/** Runs the application with each of the snippets, all in one process; its function `Handler` makes the handler. */
export async function serveGo(id: string, application: string, snippets: readonly string[]): Promise<RunningServers> {
  const executable = await go();
  const folder = await goPackages(id, snippets.map((snippet) => ({ 'app.go': application, 'cors.go': snippet })));
  const ports = await freePorts(snippets.length);
  await writeFile(join(folder.path, 'main.go'), `
package main

import (
	"net/http"
${snippets.map((_, index) => `	"recipe/s${index}"`).join('\n')}
)

func main() {
${ports.map((port, index) => `	go http.ListenAndServe("127.0.0.1:${port}", s${index}.Handler())`).join('\n')}
	select {}
}
`);
  await run(executable, ['build', '-o', 'server', '.'], { cwd: folder.path, env });
  const server = await serve(join(folder.path, 'server'), [], ports);
  return { ports, close: async () => { await server.close(); await folder.remove(); } };
}
