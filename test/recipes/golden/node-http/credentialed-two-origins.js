const corsOrigins = new Set(['https://app.example', 'https://admin.example']);

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
    response.setHeader('Access-Control-Expose-Headers', 'etag');
    return false;
  }
  response.setHeader('Access-Control-Allow-Methods', 'PUT, DELETE');
  response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
  response.setHeader('Access-Control-Max-Age', '600');
  response.writeHead(204).end();
  return true;
}
