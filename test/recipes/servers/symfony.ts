import { checkPhp, php, phpVersion, readPhp, servePhp } from '../php.ts';
import { run } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { program } from '../toolchain.ts';

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
    // They share the container, which the first to run writes.
    return servePhp('symfony', snippets, { file: 'CorsSubscriber.php', prepare: async (script, cwd) => run(await php(), [script], { cwd }) });
  },
};
