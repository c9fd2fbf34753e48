import type { HttpHandler, HttpResponseInit } from '@azure/functions';

const corsOrigins = new Set(['https://app.example']);

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
    if (isPreflight) {
      response.headers.set('Access-Control-Allow-Methods', 'M\'`$%|#!*^~, $M');
      response.headers.set('Access-Control-Allow-Headers', 'x-\'`$%|#!*^~, $0, %o, \', #');
      response.headers.set('Access-Control-Max-Age', '1');
    }
    if (!isPreflight) response.headers.set('Access-Control-Expose-Headers', 'y-\'`$%|#!*^~, %e, $1');
    return response;
  };
}
