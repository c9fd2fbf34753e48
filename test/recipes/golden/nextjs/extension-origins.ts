import { NextResponse, type NextRequest } from 'next/server';

const corsOrigins = [
  'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e',
];

// If proxy.ts does something already, do it where NextResponse.next() is.
export function proxy(request: NextRequest) {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
  const response = isPreflight ? new NextResponse(null, { status: 204 }) : NextResponse.next();
  const origin = request.headers.get('Origin');
  // Also for an origin that is refused: a cache must not replay that response to another.
  response.headers.append('Vary', 'Origin');
  if (origin !== null && corsOrigins.includes(origin)) response.headers.set('Access-Control-Allow-Origin', origin);
  return response;
}
