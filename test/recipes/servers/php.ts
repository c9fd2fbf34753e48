import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPhp, phpVersion, readPhp, servePhp } from '../php.ts';
import { temporaryFolder } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { fileOf } from '../toolchain.ts';

export const server: RecipeServer = {
  version: async () => `PHP ${await phpVersion()}`,
  check: checkPhp,
  read: (snippets) => readPhp('php', snippets),

  async start(snippets) {
    const folder = await temporaryFolder();
    const script = join(folder.path, 'app.php');
    await writeFile(script, await fileOf('php', 'app.php'));
    const folders = snippets.map((_, index) => join(folder.path, String(index)));
    for (const [index, snippet] of snippets.entries()) {
      await mkdir(folders[index] ?? '');
      await writeFile(join(folders[index] ?? '', 'cors.php'), snippet);
    }
    const { ports, close } = await servePhp(script, folders);
    return { ports, close: async () => { await close(); await folder.remove(); } };
  },
};
