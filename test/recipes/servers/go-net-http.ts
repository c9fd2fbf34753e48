import { checkGo, go, serveGo } from '../go.ts';
import { readHandlers } from '../go-handler.ts';
import { run } from '../process.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { fileOf } from '../toolchain.ts';

export const server: RecipeServer = {
  version: async () => `Go ${/go(\d+\.\d+[.\d]*)/.exec(await run(await go(), ['version']))?.[1]}`,
  check: (snippets) => checkGo('go-net-http', snippets),
  read: readHandlers,
  start: async (snippets) => serveGo('go-net-http', await fileOf('go-net-http', 'app.go'), snippets),
};
