import { checkPhp, phpVersion, readPhp, servePhp } from '../php.ts';
import type { RecipeServer } from '../recipe-server.ts';

export const server: RecipeServer = {
  version: async () => `PHP ${await phpVersion()}`,
  check: checkPhp,
  read: (snippets) => readPhp('php', snippets),
  start: (snippets) => servePhp('php', snippets, { file: 'cors.php' }),
};
