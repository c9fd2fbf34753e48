import { mkdtemp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { targets } from '../../extension/vite.config.ts';
import manifest from '../../manifest.json' with { type: 'json' };
import { launchChromium, openPanel } from '../browser/chromium.ts';
import { launchFirefox } from '../browser/firefox.ts';
import { type CleanCopy, digestsOf, filesOf, makeCleanCopy } from './clean-copy.ts';

const names = Object.keys(targets) as (keyof typeof targets)[];

describe('what goes to the stores', () => {
  let submitted: CleanCopy;
  let unpacked: string;

  const zipOf = (copy: CleanCopy, target: keyof typeof targets): string => join(copy.folder, 'dist', `cors-inspector-${manifest.version}-${target}.zip`);
  const filesInZip = async (target: keyof typeof targets): Promise<ReadonlyMap<string, Buffer>> =>
    new Map(Object.entries(unzipSync(await readFile(zipOf(submitted, target)))).map(([path, bytes]) => [path, Buffer.from(bytes)]));

  beforeAll(async () => {
    submitted = await makeCleanCopy('cors-inspector');
    await submitted.npmRun('package');
    unpacked = await mkdtemp(join(tmpdir(), 'cors-inspector-unpacked-'));
  });
  afterAll(async () => {
    await submitted?.remove();
    if (unpacked !== undefined) await rm(unpacked, { recursive: true, force: true });
  });

  it('is one zip for each', async () => {
    const zips = (await readdir(join(submitted.folder, 'dist'))).filter((name) => name.endsWith('.zip'));
    expect(zips.sort()).toEqual(names.map((target) => `cors-inspector-${manifest.version}-${target}.zip`).sort());
  });

  it.each(names)('is the whole build for %s and nothing else', async (target) => {
    const files = await filesInZip(target);
    expect(digestsOf(files)).toEqual(digestsOf(await filesOf(join(submitted.folder, 'dist', target))));
    expect([...files.keys()].filter((path) => !/^[\w/-]+\.(js|html|css|png|json)$/.test(path)), 'Keep these out of the build.').toEqual([]);
    expect([...files].filter(([path, bytes]) => path.endsWith('.js') && bytes.includes('sourceMappingURL')).map(([path]) => path)).toEqual([]);
    expect(JSON.parse(files.get('manifest.json')?.toString() ?? '')).toMatchObject({ manifest_version: 3, version: manifest.version, permissions: manifest.permissions });
  });

  it('comes out the same, byte for byte, from another folder, in another time zone and for whoever develops', async () => {
    const rebuilt = await makeCleanCopy('somewhere else/cors inspector');
    try {
      await rebuilt.npmRun('package', { TZ: 'Pacific/Kiritimati', LC_ALL: 'C', NODE_ENV: 'development' });
      for (const target of names) expect((await readFile(zipOf(rebuilt, target))).equals(await readFile(zipOf(submitted, target))), target).toBe(true);
    } finally {
      await rebuilt.remove();
    }
  });

  it('is what build-for-amo makes of the source, byte for byte', async () => {
    const reviewed = await makeCleanCopy('review/source');
    try {
      await reviewed.npmRun('build-for-amo');
      expect(await readdir(join(reviewed.folder, 'dist'))).toEqual(['firefox']);
      expect(digestsOf(await filesOf(join(reviewed.folder, 'dist', 'firefox')))).toEqual(digestsOf(await filesInZip('firefox')));
    } finally {
      await reviewed.remove();
    }
  });

  it('names no folder of the machine that built it', async () => {
    for (const target of names) {
      const named = [...await filesInZip(target)].filter(([, bytes]) => [submitted.folder, tmpdir(), process.cwd()].some((folder) => bytes.includes(folder)));
      expect(named.map(([path]) => path), target).toEqual([]);
    }
  });

  it('is loaded by Firefox', async () => {
    const firefox = await launchFirefox({ extension: zipOf(submitted, 'firefox') });
    try {
      const devTools = await (await (await firefox.newPage()).openDevTools())();
      expect(await devTools.panel.evaluate(() => corsInspector.version)).toBe(manifest.version);
    } finally {
      await firefox.close();
    }
  });

  it('is loaded by Chromium', async () => {
    for (const [path, bytes] of await filesInZip('chromium')) {
      await mkdir(dirname(join(unpacked, path)), { recursive: true });
      await writeFile(join(unpacked, path), bytes);
    }
    const browser = await launchChromium({ extension: unpacked });
    try {
      const { panel } = await openPanel(await browser.newPage());
      expect(await panel.evaluate(() => corsInspector.version)).toBe(manifest.version);
    } finally {
      await browser.close();
    }
  });
});
