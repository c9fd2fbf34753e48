export default async (request: Request, context: { next(): Promise<Response> }) => {
  // An OPTIONS request that is no preflight goes on.
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
  const answer = isPreflight ? new Response(null, { status: 204 }) : await context.next();
  const response = new Response(answer.body, answer);
  // These lines alone decide: what came from elsewhere goes.
  for (const name of [...response.headers.keys()]) {
    if (name.startsWith('access-control-')) response.headers.delete(name);
  }
  response.headers.set('Access-Control-Allow-Origin', '*');
  if (isPreflight) {
    response.headers.set('Access-Control-Allow-Headers', 'content-type');
    response.headers.set('Access-Control-Max-Age', '600');
  }
  return response;
};

export const config = { path: '/*' };
