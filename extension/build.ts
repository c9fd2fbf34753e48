import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { targets } from './vite.config.ts';

// The plugin's child builds look for vite.config.ts in the working directory.
process.chdir(fileURLToPath(new URL('.', import.meta.url)));

for (const target of Object.keys(targets)) {
  process.env['CORS_INSPECTOR_TARGET'] = target;
  await build();
}
