const corsOrigins = new Set([
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e',
]);

export default async (request: Request, context: { next(): Promise<Response> }) => {
  // An OPTIONS request that is no preflight goes on.
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
  const answer = isPreflight ? new Response(null, { status: 204 }) : await context.next();
  const response = new Response(answer.body, answer);
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

export const config = { path: '/*' };
