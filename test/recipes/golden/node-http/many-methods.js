const corsOrigins = new Set(['https://app.example']);

// First in the request listener, before authentication and routes:
//   if (cors(request, response)) return;
function cors(request, response) {
  const { origin } = request.headers;
  // Also for an origin that is refused: a cache must not replay that response to another.
  response.appendHeader('Vary', 'Origin');
  if (corsOrigins.has(origin)) response.setHeader('Access-Control-Allow-Origin', origin);
  // An OPTIONS request that is no preflight goes on to the routes.
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) {
    return false;
  }
  response.setHeader('Access-Control-Allow-Methods', 'PUT, DELETE, PATCH, patch, OPTIONS, PROPFIND, PROPPATCH, MKCOL, COPY, MOVE, LOCK, UNLOCK, REPORT, SEARCH');
  response.setHeader('Access-Control-Max-Age', '7200');
  response.writeHead(204).end();
  return true;
}
