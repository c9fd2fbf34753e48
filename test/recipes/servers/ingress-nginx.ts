import { respond } from '../../../src/fix/respond.ts';
import type { SnippetChecker, SnippetReader } from '../recipe-server.ts';
import { readYaml } from '../yaml.ts';

const boolean = /^(true|false)$/;
const names = /^[\w-]+(, ?[\w-]+)*$/;
/** What the controller takes; it stands its default in for anything else. https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-cors */
const annotations: Readonly<Record<string, RegExp>> = {
  'enable-cors': boolean,
  'cors-allow-origin': /^(\*|https?:\/\/[\w.-]+(:\d+)?(,https?:\/\/[\w.-]+(:\d+)?)*)$/,
  'cors-allow-credentials': boolean,
  'cors-allow-methods': /^[A-Za-z]+(, ?[A-Za-z]+)*$/,
  'cors-allow-headers': names,
  'cors-expose-headers': names,
  'cors-max-age': /^\d+$/,
};

function reader(document: unknown): SnippetReader {
  const values = new Map<string, string>();
  const { metadata } = document as { readonly metadata: { readonly annotations: Readonly<Record<string, unknown>> } };
  for (const [key, value] of Object.entries(metadata.annotations)) {
    const name = key.replace('nginx.ingress.kubernetes.io/', '');
    // Kubernetes takes annotations that are strings.
    if (typeof value !== 'string' || !annotations[name]?.test(value)) throw new Error(`The controller takes no ${name}: ${JSON.stringify(value)}.`);
    values.set(name, value);
  }
  const list = (name: string): readonly string[] => values.get(name)?.split(/, ?/) ?? [];
  if (values.get('enable-cors') !== 'true' || !values.has('cors-allow-credentials') || !values.has('cors-max-age')) throw new Error('The controller would take its defaults.');
  const [get, head, post, ...methods] = list('cors-allow-methods');
  const [origin, ...requestHeaders] = list('cors-allow-headers');
  if (`${get} ${head} ${post} ${origin}` !== 'GET HEAD POST Origin') throw new Error('The controller would take its defaults.');
  const maxAge = Number(values.get('cors-max-age'));
  return (request) => respond({
    origins: values.get('cors-allow-origin') === '*' ? '*' : list('cors-allow-origin'),
    credentialed: values.get('cors-allow-credentials') === 'true',
    methods,
    requestHeaders,
    exposedHeaders: list('cors-expose-headers'),
    // As long as browsers remember what states none.
    maxAge: maxAge === 5 ? null : maxAge,
  }, request);
}

const read = async (snippets: readonly string[]): Promise<readonly SnippetReader[]> => (await readYaml(snippets)).map(reader);

export const server: SnippetChecker = { check: async (snippets) => { await read(snippets); }, read };
