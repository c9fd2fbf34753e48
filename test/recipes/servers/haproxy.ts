import type { Header } from '../../../src/fetch/header-list.ts';
import { run } from '../process.ts';
import { askProxy, checkProxy, startProxies, type Place, type Proxy } from '../proxy.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { program } from '../toolchain.ts';

// HAProxy makes the 401, 404, 413 and 503.
const configuration = (snippet: string, { port, upstream }: Place): string => `
global
    log stderr format raw local0 emerg
defaults
    mode http
    timeout connect 1s
    timeout client 10s
    timeout server 10s
    retries 0
userlist users
    user alice insecure-password secret
frontend api
    bind 127.0.0.1:${port}
${snippet}
    http-request auth realm login if { path /private } !{ http_auth(users) }
    http-request redirect location /data code 308 if { path /moved }
    http-request return status 404 content-type text/plain string missing if { path /missing }
    http-request return status 413 content-type text/plain string "too large" if { path /upload } { req.hdr(Content-Length) -m int gt 1024 }
    use_backend down if { path /unreachable }
    default_backend application
backend application
    server application ${upstream.replace('http://', '')}
backend down
    server down 127.0.0.1:1
`;

const haproxy: Proxy = {
  executable: () => program({ title: 'HAProxy', executables: ['haproxy'], debianPackage: 'haproxy', source: 'https://www.haproxy.org/#down' }),
  files: (snippet, place) => ({ 'haproxy.cfg': configuration(snippet, place) }),
  checking: (folder) => ['-c', '-f', `${folder}/haproxy.cfg`],
  serving: (folder) => ['-db', '-f', `${folder}/haproxy.cfg`],
};

/** Splits a line as HAProxy does: quotes hold blanks, and a backslash holds the next character. */
function wordsOf(line: string): readonly string[] {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"(?=\s|$)|([^\s"\\]+)/g)];
  return words.map(([, quoted, plain]) => {
    if (quoted?.replace(/\\./g, '').includes('$')) throw new Error('A variable of the environment is read.');
    return quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '';
  });
}

/** The value of a header, in which the recipe writes no expression but one. */
function literal(format: string): string {
  if (format.replaceAll('%%', '').includes('%')) throw new Error(`“${format}” is no literal value.`);
  return format.replaceAll('%%', '%');
}

function reader(snippet: string): SnippetReader {
  const lines = snippet.split('\n').filter((line) => line !== '' && !line.trimStart().startsWith('#')).map(wordsOf);
  const origins = lines.filter(([directive]) => directive === 'acl').map((words) => {
    if (words.length !== 6) throw new Error(`The recipe writes no ${words.join(' ')}.`);
    return words[5];
  });
  return ({ origin, isPreflight }) => lines.flatMap(([directive, action = '', name = '', value = '', condition, ...rest]): Header[] => {
    if (directive !== 'http-after-response' || action === 'del-header') return [];
    const isAllowed = origin !== null && origins.includes(origin);
    if (value === '%[var(txn.cors_origin)]') return isAllowed ? [[name, origin]] : [];
    if (condition !== undefined && rest.join(' ') !== '{ var(txn.cors_preflight) -m bool }') throw new Error(`The recipe writes no ${rest.join(' ')}.`);
    if (condition !== undefined && isPreflight !== (condition === 'if')) return [];
    return [[name, literal(value)]];
  });
}

export const server: RecipeServer = {
  version: async () => `HAProxy ${/version (\d\S+)/.exec(await run(await haproxy.executable(), ['-v']))?.[1]}`,
  check: (snippets) => checkProxy(haproxy, snippets),
  read: async (snippets) => snippets.map(reader),
  start: (snippets) => startProxies(haproxy, snippets),
  promises: {
    active: { command: 'haproxy -c -f haproxy.cfg', run: (snippet) => askProxy(haproxy, snippet, haproxy.checking) },
    log: { add: (snippet, log) => `${snippet}\n    ${log.replace(/ in the frontend .*$/, '')}\n` },
  },
};
