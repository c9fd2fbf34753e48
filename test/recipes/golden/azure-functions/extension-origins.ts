import type { HttpHandler, HttpResponseInit } from '@azure/functions';

const corsOrigins = new Set([
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e',
]);

// Wrap every handler: app.http('name', { methods: ['GET', 'OPTIONS'], handler: withCors(handler) });
export function withCors(handler: HttpHandler): HttpHandler {
  return async (request, context) => {
    // An OPTIONS request that is no preflight goes on.
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
    let answer: HttpResponseInit;
    try {
      answer = isPreflight ? { status: 204 } : await handler(request, context) ?? {};
    } catch (error) {
      // The host would answer, without these headers.
      context.error(error);
      answer = { status: 500, body: 'Internal Server Error' };
    }
    const { status, body, jsonBody, cookies, enableContentNegotiation } = answer;
    const response = { status, body, jsonBody, cookies, enableContentNegotiation, headers: new Headers(answer.headers) };
    // These lines alone decide: what came from elsewhere goes.
    for (const name of [...response.headers.keys()]) {
      if (name.startsWith('access-control-')) response.headers.delete(name);
    }
    const origin = request.headers.get('Origin');
    // Also for an origin that is refused: a cache must not replay that response to another.
    response.headers.append('Vary', 'Origin');
    if (origin !== null && corsOrigins.has(origin)) response.headers.set('Access-Control-Allow-Origin', origin);
    return response;
  };
}
