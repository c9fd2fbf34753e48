const corsOrigins = new Set([
  'http://localhost:3000',
  'http://localhost:5173',
  'http://127.0.0.1:5173',
  'http://[::1]:5173',
]);

// First in the request listener, before authentication and routes:
//   if (cors(request, response)) return;
function cors(request, response) {
  const { origin } = request.headers;
  // Also for an origin that is refused: a cache must not replay that response to another.
  response.appendHeader('Vary', 'Origin');
  if (corsOrigins.has(origin)) response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Allow-Credentials', 'true');
  // An OPTIONS request that is no preflight goes on to the routes.
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) {
    return false;
  }
  response.setHeader('Access-Control-Allow-Methods', 'PUT');
  response.setHeader('Access-Control-Max-Age', '0');
  response.writeHead(204).end();
  return true;
}
