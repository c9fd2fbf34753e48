import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { respond } from '../../src/fix/respond.ts';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers, SnippetReader } from './recipe-server.ts';
import { built, fileOf, program } from './toolchain.ts';

const source = 'https://adoptium.net';
const java = (): Promise<string> => program({ title: 'Java', executables: ['java'], debianPackage: 'default-jdk-headless', source });
const javac = (): Promise<string> => program({ title: 'a JDK', executables: ['javac'], debianPackage: 'default-jdk-headless', source });
const maven = (): Promise<string> => program({ title: 'Maven', executables: ['mvn'], debianPackage: 'maven', source: 'https://maven.apache.org/download.cgi' });

/** The folder with the libraries that `servers/ID/pom.xml` pins. */
async function libraries(id: string): Promise<string> {
  const folder = await built(id, ['pom.xml'], async (folder) => {
    await run(await maven(), ['--quiet', '--batch-mode', 'dependency:copy-dependencies', '-DoutputDirectory=lib'], { cwd: folder });
  });
  return join(folder, 'lib');
}

/** The version of an artifact among the libraries. */
export async function springVersion(id: string, artifact: string): Promise<string | undefined> {
  const jar = new RegExp(`^${artifact}-(\\d+\\.\\d+\\.\\d+)\\.jar$`);
  return (await readdir(await libraries(id))).flatMap((file) => jar.exec(file)?.[1] ?? [])[0];
}

/** Compiles each snippet in a package of its own, named `s0`, `s1` and so on, with the other sources. */
async function compile(id: string, snippets: readonly string[], others: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  const files: string[] = [];
  const add = async (name: string, text: string): Promise<void> => {
    await writeFile(join(folder.path, name), text);
    files.push(name);
  };
  for (const [index, snippet] of snippets.entries()) {
    await mkdir(join(folder.path, `s${index}`));
    await add(`s${index}/CorsConfig.java`, snippet.replace(/^package com\.example;$/m, `package s${index};`));
  }
  for (const [name, text] of Object.entries(others)) await add(name, text);
  try {
    await run(await javac(), ['-parameters', '-d', 'classes', '-cp', `${await libraries(id)}/*`, ...files], { cwd: folder.path });
  } catch (error) {
    await folder.remove();
    throw error;
  }
  return folder;
}

/** Reads the setters that the recipe calls. */
function reader(line: string): SnippetReader {
  const calls = new Map(line.split('\t').map((call) => {
    const [name = '', ...values] = call.split(' ').map((word) => Buffer.from(word.slice(1), 'base64').toString());
    return [name, values] as const;
  }));
  const [get, head, post, ...methods] = calls.get('preflight.setAllowedMethods') ?? [];
  if (`${get} ${head} ${post}` !== 'GET HEAD POST') throw new Error('Spring would turn down a preflight for a CORS-safelisted method.');
  if (calls.get('actual.setAllowedMethods')?.join() !== '*') throw new Error('Spring would turn down an OPTIONS request that is no preflight.');
  const origins = calls.get('origins') ?? [];
  const [maxAge] = calls.get('preflight.setMaxAge') ?? [];
  const policy = {
    origins: origins.join() === '*' ? '*' as const : origins,
    methods,
    requestHeaders: calls.get('preflight.setAllowedHeaders') ?? [],
    exposedHeaders: calls.get('actual.setExposedHeaders') ?? [],
    maxAge: maxAge === undefined ? null : Number(maxAge),
  };
  return (request) => respond({ ...policy, credentialed: calls.has(`${request.isPreflight ? 'preflight' : 'actual'}.setAllowCredentials`) }, request);
}

/** Resolves when each snippet compiles. */
export async function checkSpring(id: string, snippets: readonly string[]): Promise<void> {
  await (await compile(id, snippets, {})).remove();
}

export async function readSpring(snippets: readonly string[]): Promise<readonly SnippetReader[]> {
  const folder = await temporaryFolder();
  try {
    await writeFile(join(folder.path, 'Read.java'), await fileOf('spring-boot', 'Read.java'));
    await writeFile(join(folder.path, 'snippets'), snippets.map((snippet) => Buffer.from(snippet).toString('base64')).join('\n'));
    return (await run(await java(), ['Read.java', 'snippets'], { cwd: folder.path })).trimEnd().split('\n').map(reader);
  } finally {
    await folder.remove();
  }
}

/** Runs the application with each of the snippets, all in one process; `servers/ID/Login.java` is what guards it. */
export async function serveSpring(id: string, snippets: readonly string[]): Promise<RunningServers> {
  const folder = await compile(id, snippets, { 'App.java': await fileOf('spring-boot', 'App.java'), 'Login.java': await fileOf(id, 'Login.java') });
  const ports = await freePorts(snippets.length);
  const options = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', `${join(folder.path, 'classes')}:${await libraries(id)}/*`];
  const server = await serve(await java(), [...options, 'app.App', ...ports.map(String)], ports);
  return { ports, close: async () => { await server.close(); await folder.remove(); } };
}
