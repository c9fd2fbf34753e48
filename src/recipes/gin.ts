import { goHandler } from './go.ts';
import type { Recipe } from './recipe.ts';

/**
 * Gin, wrapped as a whole. The package gin-contrib/cors answers 403 to other origins and 204 to every OPTIONS request,
 * leaves `Vary` out when a request has no origin, and grants `patch` as PATCH; and no middleware of Gin runs where it
 * redirects for a slash.
 */
export const gin: Recipe = {
  id: 'gin',
  title: 'Gin',
  language: 'go',
  extension: 'go',
  docs: 'https://pkg.go.dev/github.com/gin-gonic/gin#Engine.Handler',
  where: 'Save it as cors.go beside the file that starts the server, with the package name of that file. Serve the wrapped router in place of router.Run.',
  first: null,
  pitfall: 'As middleware of Gin it would miss the redirects for a slash. Remove gin-contrib/cors, or the headers are sent twice.',
  active: 'Build and restart the server.',
  log: null,
  proof: { kind: 'server', versions: 'Gin 1.12.0' },
  fingerprints: [],
  render: (policy) => goHandler(policy, 'http.ListenAndServe(":8080", withCORS(router.Handler()))'),
};
