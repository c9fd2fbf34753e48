import { fileURLToPath } from 'node:url';
import { type ViteDevServer, createServer } from 'vite';

export interface GalleryServer {
  /** Of the gallery's page, with a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the gallery on loopback, at a port of its own unless one is given. */
export async function startGallery(port = 0): Promise<GalleryServer> {
  const server: ViteDevServer = await createServer({
    configFile: false,
    root: fileURLToPath(new URL('../..', import.meta.url)),
    cacheDir: 'node_modules/.vite-gallery',
    logLevel: 'error',
    server: { host: '127.0.0.1', port, hmr: false, watch: null },
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    optimizeDeps: { include: ['preact', 'preact/hooks', 'preact/jsx-runtime', 'preact/jsx-dev-runtime'] },
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || address === null) throw new Error('The gallery does not listen.');
  return { url: `http://127.0.0.1:${address.port}/test/gallery/`, close: () => server.close() };
}
