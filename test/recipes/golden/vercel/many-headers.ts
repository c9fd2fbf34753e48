const corsOrigins = new Set(['https://app.example']);

// Wrap the handler: export default { fetch: withCors(async (request) => { ... }) };
function withCors<Rest extends unknown[]>(handler: (request: Request, ...rest: Rest) => Response | Promise<Response>) {
  return async (request: Request, ...rest: Rest): Promise<Response> => {
    // An OPTIONS request that is no preflight goes on.
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
    let answer;
    try {
      answer = isPreflight ? new Response(null, { status: 204 }) : await handler(request, ...rest);
    } catch (error) {
      // The platform would answer, without these headers.
      console.error(error);
      answer = new Response('Internal Server Error', { status: 500 });
    }
    if (answer.status === 101) return answer; // A WebSocket needs no CORS.
    // A copy: the headers of what fetch and Response.redirect give cannot be changed.
    const response = new Response(answer.body, answer);
    // These lines alone decide: what came from elsewhere goes.
    for (const name of [...response.headers.keys()]) {
      if (name.startsWith('access-control-')) response.headers.delete(name);
    }
    const origin = request.headers.get('Origin');
    // Also for an origin that is refused: a cache must not replay that response to another.
    response.headers.append('Vary', 'Origin');
    if (origin !== null && corsOrigins.has(origin)) response.headers.set('Access-Control-Allow-Origin', origin);
    if (isPreflight) {
      response.headers.set('Access-Control-Allow-Headers', 'authorization, content-type, baggage, sentry-trace, traceparent, tracestate, x-client-info, x-csrf-token, x-datadog-parent-id, x-requested-with, x-request-id, if-match, if-none-match, idempotency-key');
      response.headers.set('Access-Control-Max-Age', '7200');
    }
    return response;
  };
}
