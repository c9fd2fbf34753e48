import { NextResponse, type NextRequest } from 'next/server';

// If proxy.ts does something already, do it where NextResponse.next() is.
export function proxy(request: NextRequest) {
  // An OPTIONS request that is no preflight goes on to the routes.
  const isPreflight = request.method === 'OPTIONS' && request.headers.has('Access-Control-Request-Method');
  const response = isPreflight ? new NextResponse(null, { status: 204 }) : NextResponse.next();
  response.headers.set('Access-Control-Allow-Origin', '*');
  if (isPreflight) {
    response.headers.set('Access-Control-Allow-Headers', 'content-type');
    response.headers.set('Access-Control-Max-Age', '600');
  }
  return response;
}
