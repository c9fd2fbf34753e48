import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Header } from '../../../src/fetch/header-list.ts';
import { run } from '../process.ts';
import { askProxy, checkProxy, logOfProxy, startProxies, type Place, type Proxy } from '../proxy.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { program } from '../toolchain.ts';

const install = 'apt-get install apache2, or brew install httpd';

function modulesFolder(): string {
  const folders = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules', '/opt/homebrew/lib/httpd/modules', '/usr/libexec/apache2'];
  const found = folders.find((folder) => existsSync(join(folder, 'mod_headers.so')));
  if (found === undefined) throw new Error(`No modules of Apache httpd were found. Install them: ${install}`);
  return found;
}

const modules = [
  'mpm_event', 'authn_core', 'authn_file', 'authz_core', 'authz_user', 'auth_basic', 'alias', 'headers', 'rewrite',
  'setenvif', 'proxy', 'proxy_http',
];

const configuration = (snippet: string, { folder, port, upstream }: Place): string => `
${modules.map((name) => `LoadModule ${name}_module ${modulesFolder()}/mod_${name}.so`).join('\n')}
ServerName localhost
PidFile ${folder}/apache.pid
DefaultRuntimeDir ${folder}
ErrorLog ${folder}/error.log
Listen 127.0.0.1:${port}
StartServers 1
ServerLimit 1
MaxRequestWorkers 25
${process.getuid?.() === 0 ? 'User daemon\nGroup daemon' : ''}
<VirtualHost 127.0.0.1:${port}>
${snippet}
DocumentRoot ${folder}
Redirect 308 /moved /data
ProxyPass /missing !
ProxyPass /moved !
ProxyPass /upload !
ProxyPass /unreachable http://127.0.0.1:1/
ProxyPass / ${upstream}/
<Location /upload>
  LimitRequestBody 1024
</Location>
<Location /private>
  AuthType Basic
  AuthName login
  AuthUserFile ${folder}/users
  Require valid-user
</Location>
</VirtualHost>
`;

const fromFolder = (folder: string): readonly string[] => ['-d', folder, '-f', `${folder}/apache.conf`];

const apache: Proxy = {
  executable: () => program({ title: 'Apache httpd', executables: ['apache2', 'httpd'], debianPackage: 'apache2', source: 'https://httpd.apache.org/download.cgi' }),
  files: (snippet, place) => ({
    'apache.conf': configuration(snippet, place),
    'users': `alice:{SHA}${createHash('sha1').update('secret').digest('base64')}\n`,
    'logs/.keep': '',
  }),
  checking: (folder) => [...fromFolder(folder), '-t'],
  serving: (folder) => [...fromFolder(folder), '-DFOREGROUND'],
};

/** Splits a line as Apache does: quotes hold blanks, and a backslash holds a quote or a backslash. */
const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"(?=\s|$)|(\S+)/g)].map(([, quoted, plain]) => quoted?.replace(/\\(["\\])/g, '$1') ?? plain ?? '');

/** The value of a Header directive, in which the recipe writes no specifier but `%%`. */
function literal(format: string): string {
  if (/\$\{/.test(format) || /%/.test(format.replaceAll('%%', '')) || format.startsWith('expr=')) throw new Error(`“${format}” is no literal value.`);
  return format.replaceAll('%%', '%');
}

const reader = (snippet: string): SnippetReader => ({ origin, isPreflight }) => {
  const holds = (condition: string | undefined): boolean => {
    switch (condition) {
      case undefined: return true;
      case 'env=CORS_PREFLIGHT': return isPreflight;
      case 'env=!CORS_PREFLIGHT': return !isPreflight;
    }
    const expected = /^expr=req_novary\('Origin'\) == '([^'\\%$]*)'$/.exec(condition)?.[1];
    if (expected === undefined) throw new Error(`The recipe writes no condition ${condition}.`);
    return origin === expected;
  };
  return snippet.split('\n').flatMap((line): Header[] => {
    if (line === '' || line.startsWith('#')) return [];
    if (line.endsWith('\\')) throw new Error('A line goes on in the next one.');
    const [directive, ...words] = wordsOf(line);
    if (directive === 'SetEnvIfExpr' || /^Rewrite(Engine|Cond|Rule)$/.test(directive ?? '')) return [];
    if (directive !== 'Header') throw new Error(`The recipe writes no ${directive}.`);
    const [action, name = '', value = '', condition, ...rest] = words[0] === 'always' ? words.slice(1) : words;
    if (rest.length > 0) throw new Error(`The recipe writes no ${rest.join(' ')}.`);
    if (action === 'unset') return [];
    return holds(condition) ? [[name, literal(value)]] : [];
  });
};

export const server: RecipeServer = {
  version: async () => `Apache httpd ${/Apache\/(\S+)/.exec(await run(await apache.executable(), ['-v']))?.[1]}`,
  check: (snippets) => checkProxy(apache, snippets),
  read: async (snippets) => snippets.map(reader),
  start: (snippets) => startProxies(apache, snippets),
  promises: {
    active: {
      command: 'apachectl -M',
      run: (snippet) => askProxy(apache, snippet, (folder) => [...fromFolder(folder), '-M']),
      shows: (_, active) => active.match(/\w+_module/g) ?? [],
    },
    log: {
      add: (snippet, log) => `${snippet}\n${log.replace(', then ', '\n').replace(/\.$/, '')}\n`,
      read: (snippet, origin) => logOfProxy(apache, snippet, 'logs/cors.log', origin),
    },
  },
};
