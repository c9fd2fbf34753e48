// First in the request listener, before authentication and routes:
//   if (cors(request, response)) return;
function cors(request, response) {
  response.setHeader('Access-Control-Allow-Origin', '*');
  // An OPTIONS request that is no preflight goes on to the routes.
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) {
    return false;
  }
  response.setHeader('Access-Control-Allow-Headers', 'content-type');
  response.setHeader('Access-Control-Max-Age', '600');
  response.writeHead(204).end();
  return true;
}
