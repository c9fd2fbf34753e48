import { checkPhp, php, phpVersion, readPhp, servePhp } from '../php.ts';
import { run } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { program } from '../toolchain.ts';

/** Debian's, for it needs no registry of packages. */
const autoload = (): Promise<string> => program({
  title: 'Laravel',
  executables: ['/usr/share/php/Illuminate/autoload.php'],
  debianPackage: 'php-laravel-framework',
  source: 'https://laravel.com/docs/installation',
});

export const server: RecipeServer = {
  async version() {
    const code = `require '${await autoload()}'; echo Illuminate\\Foundation\\Application::VERSION;`;
    return `Laravel ${await run(await php(), ['-r', code])} in PHP ${await phpVersion()}`;
  },
  check: checkPhp,
  read: (snippets) => readPhp('laravel', snippets),

  async start(snippets) {
    await autoload();
    return servePhp('laravel', snippets, { file: 'Cors.php' });
  },
};
