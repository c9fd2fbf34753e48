import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileServer } from '../file-server.ts';
import { readListed } from '../listed-policy.ts';
import { freePorts, run, serve, temporaryFolder } from '../process.ts';
import type { RunningServers } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';

/** The rules are those of an account, so each snippet has one. */
const account = (index: number): string => `account${index}`;
/** Of every account. */
const key = Buffer.from('key').toString('base64');

interface Rule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly 'allowed-headers'?: readonly string[];
  readonly 'exposed-headers'?: readonly string[];
  readonly 'max-age'?: readonly [string];
}

/** The rules that the snippets add, as a shell gives them to the Azure command line. */
async function rulesOf(snippets: readonly string[]): Promise<readonly Rule[]> {
  const folder = await temporaryFolder();
  try {
    for (const [index, snippet] of snippets.entries()) await writeFile(join(folder.path, `${index}.sh`), snippet);
    // Every argument and every call ends in a byte that no argument has.
    await writeFile(join(folder.path, 'main.sh'), `
az() { printf '%s\\0' "$@"; printf '\\0'; }
index=0
while [ $index -lt ${snippets.length} ]; do . ./$index.sh; index=$((index + 1)); done
`);
    const calls = (await run('sh', ['main.sh'], { cwd: folder.path })).split('\0\0').filter((call) => call !== '').map((call) => call.split('\0'));
    const clear = ['storage', 'cors', 'clear', '--account-name', 'ACCOUNT', '--services', 'b'];
    const add = ['storage', 'cors', 'add', '--account-name', 'ACCOUNT', '--services', 'b'];
    return snippets.map((_, index) => {
      const [cleared, added] = [calls[2 * index] ?? [], calls[2 * index + 1] ?? []];
      if (cleared.join(' ') !== clear.join(' ') || added.slice(0, add.length).join(' ') !== add.join(' ')) throw new Error(`The recipe writes no ${cleared.join(' ')} and ${added.join(' ')}`);
      const rule: Record<string, string[]> = {};
      let option: string[] = [];
      for (const argument of added.slice(add.length)) {
        if (argument.startsWith('-')) option = rule[argument.replace(/^--/, '')] = [];
        else option.push(argument);
      }
      return rule as unknown as Rule;
    });
  } finally {
    await folder.remove();
  }
}

const xml = (values: readonly string[] = []): string => values.join(',').replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);

/** Signed as the account's owner. https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key */
async function put(port: number, account: string, path: string, query: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
  const sent: Record<string, string> = { ...headers, 'x-ms-date': new Date().toUTCString(), 'x-ms-version': '2025-01-05' };
  const canonical = Object.entries(sent).filter(([name]) => name.startsWith('x-ms-')).sort().map(([name, value]) => `${name}:${value}\n`).join('');
  const resource = `/${account}/${account}${path}${Object.entries(query).sort().map(([name, value]) => `\n${name}:${value}`).join('')}`;
  const text = ['PUT', '', '', body === '' ? '' : Buffer.byteLength(body), '', 'text/plain', '', '', '', '', '', '', `${canonical}${resource}`].join('\n');
  const signature = createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
  const response = await fetch(`http://127.0.0.1:${port}/${account}${path}?${new URLSearchParams(query)}`, {
    method: 'PUT',
    headers: { ...sent, 'Content-Type': 'text/plain', Authorization: `SharedKey ${account}:${signature}` },
    body: body === '' ? null : body,
  });
  if (!response.ok) throw new Error(`Azurite answered ${path} with ${response.status}: ${await response.text()}`);
}

async function start(snippets: readonly string[]): Promise<RunningServers> {
  const rules = await rulesOf(snippets);
  const azurite = join(await npmPackages('azure-blob'), 'node_modules/azurite/dist/src/blob/main.js');
  const folder = await temporaryFolder();
  const [port = 0] = await freePorts(1);
  const args = [azurite, '--inMemoryPersistence', '--skipApiVersionCheck', '--silent', '--disableTelemetry', '--blobHost', '127.0.0.1', '--blobPort', String(port)];
  const server = await serve(process.execPath, args, [port], { cwd: folder.path, env: { AZURITE_ACCOUNTS: rules.map((_, index) => `${account(index)}:${key}`).join(';') } });
  for (const [index, rule] of rules.entries()) {
    const name = account(index);
    await put(port, name, '', { restype: 'service', comp: 'properties' }, {}, propertiesOf(rule));
    await put(port, name, '/files', { restype: 'container' }, { 'x-ms-blob-public-access': 'blob' }, '');
    await put(port, name, '/files/data', {}, { 'x-ms-blob-type': 'BlockBlob' }, 'data');
  }
  return { ports: rules.map(() => port), close: async () => { await server.close(); await folder.remove(); } };
}

/** What the command line sends. https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-service-properties#request-body */
const propertiesOf = (rule: Rule): string => `<?xml version="1.0"?><StorageServiceProperties><Cors><CorsRule>
<AllowedOrigins>${xml(rule.origins)}</AllowedOrigins>
<AllowedMethods>${xml(rule.methods)}</AllowedMethods>
<AllowedHeaders>${xml(rule['allowed-headers'])}</AllowedHeaders>
<ExposedHeaders>${xml(rule['exposed-headers'])}</ExposedHeaders>
<MaxAgeInSeconds>${rule['max-age']?.[0] ?? 0}</MaxAgeInSeconds>
</CorsRule></Cors></StorageServiceProperties>`;

export const server: FileServer = {
  pathsOf: (index) => ({ present: `/${account(index)}/files/data`, missing: `/${account(index)}/files/missing` }),
  version: async () => `the emulator Azurite ${await npmVersion('azure-blob', 'azurite')}`,
  check: async (snippets) => void await rulesOf(snippets),
  read: async (snippets) => (await rulesOf(snippets)).map((rule) => readListed({
    origins: rule.origins,
    credentialed: rule.origins[0] !== '*',
    methods: rule.methods,
    requestHeaders: rule['allowed-headers'],
    exposedHeaders: rule['exposed-headers'],
    maxAge: rule['max-age'] === undefined ? undefined : Number(rule['max-age'][0]),
  })),
  start,
};
