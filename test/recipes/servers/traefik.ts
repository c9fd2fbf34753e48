import { join } from 'node:path';
import { corsResponseHeaders, respond } from '../../../src/fix/respond.ts';
import { compileGo, goVersion } from '../go.ts';
import { run } from '../process.ts';
import { checkProxy, startProxies, type Place, type Proxy } from '../proxy.ts';
import type { RecipeServer, SnippetReader } from '../recipe-server.ts';

const compiled = (): Promise<string> => compileGo('traefik', ['main.go']);

// Middlewares of Traefik make the redirect and the 413. None can add to the 404 that Traefik makes itself.
const application = ({ upstream }: Place): string => `
http:
  routers:
    all: { rule: PathPrefix(\`/\`), middlewares: [cors], service: application }
    moved: { rule: Path(\`/moved\`), priority: 2, middlewares: [cors, moved], service: application }
    upload: { rule: Path(\`/upload\`), priority: 2, middlewares: [cors, small], service: application }
    unreachable: { rule: Path(\`/unreachable\`), priority: 2, middlewares: [cors], service: down }
  middlewares:
    moved: { redirectRegex: { regex: /moved$, replacement: /data, permanent: true } }
    small: { buffering: { maxRequestBodyBytes: 1024 } }
  services:
    application: { loadBalancer: { servers: [{ url: "${upstream}" }] } }
    down: { loadBalancer: { servers: [{ url: "http://127.0.0.1:1" }] } }
`;

const traefik: Proxy = {
  executable: async () => join(await compiled(), 'server'),
  files: (snippet, place) => ({ 'cors.yaml': snippet, 'application.yaml': application(place), 'address': `127.0.0.1:${place.port}` }),
  checking: (folder) => ['check', folder],
  serving: (folder) => ['serve', folder],
};

/** What the recipe states of the headers middleware, as Traefik reads it. */
interface Headers {
  readonly customResponseHeaders: Readonly<Record<string, string>>;
  readonly accessControlAllowOriginList: readonly string[];
  readonly addVaryHeader?: boolean;
  readonly accessControlAllowCredentials?: boolean;
  readonly accessControlAllowMethods?: readonly string[];
  readonly accessControlAllowHeaders?: readonly string[];
  readonly accessControlExposeHeaders?: readonly string[];
  readonly accessControlMaxAge?: number;
}

function reader(snippet: string, headers: Headers): SnippetReader {
  const { customResponseHeaders, accessControlAllowOriginList: origins, addVaryHeader = false } = headers;
  if (corsResponseHeaders.some((name) => customResponseHeaders[name] !== '')) throw new Error('What the application sends must be removed.');
  const isAny = origins.join() === '*';
  if (addVaryHeader === isAny) throw new Error('A response varies by origin unless any origin is allowed.');
  return (request) => respond({
    origins: isAny ? '*' : origins,
    credentialed: headers.accessControlAllowCredentials ?? false,
    methods: headers.accessControlAllowMethods ?? [],
    requestHeaders: headers.accessControlAllowHeaders ?? [],
    exposedHeaders: headers.accessControlExposeHeaders ?? [],
    // Traefik takes no number for zero.
    maxAge: headers.accessControlMaxAge ?? (snippet.includes('accessControlMaxAge: 0') ? 0 : null),
  }, request);
}

export const server: RecipeServer = {
  version: async () => `the file provider, router rules and middlewares of Traefik ${await goVersion('traefik', 'github.com/traefik/traefik/v3')}`,
  check: (snippets) => checkProxy(traefik, snippets),
  read: async (snippets) => {
    const middlewares = JSON.parse(await run(await traefik.executable(), ['read'], { input: JSON.stringify(snippets) })) as readonly Headers[];
    return snippets.map((snippet, index) => reader(snippet, middlewares[index] as Headers));
  },
  start: (snippets) => startProxies(traefik, snippets),
};
