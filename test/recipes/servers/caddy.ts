import type { Header } from '../../../src/fetch/header-list.ts';
import { run } from '../process.ts';
import { askProxy, checkProxy, startProxies, type Place, type Proxy } from '../proxy.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';
import { program } from '../toolchain.ts';

const rest = '\t# Everything else that the site does: logins, redirects, reverse_proxy, file_server.';

/** The two parts of the snippet, each put where its first line says; its directives are those of the oldest version in use. */
function configuration(snippet: string, { folder, port, upstream }: Place): string {
  const [top = '', site = ''] = snippet.split(/^(?=# 2\. )/m);
  if (!site.includes(rest)) throw new Error('The snippet has no place for what the site does.');
  return `
{
	admin off
	auto_https off
	storage file_system ${folder}
}
${top}
http://:${port} {
	bind 127.0.0.1
${site.replace(rest, `
	basicauth /private {
		alice $2a$04$PUPmgP98ovewCIuXYQ1n8e5EVaj4MKlpnkEA7hZsXU27Fvsh4Ac.y
	}
	redir /moved /data 308
	@too_large {
		path /upload
		header_regexp Content-Length ^[0-9]{4,}
	}
	error @too_large 413
	reverse_proxy /unreachable 127.0.0.1:1
	handle /missing {
		root * ${folder}
		file_server
	}
	reverse_proxy ${upstream.replace('http://', '')}
`)}
}
`;
}

const caddy: Proxy = {
  executable: () => program({ title: 'Caddy', executables: ['caddy'], debianPackage: 'caddy', source: 'https://caddyserver.com/docs/install' }),
  files: (snippet, place) => ({ Caddyfile: configuration(snippet, place) }),
  checking: (folder) => ['adapt', '--validate', '--config', `${folder}/Caddyfile`],
  serving: (folder) => ['run', '--config', `${folder}/Caddyfile`],
};

/** Reads the lines that the recipe writes; a token is a word, or quoted without an escape. */
function reader(snippet: string): SnippetReader {
  const origins = new Set<string>();
  const matched: { readonly matcher: string; readonly header: Header }[] = [];
  let within: string[] = [];
  for (const line of snippet.split('\n')) {
    const tokens = [...line.matchAll(/"([^"\\]*)"(?=\s|$)|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
    const [first = '', second = '', third = ''] = tokens;
    if (first === '' || first.startsWith('#')) continue;
    if (tokens.at(-1) === '{') within.push(tokens.slice(0, -1).join(' '));
    else if (first === '}') within.pop();
    else if (within.at(-1)?.startsWith('header') && first !== 'defer' && !first.startsWith('-')) {
      if (tokens.length !== 2) throw new Error(`The recipe writes no ${line}.`);
      matched.push({ matcher: within.at(-1)?.slice('header'.length).trim() ?? '', header: [first.replace(/^\+/, ''), second] });
    } else if (within.at(-1) === '@cors_allowed') {
      if (first !== 'header' || second !== 'Origin' || third.includes('*') || tokens.length !== 3) throw new Error(`The recipe writes no ${line}.`);
      origins.add(third);
    }
  }
  if (within.length > 0) throw new Error('A block is left open.');
  within = [];
  return ({ origin, isPreflight }) => matched.flatMap(({ matcher, header: [name, value] }): Header[] => {
    const holds = { '': true, '@cors_allowed': origin !== null && origins.has(origin), '@cors_refused': origin === null || !origins.has(origin), '@cors_preflight': isPreflight, '@cors_response': !isPreflight }[matcher];
    if (holds === undefined) throw new Error(`The recipe writes no ${matcher}.`);
    if (!holds) return [];
    if (value === '{http.request.header.Origin}') return [[name, origin ?? '']];
    if (/[{}]/.test(value)) throw new Error(`“${value}” is no literal value.`);
    return [[name, value]];
  });
}

export const server: RecipeServer = {
  version: async () => `Caddy ${(await run(await caddy.executable(), ['version'])).trim().replace(/^v/, '').split(' ')[0]}`,
  check: (snippets) => checkProxy(caddy, snippets),
  read: async (snippets) => snippets.map(reader),
  start: (snippets) => startProxies(caddy, snippets),
  promises: {
    active: {
      command: 'caddy adapt --pretty',
      run: (snippet) => askProxy(caddy, snippet, (folder) => ['adapt', '--pretty', '--config', `${folder}/Caddyfile`]),
      shows: (snippet) => [...snippet.matchAll(/Access-Control-[\w-]+|https:\/\/[\w.]+/g)].map(([word]) => word),
    },
    log: { add: (snippet) => `${snippet}\nlog\n` },
  },
};
