import { respond } from '../../../src/fix/respond.ts';
import { readPython } from '../python.ts';
import type { SnippetChecker, SnippetReader } from '../recipe-server.ts';
import { pythonPackages } from '../toolchain.ts';

type Call = readonly [name: string, literals: readonly (string | number)[]];

/** What a snippet calls beside the builder of its policy. */
const around = ['AddCors', 'AddDefaultPolicy', 'FromSeconds', 'SetPreflightMaxAge', 'Use', 'OnStarting', 'Append', 'next', 'UseCors'];
const builder = ['AllowAnyOrigin', 'WithOrigins', 'AllowCredentials', 'WithMethods', 'WithHeaders', 'WithExposedHeaders'];

function reader(calls: readonly Call[]): SnippetReader {
  const unknown = calls.filter(([name]) => ![...around, ...builder].includes(name));
  if (unknown.length > 0) throw new Error(`The recipe writes no ${JSON.stringify(unknown)}.`);
  const byName = new Map(calls);
  const strings = (name: string): readonly string[] => (byName.get(name) ?? []).map(String);
  const isAny = byName.has('AllowAnyOrigin');
  if (isAny === (strings('Append').join() === 'Vary,Origin')) throw new Error('A response varies by origin unless any origin is allowed.');
  const [maxAge] = byName.get('FromSeconds') ?? [];
  return (request) => respond({
    origins: isAny ? '*' : strings('WithOrigins'),
    credentialed: byName.has('AllowCredentials'),
    methods: strings('WithMethods'),
    requestHeaders: strings('WithHeaders'),
    exposedHeaders: strings('WithExposedHeaders'),
    maxAge: maxAge === undefined ? null : Number(maxAge),
  }, request);
}

const read = async (snippets: readonly string[]): Promise<readonly SnippetReader[]> =>
  (await readPython<readonly Call[]>('aspnet-core', snippets, await pythonPackages('aspnet-core'))).map(reader);

export const server: SnippetChecker = { check: async (snippets) => { await read(snippets); }, read };
