import type { CorsPolicy } from '../../../src/fix/cors-policy.ts';
import { respond } from '../../../src/fix/respond.ts';
import { checkGo, goVersion, readGo, serveGo } from '../go.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { fileOf } from '../toolchain.ts';

export const server: RecipeServer = {
  version: async () => `rs/cors ${await goVersion('rs-cors', 'github.com/rs/cors')}`,
  check: (snippets) => checkGo('rs-cors', snippets),
  read: async (snippets) => (await readGo<CorsPolicy>('rs-cors', 'read.go', snippets)).map((policy) => (request) => respond(policy, request)),
  start: async (snippets) => {
    const application = (await fileOf('go-net-http', 'app.go')).replace('withCORS(', 'corsOptions.Handler(');
    return serveGo('rs-cors', application, snippets);
  },
};
