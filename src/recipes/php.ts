import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { phpArray, phpString } from './php-text.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** PHP without a framework, behind any web server. */
export const php: Recipe = {
  id: 'php',
  title: 'Plain PHP',
  language: 'php',
  extension: 'php',
  docs: 'https://www.php.net/manual/en/function.header.php',
  where: 'Save it as cors.php. Require it in the first line of every script that answers, or name it in auto_prepend_file of php.ini.',
  first: null,
  pitfall: 'Nothing may be printed before it, not even a blank line before <?php: the headers are lost then. A later header(\'Vary: …\') needs false as its second argument.',
  active: 'PHP reads it at the next request. Where opcache.validate_timestamps is 0, reload PHP-FPM.',
  log: null,
  proof: { kind: 'server', versions: 'PHP 8.2' },
  fingerprints: ['php'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = refuseUnprintable(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const snippet = [
    '<?php',
    '// First in every script, before the login, the session and any output:',
    "//   require __DIR__ . '/cors.php';",
    ...(origins === '*'
      ? ["header('Access-Control-Allow-Origin: *');"]
      : [
          '// Also for an origin that is refused: a cache must not replay that response to another.',
          "header('Vary: Origin', false);",
          `if (in_array($_SERVER['HTTP_ORIGIN'] ?? null, ${phpArray(origins, '')}, true)) {`,
          "    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);",
          '}',
        ]),
    ...(policy.credentialed ? ["header('Access-Control-Allow-Credentials: true');"] : []),
    '// An OPTIONS request that is no preflight goes on to the script.',
    "if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS' && isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) {",
    ...listHeader('    ', 'Access-Control-Allow-Methods', methods),
    ...listHeader('    ', 'Access-Control-Allow-Headers', requestHeaders),
    ...(maxAge === null ? [] : [`    header('Access-Control-Max-Age: ${maxAge}');`]),
    '    http_response_code(204);',
    '    exit;',
    '}',
    ...listHeader('', 'Access-Control-Expose-Headers', exposedHeaders),
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const listHeader = (indent: string, name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`${indent}header(${phpString(`${name}: ${values.join(', ')}`)});`];
