import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../browser/chromium.ts';

interface RunOptions {
  /** Working directory. */
  readonly cwd?: string;
  /** Variables beside those of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input. */
  readonly input?: string;
}

/** Runs a command to its end; gives what it printed, or throws it when the command fails. */
export async function run(command: string, args: readonly string[], { cwd, env, input = '' }: RunOptions = {}): Promise<string> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
  // A command that ends without reading its input is judged by its code alone.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** A process that serves. */
export interface Serving {
  close(): Promise<void>;
}

/** Starts a process and waits until it listens on all the ports; fails with what it printed when it ends before. */
export async function serve(command: string, args: readonly string[], ports: readonly number[], { cwd, env }: Omit<RunOptions, 'input'> = {}): Promise<Serving> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let ended = false;
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const end = new Promise<void>((resolve) => child.once('close', () => { ended = true; resolve(); }));
  child.once('error', (error) => (output += error.message));
  const close = async (): Promise<void> => { child.kill('SIGTERM'); await end; };
  try {
    for (const port of ports) {
      await waitFor(() => `${command} to listen on port ${port}; it printed:\n${output}`, async () => {
        if (ended) throw new Error(`${command} ended before it listened:\n${output}`);
        return (await listens(port)) ? true : undefined;
      }, 60_000);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });

/** Ports that nothing listens on, each another one. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(Array.from({ length: count }, async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return server;
  }));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) await new Promise((resolve) => server.close(resolve));
  return ports;
}

/** A new folder, readable for a server that gives up its rights. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'cors-recipe-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
