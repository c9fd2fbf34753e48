import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnprintable } from './printable.ts';
import type { Rendered } from './recipe.ts';

/** A Go string literal that evaluates to the value; it must be printable ASCII. */
export const goString = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** A Go slice of string literals as gofmt leaves it: on one line while that is readable, else one to a line, indented by a tab more. */
export function goStrings(values: readonly string[], indent: string): string {
  const items = values.map(goString);
  const line = `[]string{${items.join(', ')}}`;
  return line.length <= 80 ? line : `[]string{\n${items.map((item) => `${indent}\t${item},\n`).join('')}${indent}}`;
}

/**
 * A file that wraps any `http.Handler`, without a package from elsewhere.
 * @param usage  The line that serves with it.
 */
export function goHandler(policy: CorsPolicy, usage: string): Rendered {
  const refused = refuseUnprintable(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const { origins } = policy;
  const snippet = [
    'package main',
    '',
    ...(origins === '*'
      ? ['import "net/http"', '']
      : ['import (', '	"net/http"', '	"slices"', ')', '', `var corsOrigins = ${goStrings(origins, '')}`, '']),
    '// withCORS goes around everything, login and redirects included:',
    `// ${usage}`,
    'func withCORS(next http.Handler) http.Handler {',
    '	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {',
    ...(origins === '*'
      ? ['		w.Header().Set("Access-Control-Allow-Origin", "*")']
      : [
          '		// Also for an origin that is refused: a cache must not replay that response to another.',
          '		w.Header().Add("Vary", "Origin")',
          '		if origin := r.Header.Get("Origin"); slices.Contains(corsOrigins, origin) {',
          '			w.Header().Set("Access-Control-Allow-Origin", origin)',
          '		}',
        ]),
    ...(policy.credentialed ? ['		w.Header().Set("Access-Control-Allow-Credentials", "true")'] : []),
    '		// An OPTIONS request that is no preflight goes on to the application.',
    '		if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {',
    ...setList('			', 'Access-Control-Expose-Headers', policy.exposedHeaders),
    '			next.ServeHTTP(w, r)',
    '			return',
    '		}',
    ...setList('		', 'Access-Control-Allow-Methods', policy.methods),
    ...setList('		', 'Access-Control-Allow-Headers', policy.requestHeaders),
    ...setList('		', 'Access-Control-Max-Age', maxAge === null ? [] : [String(maxAge)]),
    '		w.WriteHeader(http.StatusNoContent)',
    '	})',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const setList = (indent: string, name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`${indent}w.Header().Set("${name}", ${goString(values.join(', '))})`];
