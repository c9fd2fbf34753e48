import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Program, ensureProgram } from './install.ts';

/** What a browser finds in its surroundings, beside the web. */
export interface Surroundings {
  /** Host names that lead to this machine. */
  readonly hosts: readonly string[];
  /** The certificate of an authority that it trusts, PEM. */
  readonly authority: string;
  /** A host that only a proxy reaches, and nobody listens where the proxy should be: `host:port`. */
  readonly proxied: { readonly host: string; readonly proxy: string };
  /** Folders of further extensions. */
  readonly extensions: readonly string[];
  /** Firefox's settings. */
  readonly preferences: Readonly<Record<string, string | number | boolean>>;
}

const proxyScript = ({ host, proxy }: Surroundings['proxied']): string =>
  `function FindProxyForURL(url, host) { return host === ${JSON.stringify(host)} ? 'PROXY ${proxy}' : 'DIRECT'; }`;

const certutil: Program = { title: 'certutil', executables: ['certutil'], debianPackage: 'libnss3-tools', source: 'https://firefox-source-docs.mozilla.org/security/nss/' };

/** Arguments of Chromium, and the environment in which it finds its authorities; `remove` once it is closed. */
export async function chromiumIn({ hosts, authority, proxied }: Surroundings) {
  const home = await mkdtemp(join(tmpdir(), 'cors-inspector-home-'));
  const database = `sql:${join(home, '.pki', 'nssdb')}`;
  await mkdir(join(home, '.pki', 'nssdb'), { recursive: true });
  const file = join(home, 'authority.pem');
  await writeFile(file, authority);
  const run = promisify(execFile);
  const program = await ensureProgram(certutil);
  await run(program, ['-d', database, '-N', '--empty-password']);
  await run(program, ['-d', database, '-A', '-t', 'C,,', '-n', 'authority', '-i', file]);
  const script = Buffer.from(proxyScript(proxied)).toString('base64');
  return {
    args: [
      `--host-resolver-rules=${[...hosts, proxied.host].map((name) => `MAP ${name} 127.0.0.1`).join(', ')}`,
      `--proxy-pac-url=data:application/x-javascript-config;base64,${script}`,
    ],
    env: { ...process.env, HOME: home },
    remove: () => rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }),
  };
}

/** Settings of Firefox; its authorities are told to the running browser. */
export const firefoxIn = ({ hosts, proxied, preferences }: Surroundings): Readonly<Record<string, string | number | boolean>> => ({
  'network.dns.localDomains': [...hosts, proxied.host].join(','),
  'network.proxy.type': 2,
  'network.proxy.autoconfig_url': `data:application/x-ns-proxy-autoconfig,${encodeURIComponent(proxyScript(proxied))}`,
  ...preferences,
});
