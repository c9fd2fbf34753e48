import { join } from 'node:path';
import type { Header } from '../../../src/fetch/header-list.ts';
import { canonicalName } from '../header-name.ts';
import { run } from '../process.ts';
import { checkProxy, startProxies, type Place, type Proxy } from '../proxy.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { pythonPackages } from '../toolchain.ts';

// Envoy makes the 401, 404, 413 and 503.
const configuration = (snippet: string, { port, upstream }: Place): string => `
static_resources:
  listeners:
  - address: { socket_address: { address: 127.0.0.1, port_value: ${port} } }
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: api
          local_reply_config:
            mappers:
            - filter: { status_code_filter: { comparison: { op: EQ, value: { default_value: 404, runtime_key: missing } } } }
              body: { inline_string: missing }
          route_config:
            virtual_hosts:
            - name: api
              domains: ["*"]
              routes:
              - { match: { path: /moved }, redirect: { path_redirect: /data, response_code: PERMANENT_REDIRECT } }
              - { match: { path: /unreachable }, route: { cluster: down } }
              - match: { path: /private }
                route: { cluster: application }
                typed_per_filter_config:
                  envoy.filters.http.basic_auth:
                    "@type": type.googleapis.com/envoy.extensions.filters.http.basic_auth.v3.BasicAuthPerRoute
                    users: { inline_string: "alice:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=" }
${['data', 'cacheable', 'login', 'session', 'upload', 'broken'].map((path) => `              - { match: { path: /${path} }, route: { cluster: application } }\n`).join('')}          http_filters:
${snippet.replace(/^(?=.)/gm, '          ')}
          - name: envoy.filters.http.basic_auth
            disabled: true
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.basic_auth.v3.BasicAuth
              users: { inline_string: "alice:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=" }
          - name: envoy.filters.http.buffer
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.buffer.v3.Buffer
              max_request_bytes: 1024
          - name: envoy.filters.http.router
            typed_config:
              "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
  clusters:
  - name: application
    load_assignment: { cluster_name: application, endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: ${new URL(upstream).port || 80} } } } }] }] }
  - name: down
    load_assignment: { cluster_name: down, endpoints: [{ lb_endpoints: [{ endpoint: { address: { socket_address: { address: 127.0.0.1, port_value: 1 } } } }] }] }
`;

const envoy: Proxy = {
  executable: async () => join(await pythonPackages('envoy'), 'envoy/_bin/envoy'),
  files: (snippet, place) => ({ 'envoy.yaml': configuration(snippet, place) }),
  checking: (folder) => ['--mode', 'validate', '--log-level', 'error', '-c', `${folder}/envoy.yaml`],
  serving: (folder) => ['--disable-hot-restart', '--concurrency', '1', '--log-level', 'error', '-c', `${folder}/envoy.yaml`],
};

/** Reads the lines that the recipe writes; a string is quoted, and a backslash holds the next character. */
function reader(snippet: string): SnippetReader {
  const string = '"((?:[^"\\\\]|\\\\["\\\\])*)"';
  const literal = (text = ''): string => text.replace(/\\(.)/g, '$1');
  const [, response = ''] = snippet.split('function envoy_on_response(response)\n');
  const origins = [...snippet.matchAll(new RegExp(`^ {10}\\[${string}\\] = true,$`, 'gm'))].map(([, origin]) => literal(origin));
  const lines: { readonly when: string; readonly header: Header | null }[] = [];
  let when = '';
  for (const line of response.split('\n').map((line) => line.trim())) {
    const [, condition] = /^if (.*) then$/.exec(line) ?? [];
    const [, name = '', value] = new RegExp(`^headers:add\\(${string}, ${string}\\)$`).exec(line) ?? [];
    if (condition !== undefined) when = condition;
    else if (line === 'end') when = '';
    else if (value !== undefined) lines.push({ when, header: [canonicalName(name), literal(value)] });
    else if (line === 'headers:add("access-control-allow-origin", cors.origin)') lines.push({ when, header: null });
    else if (!/^$|^--|^local |^headers:remove\("[a-z-]+"\)$/.test(line)) throw new Error(`The recipe writes no ${line}.`);
  }
  return ({ origin, isPreflight }) => lines.flatMap(({ when, header }): Header[] => {
    const holds = { '': true, 'cors.origin': origin !== null && origins.includes(origin), 'cors.preflight': isPreflight, 'not cors.preflight': !isPreflight }[when];
    if (holds === undefined) throw new Error(`The recipe writes no ${when}.`);
    return holds ? [header ?? ['Access-Control-Allow-Origin', origin ?? '']] : [];
  });
}

export const server: RecipeServer = {
  version: async () => `Envoy ${/\/(\d+\.\d+\.\d+)\//.exec(await run(await envoy.executable(), ['--version']))?.[1]}`,
  check: (snippets) => checkProxy(envoy, snippets),
  read: async (snippets) => snippets.map(reader),
  start: (snippets) => startProxies(envoy, snippets),
};
