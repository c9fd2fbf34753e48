import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { oldestBrowsers } from '../../extension/vite.config.ts';

export interface GalleryServer {
  /** Of the gallery's page. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds the gallery and serves it on loopback, at a port of its own unless one is given. */
export async function startGallery(port = 0): Promise<GalleryServer> {
  const outDir = fileURLToPath(new URL('../../out/gallery', import.meta.url));
  const shared = { configFile: false, root: fileURLToPath(new URL('.', import.meta.url)), logLevel: 'warn' } as const;
  await build({
    ...shared,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, target: oldestBrowsers, modulePreload: false },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port, strictPort: port !== 0 } });
  const address = server.httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('The gallery does not listen.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
