import type { HeaderList } from '../../../src/fetch/header-list.ts';
import { applications, checkPython, pythonVersion, readPython, servePython } from '../python.ts';
import type { RecipeServer } from '../recipe-server.ts';

/** What the hooks of a snippet do, for each origin that it names and for one that it does not. */
interface Table {
  readonly origins: readonly string[];
  /** Header lists of a preflight and of an actual response, for each origin; the last one is for any other. */
  readonly headers: readonly (readonly [preflight: HeaderList, actual: HeaderList])[];
}

export const server: RecipeServer = {
  version: async () => `Flask ${await pythonVersion('flask', 'flask')}`,
  check: checkPython,
  start: async (snippets) => servePython('flask', await applications('flask', snippets), ['flask', 'werkzeug.serving']),
  read: async (snippets) => (await readPython<Table>('flask', snippets)).map(({ origins, headers }) => ({ origin, isPreflight }) => {
    const index = origin === null ? -1 : origins.indexOf(origin);
    return headers.at(index === -1 ? -1 : index)?.[isPreflight ? 0 : 1] ?? [];
  }),
};
