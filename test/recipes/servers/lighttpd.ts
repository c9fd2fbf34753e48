import type { Header } from '../../../src/fetch/header-list.ts';
import { run } from '../process.ts';
import { askProxy, checkProxy, startProxies, type Place, type Proxy } from '../proxy.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { program } from '../toolchain.ts';

const configuration = (snippet: string, { folder, port, upstream }: Place): string => `
server.modules = ( "mod_setenv", "mod_redirect", "mod_auth", "mod_authn_file", "mod_proxy" )
server.bind = "127.0.0.1"
server.port = ${port}
server.document-root = "${folder}/empty"
server.errorlog = "${folder}/error.log"
auth.backend = "plain"
auth.backend.plain.userfile = "${folder}/users"
$HTTP["url"] == "/private" {
    auth.require = ( "" => ( "method" => "basic", "realm" => "login", "require" => "valid-user" ) )
}
$HTTP["url"] == "/moved" {
    url.redirect = ( "" => "/data" )
    url.redirect-code = 308
}
$HTTP["url"] == "/unreachable" {
    proxy.server = ( "" => ( ( "host" => "127.0.0.1", "port" => 1 ) ) )
} else $HTTP["url"] != "/missing" {
    proxy.server = ( "" => ( ( "host" => "127.0.0.1", "port" => ${new URL(upstream).port} ) ) )
}

${snippet}`;

const lighttpd: Proxy = {
  executable: () => program({ title: 'lighttpd', executables: ['lighttpd'], debianPackage: 'lighttpd', source: 'https://www.lighttpd.net/download/' }),
  files: (snippet, place) => ({ 'lighttpd.conf': configuration(snippet, place), 'users': 'alice:secret\n', 'empty/.keep': '' }),
  checking: (folder) => ['-tt', '-f', `${folder}/lighttpd.conf`],
  serving: (folder) => ['-D', '-f', `${folder}/lighttpd.conf`],
};

/** Reads the lines that the recipe writes; a string has no escape. */
function reader(snippet: string): SnippetReader {
  const lists = new Map<string, Header[]>();
  const set: { readonly list: string; readonly preflight: boolean; readonly origin: string | null; readonly allowed: string }[] = [];
  let varies = false;
  let list: Header[] | null = null;
  const within: string[] = [];
  for (const line of snippet.split('\n').map((line) => line.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const item = /^"([^"\\]*)" => "([^"\\]*)",$/.exec(line);
    const opened = /^(var\.\w+) = \($/.exec(line);
    const assigned = /^setenv\.set-response-header = (var\.\w+) \+ \( "Access-Control-Allow-Origin" => "([^"\\]*)" \)$/.exec(line);
    if (list !== null && item) list.push([item[1] ?? '', item[2] ?? '']);
    else if (line === ')') list = null;
    else if (opened) lists.set(opened[1] ?? '', (list = []));
    else if (line.endsWith('{')) within.push(line);
    else if (line === '}') within.pop();
    else if (assigned) {
      const origin = /^\$REQUEST_HEADER\["Origin"\] == "([^"\\]*)" \{$/.exec(within.at(-1) ?? '')?.[1] ?? null;
      const [, list = '', allowed = ''] = assigned;
      if (origin !== null && origin !== allowed) throw new Error('An origin is given the name of another one.');
      set.push({ list, preflight: within.some((condition) => condition.includes('OPTIONS')), origin, allowed });
    } else if (line === 'setenv.add-response-header += ( "Vary" => "Origin" )') varies = true;
    else if (!/^url\.redirect(-code)? = /.test(line)) throw new Error(`The recipe writes no ${line}.`);
  }
  if (list !== null || within.length > 0) throw new Error('A list or a block is left open.');
  return ({ origin, isPreflight }) => {
    const last = set.findLast((entry) => (isPreflight || !entry.preflight) && (entry.origin === null || entry.origin === origin));
    const headers: readonly Header[] = [['Access-Control-Allow-Origin', last?.allowed ?? ''], ...lists.get(last?.list ?? '') ?? []];
    return [...headers.filter(([, value]) => value !== ''), ...(varies ? [['Vary', 'Origin'] as const] : [])];
  };
}

export const server: RecipeServer = {
  version: async () => `lighttpd ${/lighttpd\/(\S+)/.exec(await run(await lighttpd.executable(), ['-v']))?.[1]}`,
  check: (snippets) => checkProxy(lighttpd, snippets),
  read: async (snippets) => snippets.map(reader),
  start: (snippets) => startProxies(lighttpd, snippets),
  promises: {
    active: {
      command: 'lighttpd -p -f lighttpd.conf',
      run: (snippet) => askProxy(lighttpd, snippet, (folder) => ['-p', '-f', `${folder}/lighttpd.conf`]),
      shows: (snippet) => [...snippet.matchAll(/^ {4}("Access-Control-[\w-]+")\s*=> ("[^"]+")/gm)].flatMap(([, name = '', value = '']) => [name, value]),
    },
    log: { add: (snippet, log) => `${snippet}\nserver.modules += ( "mod_accesslog" )\n${log.replace(/ with mod_accesslog\.$/, '')}\n` },
  },
};
