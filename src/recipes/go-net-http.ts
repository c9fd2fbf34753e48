import { goHandler } from './go.ts';
import type { Recipe } from './recipe.ts';

/** Go's own HTTP server, and every router that is an `http.Handler`. */
export const goNetHttp: Recipe = {
  id: 'go-net-http',
  title: 'Go net/http',
  language: 'go',
  extension: 'go',
  docs: 'https://pkg.go.dev/net/http#Handler',
  where: 'Save it as cors.go beside the file that starts the server, with the package name of that file. Wrap the outermost handler.',
  first: null,
  pitfall: 'Around a single route it is too late: a pattern such as "PUT /data" answers the preflight with 405. Wrap the whole mux.',
  active: 'Build and restart the server.',
  log: null,
  proof: { kind: 'server', versions: 'Go 1.26' },
  fingerprints: [],
  render: (policy) => goHandler(policy, 'http.ListenAndServe(":8080", withCORS(mux))'),
};
