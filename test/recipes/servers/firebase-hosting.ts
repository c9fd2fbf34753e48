import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { respond } from '../../../src/fix/respond.ts';
import type { FileServer } from '../file-server.ts';
import { freePorts, serve, temporaryFolder } from '../process.ts';
import type { RunningServers } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';

interface Configuration {
  readonly hosting: { readonly headers: readonly [{ readonly source: '**'; readonly headers: readonly { readonly key: string; readonly value: string }[] }] };
}

/** All in one process of the server that Firebase's own tools emulate hosting with. */
async function start(snippets: readonly string[]): Promise<RunningServers> {
  const folder = await temporaryFolder();
  const ports = await freePorts(snippets.length);
  await mkdir(join(folder.path, 'public'));
  await writeFile(join(folder.path, 'public/data.txt'), 'data');
  const sites = snippets.map((snippet, index) => ({ port: ports[index], hostname: '127.0.0.1', cwd: folder.path, config: { public: 'public', ...(JSON.parse(snippet) as Configuration).hosting } }));
  await writeFile(join(folder.path, 'main.cjs'), `
const { server } = require(${JSON.stringify(join(await npmPackages('firebase-hosting'), 'node_modules/superstatic'))});
for (const site of ${JSON.stringify(sites)}) server(site).listen();
`);
  const server = await serve(process.execPath, [join(folder.path, 'main.cjs')], ports, { cwd: folder.path });
  return { ports, close: async () => { await server.close(); await folder.remove(); } };
}

export const server: FileServer = {
  pathsOf: () => ({ present: '/data.txt', missing: '/missing.txt' }),
  version: async () => `the emulator superstatic ${await npmVersion('firebase-hosting', 'superstatic')}`,
  async check(snippets) {
    await (await start(snippets)).close();
  },
  read: async (snippets) => snippets.map((snippet) => {
    const { hosting: { headers: [{ headers }] } }: Configuration = JSON.parse(snippet);
    const values = new Map(headers.map(({ key, value }) => [key, value]));
    const origin = values.get('Access-Control-Allow-Origin') ?? '';
    const policy = {
      origins: origin === '*' ? origin : [origin],
      credentialed: values.get('Access-Control-Allow-Credentials') === 'true',
      methods: [],
      requestHeaders: [],
      exposedHeaders: values.get('Access-Control-Expose-Headers')?.split(', ') ?? [],
      maxAge: null,
    } as const;
    return (request) => respond(policy, request);
  }),
  start,
};
