import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPhp, php, phpVersion, readPhp, servePhp } from '../php.ts';
import { run, temporaryFolder } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { fileOf, program } from '../toolchain.ts';

/** Debian's, for it needs no registry of packages. */
const autoload = (): Promise<string> => program({
  title: 'Symfony',
  executables: ['/usr/share/php/Symfony/Bundle/FrameworkBundle/autoload.php'],
  debianPackage: 'php-symfony-framework-bundle',
  source: 'https://symfony.com/download',
});

export const server: RecipeServer = {
  async version() {
    const code = `require '${await autoload()}'; echo Symfony\\Component\\HttpKernel\\Kernel::VERSION;`;
    return `Symfony ${await run(await php(), ['-r', code])} in PHP ${await phpVersion()}`;
  },
  check: checkPhp,
  read: (snippets) => readPhp('symfony', snippets),

  async start(snippets) {
    await autoload();
    const folder = await temporaryFolder();
    const script = join(folder.path, 'app.php');
    await writeFile(script, await fileOf('symfony', 'app.php'));
    const folders = snippets.map((_, index) => join(folder.path, String(index)));
    for (const [index, snippet] of snippets.entries()) {
      await mkdir(folders[index] ?? '');
      await writeFile(join(folders[index] ?? '', 'CorsSubscriber.php'), snippet);
    }
    await run(await php(), [script], { cwd: folders[0] ?? '' });
    const { ports, close } = await servePhp(script, folders);
    return { ports, close: async () => { await close(); await folder.remove(); } };
  },
};
