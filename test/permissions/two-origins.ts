import { startRawServer } from '../playground/raw-server.ts';

/** A page, and an API of another origin that lets every page read and keeps `/held` waiting. */
export interface TwoOrigins {
  /** URL of the page. */
  readonly page: string;
  readonly api: string;
  /** Answers what waits at `/held`. */
  release(): void;
  close(): Promise<void>;
}

export async function startTwoOrigins(): Promise<TwoOrigins> {
  const app = await startRawServer(() => ({ status: 200, headers: [['Content-Type', 'text/html']], body: '<!doctype html><title>App</title>' }));
  let release = (): void => undefined;
  const api = await startRawServer(async ({ target }) => {
    if (target === '/held') await new Promise<void>((resolve) => { release = resolve; });
    return { status: 200, headers: [['Access-Control-Allow-Origin', '*']], body: 'body' };
  });
  return {
    page: `http://localhost:${app.port}/`,
    api: `http://localhost:${api.port}`,
    release: () => release(),
    close: async () => void (await Promise.all([app.close(), api.close()])),
  };
}

/** Within a page: fetches to the end of the body. The end is told to whoever has access by then, whenever the request began. */
export const fetchInFull = (url: string): Promise<string> => fetch(url).then((response) => response.text());
