const corsOrigins = new Set([
  'http://localhost:3000',
  'http://localhost:5173',
  'http://127.0.0.1:5173',
  'http://[::1]:5173',
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
  response.headers.set('Access-Control-Allow-Credentials', 'true');
  if (isPreflight) {
    response.headers.set('Access-Control-Allow-Methods', 'PUT');
    response.headers.set('Access-Control-Max-Age', '0');
  }
  return response;
};

export const config = { path: '/*' };
