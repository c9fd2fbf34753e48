import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';
import { oldestBrowsers } from '../../extension/vite.config.ts';

export interface GalleryServer {
  /** Of the gallery's page. */
  readonly url: string;
  close(): Promise<void>;
}

/** The clocks of a page that is cross-origin isolated count in 5 µs. Those of others in 100 µs: a frame of 16.67 ms would take 16.6 or 16.8. */
const isolation = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Builds the gallery and serves it on loopback, at a port of its own unless one is given. */
export async function startGallery(port = 0): Promise<GalleryServer> {
  const outDir = fileURLToPath(new URL('../../out/gallery', import.meta.url));
  const shared = { configFile: false, root: fileURLToPath(new URL('.', import.meta.url)), logLevel: 'warn' } as const;
  await build({
    ...shared,
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir, emptyOutDir: true, target: oldestBrowsers, modulePreload: false },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port, strictPort: port !== 0, headers: isolation } });
  const address = server.httpServer.address();
  if (typeof address !== 'object' || address === null) throw new Error('The gallery does not listen.');
  return { url: `http://127.0.0.1:${address.port}/`, close: () => server.close() };
}
