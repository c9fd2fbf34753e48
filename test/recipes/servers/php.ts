import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HeaderList } from '../../../src/fetch/header-list.ts';
import { freePorts, run, serve, temporaryFolder } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { fileOf, program } from '../toolchain.ts';

const php = (): Promise<string> => program({ title: 'PHP', executables: ['php'], debianPackage: 'php-cli', source: 'https://www.php.net/downloads' });

/** What a snippet does, for each origin that it names and for one that it does not. */
interface Table {
  readonly origins: readonly string[];
  /** Header lists of a preflight and of an actual response, for each origin; the last one is for any other. */
  readonly headers: readonly (readonly [preflight: HeaderList, actual: HeaderList])[];
}

export const server: RecipeServer = {
  version: async () => `PHP ${await run(await php(), ['-r', 'echo PHP_VERSION;'])}`,

  async check(snippets) {
    const parse = 'foreach (json_decode(stream_get_contents(STDIN)) as $snippet) token_get_all($snippet, TOKEN_PARSE);';
    await run(await php(), ['-r', parse], { input: JSON.stringify(snippets) });
  },

  async read(snippets) {
    const tables = JSON.parse(await run(await php(), ['-r', (await fileOf('php', 'read.php')).replace('<?php', '')], { input: JSON.stringify(snippets) })) as readonly Table[];
    return tables.map(({ origins, headers }) => ({ origin, isPreflight }) => {
      const index = origin === null ? -1 : origins.indexOf(origin);
      return headers.at(index)?.[isPreflight ? 0 : 1] ?? [];
    });
  },

  async start(snippets) {
    const executable = await php();
    const application = await fileOf('php', 'app.php');
    const ports = await freePorts(snippets.length);
    const starts = await Promise.all(snippets.map(async (snippet, index) => {
      const folder = await temporaryFolder();
      await writeFile(join(folder.path, 'cors.php'), snippet);
      await writeFile(join(folder.path, 'app.php'), application);
      const port = ports[index] ?? 0;
      const { close } = await serve(executable, ['-d', 'display_errors=0', '-S', `127.0.0.1:${port}`, join(folder.path, 'app.php')], [port]);
      return async () => { await close(); await folder.remove(); };
    }));
    return { ports, close: async () => { await Promise.all(starts.map((close) => close())); } };
  },
};
