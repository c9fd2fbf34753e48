import { respond } from '../../../src/fix/respond.ts';
import type { SnippetChecker, SnippetReader } from '../recipe-server.ts';
import { readYaml } from '../yaml.ts';

interface Plugin {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The configuration of the plugin. https://developer.konghq.com/plugins/cors/reference/ */
interface CorsConfig {
  readonly origins: readonly string[];
  readonly credentials?: boolean;
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed_headers?: readonly string[];
  readonly max_age?: number;
}

const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
const methods = ['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE'];
/** Of each field that the recipe uses: whether Kong takes the value. */
const fields: Readonly<Record<keyof CorsConfig, (value: unknown) => boolean>> = {
  origins: isList,
  credentials: (value) => typeof value === 'boolean',
  methods: (value) => isList(value) && (value as readonly string[]).every((method) => methods.includes(method)),
  headers: isList,
  exposed_headers: isList,
  max_age: (value) => typeof value === 'number',
};

function reader(document: unknown): SnippetReader {
  const { plugins: [cors, transformer, ...rest], ...others } = document as { readonly plugins: readonly Plugin[] };
  if (cors?.name !== 'cors' || rest.length > 0 || Object.keys(others).length > 0) throw new Error('The recipe writes one plugin cors.');
  const wrong = Object.entries(cors.config).filter(([name, value]) => !(name in fields && fields[name as keyof CorsConfig](value)));
  if (wrong.length > 0) throw new Error(`Kong takes no ${JSON.stringify(wrong)}.`);
  const config = cors.config as unknown as CorsConfig;
  const isAny = config.origins.join() === '*';
  const varies = JSON.stringify(transformer) === JSON.stringify({ name: 'response-transformer', config: { append: { headers: ['Vary:Origin'] } } });
  if (varies === isAny) throw new Error('A response varies by origin unless any origin is allowed.');
  const [get, head, post, ...ofMethods] = config.methods;
  const [origin, ...requestHeaders] = config.headers;
  if (`${get} ${head} ${post} ${origin}` !== 'GET HEAD POST Origin') throw new Error('Kong would take its defaults.');
  return (request) => respond({
    origins: isAny ? '*' : config.origins,
    credentialed: config.credentials ?? false,
    methods: ofMethods,
    requestHeaders,
    exposedHeaders: config.exposed_headers ?? [],
    maxAge: config.max_age ?? null,
  }, request);
}

const read = async (snippets: readonly string[]): Promise<readonly SnippetReader[]> => (await readYaml(snippets)).map(reader);

export const server: SnippetChecker = { check: async (snippets) => { await read(snippets); }, read };
