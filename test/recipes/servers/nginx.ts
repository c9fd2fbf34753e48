import type { Header } from '../../../src/fetch/header-list.ts';
import { run } from '../process.ts';
import { askProxy, checkProxy, logOfProxy, startProxies, type Place, type Proxy } from '../proxy.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { program } from '../toolchain.ts';

/** The two parts of the snippet, each put where its first line says. */
function configuration(snippet: string, { folder, port, upstream }: Place): string {
  const [http, server] = snippet.split(/^(?=# 2\. )/m);
  return `
daemon off;
master_process off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
${http}
access_log off;
client_body_temp_path ${folder}/body;
proxy_temp_path ${folder}/proxy;
fastcgi_temp_path ${folder}/fastcgi;
uwsgi_temp_path ${folder}/uwsgi;
scgi_temp_path ${folder}/scgi;
server {
listen 127.0.0.1:${port};
${server}
absolute_redirect off;
client_max_body_size 1k;
location / { proxy_pass ${upstream}; }
location = /private {
  auth_basic "login";
  auth_basic_user_file ${folder}/users;
  proxy_pass ${upstream};
}
location = /moved { return 308 /data; }
location = /missing { root ${folder}; }
location = /unreachable { proxy_pass http://127.0.0.1:1; }
}
}
`;
}

const fromFolder = (folder: string): readonly string[] => ['-e', 'stderr', '-p', folder, '-c', `${folder}/nginx.conf`];

const nginx: Proxy = {
  executable: () => program({ title: 'nginx', executables: ['nginx'], debianPackage: 'nginx-light', source: 'https://nginx.org/en/download.html' }),
  files: (snippet, place) => ({ 'nginx.conf': configuration(snippet, place), 'users': 'alice:{PLAIN}secret\n', 'logs/.keep': '' }),
  checking: (folder) => [...fromFolder(folder), '-t'],
  serving: fromFolder,
};

interface Directive {
  readonly words: readonly string[];
  readonly block: readonly Directive[];
}

/** Splits a configuration as nginx does. https://github.com/nginx/nginx/blob/master/src/core/ngx_conf_file.c */
function parse(text: string): readonly Directive[] {
  let position = 0;
  const word = (): string => {
    const quote = text[position];
    let value = '';
    if (quote !== '"' && quote !== "'") {
      // `${` does not open a block.
      while (position < text.length && !/[\s;]/.test(text[position] ?? '') && !(text[position] === '{' && text[position - 1] !== '$')) value += text[position++];
      return value;
    }
    for (position++; text[position] !== quote; position++) {
      if (position >= text.length) throw new Error('a quote is left open');
      if (text[position] === '\\' && /["'\\trn]/.test(text[position + 1] ?? '')) {
        const escaped = text[++position] ?? '';
        value += { t: '\t', r: '\r', n: '\n' }[escaped] ?? escaped;
      } else {
        value += text[position];
      }
    }
    position++;
    if (!/[\s;{)]/.test(text[position] ?? '')) throw new Error('a quote is followed by text');
    return value;
  };
  const block = (nested: boolean): readonly Directive[] => {
    const directives: Directive[] = [];
    let words: string[] = [];
    for (;;) {
      while (/\s/.test(text[position] ?? '')) position++;
      const character = text[position];
      if (character === undefined || character === '}') {
        if (words.length > 0 || nested !== (character === '}')) throw new Error('a block or a directive is left open');
        position++;
        return directives;
      }
      if (character === '#') {
        while (position < text.length && text[position] !== '\n') position++;
      } else if (character === ';') {
        position++;
        directives.push({ words, block: [] });
        words = [];
      } else if (character === '{') {
        position++;
        directives.push({ words, block: block(true) });
        words = [];
      } else {
        words.push(word());
      }
    }
  };
  return block(false);
}

function reader(snippet: string): SnippetReader {
  const variables = new Map<string, (request: Readonly<Record<string, string>>) => string>();
  const added: string[][] = [];
  for (const { words: [name, ...words], block } of parse(snippet)) {
    switch (name) {
      case 'geo':
        variables.set(words[0] ?? '', () => block[0]?.words[1] ?? '');
        break;
      case 'map':
        variables.set(words[1] ?? '', (request) => {
          const source = expand(words[0] ?? '', request);
          const entry = block.find(({ words: [key = ''] }) => (key.startsWith('~') ? new RegExp(key.slice(1)).test(source) : key.toLowerCase() === source.toLowerCase()))
            ?? block.find(({ words: [key] }) => key === 'default');
          return expand(entry?.words[1] ?? '', request);
        });
        break;
      case 'add_header':
        added.push(words);
        break;
      case 'map_hash_bucket_size':
      case 'proxy_hide_header':
      case 'if':
        break;
      default:
        throw new Error(`The recipe writes no ${name}.`);
    }
  }
  const expand = (text: string, request: Readonly<Record<string, string>>): string =>
    text.replace(/\$(?:\{(\w+)\}|(\w*))/g, (_, braced: string | undefined, plain: string) => {
      const name = braced ?? plain;
      const value = variables.get(`$${name}`)?.(request) ?? request[name];
      if (value === undefined) throw new Error(`nginx knows no variable “${name}”.`);
      return value;
    });
  return ({ origin, isPreflight }) => {
    const request = { http_origin: origin ?? '', request_method: 'OPTIONS', http_access_control_request_method: isPreflight ? 'PUT' : '' };
    return added.flatMap(([name = '', value = '']): Header[] => {
      const expanded = expand(value, request);
      return expanded === '' ? [] : [[name, expanded]];
    });
  };
}

export const server: RecipeServer = {
  version: async () => (await run(await nginx.executable(), ['-v'])).trim().replace('nginx version: nginx/', 'nginx '),
  check: (snippets) => checkProxy(nginx, snippets),
  read: async (snippets) => snippets.map(reader),
  start: (snippets) => startProxies(nginx, snippets),
  promises: {
    active: {
      command: 'nginx -T',
      run: (snippet) => askProxy(nginx, snippet, (folder) => [...fromFolder(folder), '-T']),
      shows: (snippet) => snippet.split('\n').filter((line) => line !== ''),
    },
    log: {
      add: (snippet, log) => {
        const [format = '', use = ''] = log.split('; then ');
        return `${snippet.replace(/^# 2\. /m, `${format};\n$&`)}\n${use}\n`;
      },
      read: (snippet, origin) => logOfProxy(nginx, snippet, 'logs/cors.log', origin),
    },
  },
};
