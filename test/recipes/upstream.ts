import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The application behind a proxy. It sends stray CORS headers of its own, and meets preflights with its login. */
export async function startUpstream(): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Access-Control-Allow-Credentials', 'false');
    response.setHeader('Access-Control-Allow-Methods', 'GET');
    response.setHeader('Access-Control-Allow-Headers', 'x-upstream');
    response.setHeader('Access-Control-Expose-Headers', 'x-upstream');
    response.setHeader('Access-Control-Max-Age', '1');
    response.setHeader('Vary', 'Accept-Encoding');
    let size = 0;
    request.on('data', (chunk: Buffer) => { size += chunk.length; });
    switch (request.url) {
      case '/data':
        response.setHeader('x-trace', '7');
        response.end(request.method === 'GET' ? 'data' : `${request.method} was here`);
        return;
      case '/cacheable':
        response.setHeader('Cache-Control', 'max-age=600');
        response.end('cacheable');
        return;
      case '/login':
        response.setHeader('Set-Cookie', 'session=alice; HttpOnly');
        response.end('welcome');
        return;
      case '/session':
        response.end(request.headers.cookie ?? 'nobody');
        return;
      case '/upload':
        // For a server that limits no body, or whose own 413 nothing can be added to.
        request.once('end', () => {
          response.statusCode = size > 1024 ? 413 : 200;
          response.end('upload');
        });
        return;
      case '/private':
        response.statusCode = request.headers.authorization === undefined ? 401 : 200;
        response.end(request.headers.authorization === undefined ? 'log in' : 'private');
        return;
      case '/missing':
        // For a server whose own 404 nothing can be added to.
        response.statusCode = 404;
        response.end('missing');
        return;
      default:
        response.statusCode = 500;
        response.end('broken');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
