import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Zippable, zipSync } from 'fflate';
import manifest from '../manifest.json' with { type: 'json' };
import { targets } from './vite.config.ts';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));

/** The same files give the same bytes: the order and the time are not the file system's. */
const mtime = new Date('2000-01-01T00:00:00');

for (const target of Object.keys(targets)) {
  const folder = join(dist, target);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')).sort();
  const zippable: Zippable = {};
  for (const path of paths) zippable[path] = [await readFile(join(folder, path)), { mtime, level: 9 }];
  const zip = join(dist, `cors-inspector-${manifest.version}-${target}.zip`);
  await writeFile(zip, zipSync(zippable));
  console.log(relative(process.cwd(), zip));
}
