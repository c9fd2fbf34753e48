import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { waitFor } from '../browser/chromium.ts';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers } from './recipe-server.ts';
import { startUpstream } from './upstream.ts';

/** Where a server that is configured by files finds its surroundings. */
export interface Place {
  readonly folder: string;
  readonly port: number;
  /** URL of the application behind the server, without a slash at its end. */
  readonly upstream: string;
}

/** A server that is configured by files and stands in front of the application. */
export interface Proxy {
  executable(): Promise<string>;
  /** The files by their names, the snippet put where the recipe says. */
  files(snippet: string, place: Place): Readonly<Record<string, string>>;
  /** Arguments with which it only reads its files. */
  checking(folder: string): readonly string[];
  /** Arguments with which it serves in the foreground. */
  serving(folder: string): readonly string[];
}

async function prepare(proxy: Proxy, snippet: string, port: number, upstream: string) {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(proxy.files(snippet, { folder: folder.path, port, upstream }))) {
    const file = join(folder.path, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}

/** Resolves when the server reads its files with each of the snippets. */
export async function checkProxy(proxy: Proxy, snippets: readonly string[]): Promise<void> {
  for (const snippet of snippets) {
    const folder = await prepare(proxy, snippet, 8080, 'http://127.0.0.1:1');
    try {
      await run(await proxy.executable(), proxy.checking(folder.path));
    } finally {
      await folder.remove();
    }
  }
}

/** What the server prints about its files with the snippet. */
export async function askProxy(proxy: Proxy, snippet: string, argumentsFor: (folder: string) => readonly string[]): Promise<string> {
  const folder = await prepare(proxy, snippet, 8080, 'http://127.0.0.1:1');
  try {
    return await run(await proxy.executable(), argumentsFor(folder.path));
  } finally {
    await folder.remove();
  }
}

/** What a file of the server's holds once a page at the origin has asked it for /data. */
export async function logOfProxy(proxy: Proxy, snippet: string, file: string, origin: string): Promise<string> {
  const upstream = await startUpstream();
  const [port = 0] = await freePorts(1);
  const folder = await prepare(proxy, snippet, port, upstream.url);
  try {
    const { close } = await serve(await proxy.executable(), proxy.serving(folder.path), [port]);
    try {
      await fetch(`http://127.0.0.1:${port}/data`, { headers: { Origin: origin } });
      return await waitFor(`a line in ${file}`, async () => (await readFile(join(folder.path, file), 'utf8')) || undefined);
    } finally {
      await close();
    }
  } finally {
    await folder.remove();
    await upstream.close();
  }
}

/** Starts the server once for each snippet, all in front of one application. */
export async function startProxies(proxy: Proxy, snippets: readonly string[]): Promise<RunningServers> {
  const executable = await proxy.executable();
  const upstream = await startUpstream();
  const ports = await freePorts(snippets.length);
  const starts = await Promise.allSettled(snippets.map(async (snippet, index) => {
    const port = ports[index] ?? 0;
    const folder = await prepare(proxy, snippet, port, upstream.url);
    const { close } = await serve(executable, proxy.serving(folder.path), [port]);
    return async () => { await close(); await folder.remove(); };
  }));
  const close = async (): Promise<void> => {
    await Promise.all(starts.map((start) => (start.status === 'fulfilled' ? start.value() : undefined)));
    await upstream.close();
  };
  const failed = starts.find((start) => start.status === 'rejected');
  if (failed) {
    await close();
    throw failed.reason;
  }
  return { ports, close };
}
