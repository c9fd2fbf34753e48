import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { goStrings } from './go.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Go with the package jub0bs/cors, around any `http.Handler`. */
export const jub0bsCors: Recipe = {
  id: 'jub0bs-cors',
  title: 'Go with jub0bs/cors',
  language: 'go',
  extension: 'go',
  docs: 'https://pkg.go.dev/github.com/jub0bs/cors#Config',
  where: 'Save it as cors.go beside the file that starts the server, with the package name of that file. Wrap the outermost handler.',
  first: 'go get github.com/jub0bs/cors',
  pitfall: 'Around a handler that the mux has for a single method, as in "PUT /data", it never meets the preflight. Wrap the mux.',
  active: 'Build and restart the server.',
  log: 'It writes none, but middleware.SetDebug(true) leaves the headers on a preflight that fails, so the browser says what is missing.',
  proof: { kind: 'server', versions: 'jub0bs/cors 0.9.0' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const preflighted = [...methods, ...requestHeaders];
  const refused = refuseUnprintable(policy) ?? (origins === '*' ? anyRefusal(preflighted) : originRefusal(origins)) ?? refusal(preflighted, exposedHeaders);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const isInsecure = origins !== '*' && policy.credentialed && !origins.every((origin) => secure.test(origin));
  const fields = [
    [`Origins: ${goStrings(origins === '*' ? ['*'] : origins, '		')},`],
    ...(policy.credentialed ? [['Credentialed: true,']] : []),
    ...(isInsecure ? [[
      '// For the origins without https; the package refuses them otherwise. Whoever is on the network can read along.',
      'ExtraConfig: cors.ExtraConfig{DangerouslyTolerateInsecureOrigins: true},',
    ]] : []),
    ...list('Methods', methods),
    ...list('RequestHeaders', requestHeaders),
    ...list('ResponseHeaders', exposedHeaders),
    // The package takes zero for nothing, and a negative number for zero.
    ...(maxAge === null ? [] : [[`MaxAgeInSeconds: ${maxAge === 0 ? -1 : maxAge},`]]),
  ];
  const snippet = [
    'package main',
    '',
    'import (',
    '	"log"',
    '	"net/http"',
    '',
    '	"github.com/jub0bs/cors"',
    ')',
    '',
    '// withCORS goes around everything, login and redirects included:',
    '// http.ListenAndServe(":8080", withCORS(mux))',
    'func withCORS(next http.Handler) http.Handler {',
    '	middleware, err := cors.NewMiddleware(cors.Config{',
    // A line between two fields keeps gofmt from aligning them.
    ...fields.flatMap((lines, index) => [...(index === 0 ? [] : ['']), ...lines.map((line) => `		${line}`)]),
    '	})',
    '	if err != nil {',
    '		log.Fatal(err)',
    '	}',
    '	return middleware.Wrap(next)',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const list = (name: string, values: readonly string[]): readonly (readonly string[])[] => (values.length === 0 ? [] : [[`${name}: ${goStrings(values, '		')},`]]);

/** What the package takes for secure: https and this machine. */
const secure = /^https:|^[^:]*:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/** The package answers a preflight with 403 where `Origin: null` stands, even if any origin is allowed. */
const anyRefusal = (preflighted: readonly string[]): string | null =>
  preflighted.length === 0 ? null : 'jub0bs/cors turns down preflights from sandboxed pages, also where any origin is allowed. Name each origin.';

/**
 * The package takes no IP address with https, and only names as DNS has them: none with an underscore or a misplaced
 * hyphen, and none whose last label begins with a digit, as a page of an extension in Firefox may have.
 */
const originRefusal = (origins: readonly string[]): string | null =>
  origins.every((origin) => {
    const [, scheme, host = ''] = /^([a-z][0-9a-z+.-]{0,63}):\/\/([0-9a-z.-]{1,253}|\[[0-9a-f:]+\])(?::\d{1,5})?$/.exec(origin) ?? [];
    if (/^\[|^\d+\.\d+\.\d+\.\d+$/.test(host)) return scheme !== 'https';
    const labels = host.split('.');
    return !/^\d/.test(labels.at(-1) ?? '') && labels.every((label) => /^(?!-)(?!(?!xn)..--)[0-9a-z-]{1,63}(?<!-)$/.test(label));
  }) ? null : 'A value is no origin for jub0bs/cors. Write each one as scheme://host, with a name in place of an IP address for https.';

function refusal(preflighted: readonly string[], exposedHeaders: readonly string[]): string | null {
  if ([...preflighted, ...exposedHeaders].includes('*')) return 'jub0bs/cors takes * for everything. Name each value.';
  return exposedHeaders.some((name) => /^(origin$|access-control-)/.test(name))
    ? 'jub0bs/cors exposes no header that belongs to the CORS protocol itself. Remove it from the exposed headers.'
    : null;
}
