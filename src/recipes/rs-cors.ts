import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { goStrings } from './go.ts';
import { refuseUnplainOrigins } from './plain-origin.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Go with the package rs/cors, around any `http.Handler`. */
export const rsCors: Recipe = {
  id: 'rs-cors',
  title: 'Go with rs/cors',
  language: 'go',
  extension: 'go',
  docs: 'https://pkg.go.dev/github.com/rs/cors#Options',
  where: 'Save it as cors.go beside the file that starts the server, with the package name of that file. Wrap the outermost handler.',
  first: 'go get github.com/rs/cors',
  pitfall: 'An empty list stands for a default: every origin, or Content-Type. Around a single route it is too late for the preflight.',
  active: 'Build and restart the server.',
  log: 'Debug: true among the options prints why a request is refused.',
  proof: { kind: 'server', versions: 'rs/cors 1.11.1' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, exposedHeaders } = policy;
  const refused = refuseUnprintable(policy) ?? refuseUnplainOrigins(policy)
    ?? ([...policy.methods, ...policy.requestHeaders].includes('*') ? 'rs/cors takes * for everything. Name each value.' : null);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const snippet = [
    'package main',
    '',
    'import "github.com/rs/cors"',
    '',
    '// Around everything, login and redirects included:',
    '// http.ListenAndServe(":8080", corsOptions.Handler(mux))',
    'var corsOptions = cors.New(cors.Options{',
    `	AllowedOrigins: ${goStrings(origins === '*' ? ['*'] : origins, '	')},`,
    ...(policy.credentialed ? ['', '	AllowCredentials: true,'] : []),
    '',
    '	// Of all others the package grants OPTIONS only, so GET, HEAD and POST stand here, too.',
    `	AllowedMethods: ${goStrings([...new Set(['GET', 'HEAD', 'POST', ...policy.methods])], '	')},`,
    '',
    '	// An empty list would grant Content-Type; Origin needs no grant.',
    `	AllowedHeaders: ${goStrings(['Origin', ...policy.requestHeaders], '	')},`,
    ...(exposedHeaders.length === 0 ? [] : ['', `	ExposedHeaders: ${goStrings(exposedHeaders, '	')},`]),
    // The package takes zero for nothing, and a negative number for zero.
    ...(maxAge === null ? [] : ['', `	MaxAge: ${maxAge === 0 ? -1 : maxAge},`]),
    '})',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
