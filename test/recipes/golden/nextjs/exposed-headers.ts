import { NextResponse, type NextRequest } from 'next/server';

const corsOrigins = ['https://app.example'];

// If proxy.ts does something already, do it where NextResponse.next() is.
export function proxy(request: NextRequest) {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
  const response = isPreflight ? new NextResponse(null, { status: 204 }) : NextResponse.next();
  const origin = request.headers.get('Origin');
  // Also for an origin that is refused: a cache must not replay that response to another.
  response.headers.append('Vary', 'Origin');
  if (origin !== null && corsOrigins.includes(origin)) response.headers.set('Access-Control-Allow-Origin', origin);
  if (!isPreflight) {
    response.headers.set('Access-Control-Expose-Headers', 'content-disposition, etag, link, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, x-request-id');
  }
  return response;
}
