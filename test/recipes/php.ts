import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HeaderList } from '../../src/fetch/header-list.ts';
import { freePorts, run, serve, temporaryFolder } from './process.ts';
import type { RunningServers, SnippetReader } from './recipe-server.ts';
import { fileOf, program } from './toolchain.ts';

export const php = (): Promise<string> => program({ title: 'PHP', executables: ['php'], debianPackage: 'php-cli', source: 'https://www.php.net/downloads' });

export const phpVersion = async (): Promise<string> => run(await php(), ['-r', 'echo PHP_VERSION;']);

/** Resolves when PHP can parse each source. */
export async function checkPhp(sources: readonly string[]): Promise<void> {
  const parse = 'foreach (json_decode(stream_get_contents(STDIN)) as $source) token_get_all($source, TOKEN_PARSE);';
  await run(await php(), ['-r', parse], { input: JSON.stringify(sources) });
}

/** What a snippet does, for each origin that it names and for one that it does not. */
interface Table {
  readonly origins: readonly string[];
  /** Header lists of a preflight and of an actual response, for each origin; the last one is for any other. */
  readonly headers: readonly (readonly [preflight: HeaderList, actual: HeaderList])[];
}

/** Gives the snippets to `servers/ID/read.php`, as a JSON array; it prints a table for each. */
export async function readPhp(id: string, snippets: readonly string[]): Promise<readonly SnippetReader[]> {
  const script = fileURLToPath(new URL(`servers/${id}/read.php`, import.meta.url));
  const tables = JSON.parse(await run(await php(), [script], { input: JSON.stringify(snippets) })) as readonly Table[];
  return tables.map(({ origins, headers }) => ({ origin, isPreflight }) => {
    const index = origin === null ? -1 : origins.indexOf(origin);
    return headers.at(index)?.[isPreflight ? 0 : 1] ?? [];
  });
}

interface Started {
  /** What a snippet is called beside the script. */
  readonly file: string;
  /** Called with the script and the folder of the first snippet, before any server is started. */
  readonly prepare?: (script: string, cwd: string) => Promise<unknown>;
}

/** Runs `servers/ID/app.php` in PHP's own server, once for each snippet and in a folder with nothing but it. */
export async function servePhp(id: string, snippets: readonly string[], { file, prepare }: Started): Promise<RunningServers> {
  const executable = await php();
  const folder = await temporaryFolder();
  const script = join(folder.path, 'app.php');
  await writeFile(script, await fileOf(id, 'app.php'));
  const folders = snippets.map((_, index) => join(folder.path, String(index)));
  for (const [index, snippet] of snippets.entries()) {
    await mkdir(folders[index] ?? '');
    await writeFile(join(folders[index] ?? '', file), snippet);
  }
  await prepare?.(script, folders[0] ?? '');
  const ports = await freePorts(snippets.length);
  const servers = await Promise.all(folders.map(async (cwd, index) => {
    const port = ports[index] ?? 0;
    return serve(executable, ['-d', 'display_errors=0', '-S', `127.0.0.1:${port}`, script], [port], { cwd });
  }));
  return { ports, close: async () => { await Promise.all(servers.map(({ close }) => close())); await folder.remove(); } };
}
