import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { targets } from './vite.config.ts';

// The plugin's child builds look for vite.config.ts in the working directory.
process.chdir(fileURLToPath(new URL('.', import.meta.url)));
// The same output for everybody: in any other mode, JSX carries the paths of its files.
process.env['NODE_ENV'] = 'production';

const wanted = process.argv.slice(2);
for (const target of wanted.length > 0 ? wanted : Object.keys(targets)) {
  process.env['CORS_INSPECTOR_TARGET'] = target;
  await build();
}
