import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../browser/chromium.ts';

/** Runs a command to its end; gives what it printed, or throws it when the command fails. */
export async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

/** A server in a process of its own. */
export interface RunningServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a server and waits until it listens on the port; fails with what it printed when it ends before. */
export async function serve(command: string, args: readonly string[], port: number): Promise<RunningServer> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let ended = false;
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const end = new Promise<void>((resolve) => child.once('close', () => { ended = true; resolve(); }));
  child.once('error', (error) => (output += error.message));
  const close = async (): Promise<void> => { child.kill('SIGTERM'); await end; };
  try {
    await waitFor(`${command} to listen on port ${port}`, async () => {
      if (ended) throw new Error(`${command} ended before it listened:\n${output}`);
      return (await listens(port)) ? true : undefined;
    });
  } catch (error) {
    await close();
    throw error;
  }
  return { port, close };
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true); });
    socket.once('error', () => resolve(false));
  });

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Does something with a folder that is there only meanwhile, readable for a server that gives up its rights. */
export async function temporaryFolder(): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'cors-recipe-'));
  await chmod(path, 0o755);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
