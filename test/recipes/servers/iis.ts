import { respond } from '../../../src/fix/respond.ts';
import { readPython } from '../python.ts';
import type { SnippetChecker, SnippetReader } from '../recipe-server.ts';

type Element = readonly [name: string, attributes: Readonly<Record<string, string>>, children: readonly Element[]];

/** The attributes of each element, by its path; IIS answers 500.19 for any other. https://learn.microsoft.com/iis/extensions/cors-module/cors-module-configuration-reference */
const known: Readonly<Record<string, readonly string[]>> = {
  'configuration': [],
  'configuration/system.webServer': [],
  'configuration/system.webServer/httpProtocol': [],
  'configuration/system.webServer/httpProtocol/customHeaders': [],
  'configuration/system.webServer/httpProtocol/customHeaders/add': ['name', 'value'],
  'configuration/system.webServer/cors': ['enabled', 'failUnlistedOrigins'],
  'configuration/system.webServer/cors/add': ['origin', 'allowed', 'allowCredentials', 'maxAge'],
  'configuration/system.webServer/cors/add/allowHeaders': ['allowAllRequestedHeaders'],
  'configuration/system.webServer/cors/add/allowHeaders/add': ['header'],
  'configuration/system.webServer/cors/add/allowMethods': [],
  'configuration/system.webServer/cors/add/allowMethods/add': ['method'],
  'configuration/system.webServer/cors/add/exposeHeaders': [],
  'configuration/system.webServer/cors/add/exposeHeaders/add': ['header'],
};

function expectKnown([name, attributes, children]: Element, parent: string): void {
  const path = `${parent}${name}`;
  const strangers = Object.keys(attributes).filter((attribute) => !known[path]?.includes(attribute));
  if (!known[path] || strangers.length > 0) throw new Error(`IIS knows no ${path} with ${strangers.join()}.`);
  for (const child of children) expectKnown(child, `${path}/`);
}

const at = ([, , children]: Element, ...[name, ...rest]: readonly string[]): readonly Element[] =>
  children.filter(([child]) => child === name).flatMap((child) => (rest.length === 0 ? [child] : at(child, ...rest)));

function reader(document: Element): SnippetReader {
  expectKnown(document, '');
  const entries = at(document, 'system.webServer', 'cors', 'add').map((entry) => {
    const [, { origin = '', allowCredentials, maxAge }] = entry;
    const values = (list: string, attribute: string): readonly string[] => at(entry, list, 'add').map(([, attributes]) => attributes[attribute] ?? '');
    return {
      origin,
      policy: {
        credentialed: allowCredentials === 'true',
        methods: values('allowMethods', 'method'),
        requestHeaders: values('allowHeaders', 'header'),
        exposedHeaders: values('exposeHeaders', 'header'),
        maxAge: maxAge === undefined ? null : Number(maxAge),
      },
    };
  });
  const [first, ...others] = entries;
  if (!first || others.some(({ policy }) => JSON.stringify(policy) !== JSON.stringify(first.policy))) throw new Error('Each origin is granted the same.');
  const varies = at(document, 'system.webServer', 'httpProtocol', 'customHeaders', 'add').some(([, { name, value }]) => name === 'Vary' && value === 'Origin');
  if (varies === (first.origin === '*')) throw new Error('A response varies by origin unless any origin is allowed.');
  return (request) => respond({ ...first.policy, origins: first.origin === '*' ? '*' : entries.map(({ origin }) => origin) }, request);
}

const read = async (snippets: readonly string[]): Promise<readonly SnippetReader[]> => (await readPython<Element>('iis', snippets)).map(reader);

export const server: SnippetChecker = { check: async (snippets) => { await read(snippets); }, read };
