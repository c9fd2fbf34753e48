import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { shellWord } from '../../src/fix/shell.ts';

const run = promisify(execFile);
export const sh = async (script: string, path = '', shell = 'sh', args: readonly string[] = []): Promise<string> =>
  (await run(shell, ['-c', script, shell, ...args], { env: { ...process.env, PATH: path + (process.env['PATH'] ?? '') }, maxBuffer: 1 << 26 })).stdout;

export const shells = ['sh', 'bash'];

/** Runs the scripts one after the other, as many in one shell as the system takes for one argument. */
export async function inOneShell(scripts: readonly string[], before: string, shell: string, args: readonly string[] = []): Promise<string> {
  let output = '';
  for (let at = 0; at < scripts.length;) {
    let script = before;
    do script += scripts[at++]; while (at < scripts.length && Buffer.byteLength(script) + Buffer.byteLength(scripts[at] ?? '') < 120_000);
    output += await sh(script, '', shell, args);
  }
  return output;
}

/** What a page or a server may put anywhere, to be run by a shell. */
export const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom(...'\'"`\\$(){}<>#;&|!*?~[]=%^-, \t\n\r\0a', '$(', '${', '\u202e', '\u2066', '\u2028', '\u200b', '\ud800', 'é'), maxLength: 30 }),
  fc.constantFrom("'; touch owned; '", '$(touch owned)', '`touch owned`', '\\', "\\'", "'\\''", '-n', '--', '%s%n', '!!', '#', '~', '\n# 2', '\u0000', 'x'.repeat(10_000)),
);

/** A folder with a curl that only says what it was called with. */
export interface CurlFolder {
  /** What the script prints, without what curl says. */
  saidBy(script: string, ...args: readonly string[]): Promise<readonly string[]>;
  /** The arguments of each curl that the script runs. */
  commandsOf(script: string, ...args: readonly string[]): Promise<readonly (readonly string[])[]>;
  /** The words of each curl that the scripts run, in a shell that finds nothing else. */
  hostileCommandsOf(scripts: readonly string[], shell: string, ...args: readonly string[]): Promise<readonly (readonly string[])[]>;
  files(): Promise<readonly string[]>;
  remove(): Promise<void>;
}

export async function makeCurlFolder(): Promise<CurlFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'cors-inspector-curl-'));
  await writeFile(join(folder, 'curl'), `#!${process.execPath}\nconsole.log(JSON.stringify(process.argv.slice(2)));\n`, { mode: 0o755 });
  const linesOf = async (script: string, args: readonly string[]): Promise<readonly string[]> => (await sh(`cd ${shellWord(folder)}\n${script}`, `${folder}:`, 'sh', args)).split('\n');
  return {
    saidBy: async (script, ...args) => (await linesOf(script, args)).filter((line) => !line.startsWith('["--')),
    commandsOf: async (script, ...args) => (await linesOf(script, args)).filter((line) => line.startsWith('["--')).map((line) => JSON.parse(line) as string[]),
    // Each word is marked by what no word can hold.
    hostileCommandsOf: async (scripts, shell, ...args) =>
      (await inOneShell(scripts, `cd ${shellWord(folder)}\nPATH=/nowhere\ncurl() { printf 'curl\\001'; printf '%s\\001' "$@"; printf '\\n'; }\n`, shell, args))
        .split('\n').filter((line) => line.includes('\u0001')).map((line) => line.split('\u0001').slice(0, -1)),
    files: () => readdir(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What every curl of a check begins with. */
export const silently = ['--silent', '--show-error', '--globoff', '--output', '/dev/null', '--dump-header', '-'];

/** What is wrong with the words of a curl that a check runs; empty: it is one request to a URL, with headers and perhaps a body. */
export function faultOf([curl, ...words]: readonly string[], url: RegExp): string {
  const [wanted = '', options] = words[7] === '--head' ? [words[8], words.slice(9)] : [words[9], words.slice(10)];
  if (curl !== 'curl' || silently.some((word, index) => words[index] !== word)) return 'it does not begin as every curl does';
  if (words[7] !== '--head' && words[7] !== '--request') return 'it has no method';
  if (!url.test(wanted)) return `it goes to ${wanted}`;
  return options.filter((_, index) => index % 2 === 0).find((option) => option !== '--header' && option !== '--data-raw') ?? '';
}
