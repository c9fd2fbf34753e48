import { checkGo, goVersion, serveGo } from '../go.ts';
import { readHandlers } from '../go-handler.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { fileOf } from '../toolchain.ts';

export const server: RecipeServer = {
  version: async () => `Gin ${await goVersion('gin', 'github.com/gin-gonic/gin')}`,
  check: (snippets) => checkGo('gin', snippets),
  read: readHandlers,
  start: async (snippets) => serveGo('gin', await fileOf('gin', 'app.go'), snippets),
};
