import { type Socket, connect } from 'node:net';

/** Firefox's own remote protocol: JSON over TCP. https://firefox-source-docs.mozilla.org/testing/marionette/Protocol.html */
export interface Marionette {
  command(name: string, parameters?: Readonly<Record<string, unknown>>): Promise<unknown>;
  close(): void;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Connects to a Marionette that listens on this loopback port. */
export async function connectMarionette(port: number): Promise<Marionette> {
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened = connect(port, '127.0.0.1', () => resolve(opened)).once('error', reject);
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let received: Buffer = Buffer.alloc(0);

  const fail = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  socket.on('data', (chunk) => {
    received = Buffer.concat([received, chunk]);
    for (let packet = firstPacket(received); packet; packet = firstPacket(received)) {
      received = packet.rest;
      answer(packet.message);
    }
  });
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('Firefox closed the connection.')));

  /** `[1, id, error, result]`; the greeting, which is no array, answers nothing. */
  function answer(message: unknown): void {
    if (!Array.isArray(message)) return;
    const [, id, error, result] = message as [number, number, { error: string; message: string } | null, unknown];
    const waiter = waiting.get(id);
    waiting.delete(id);
    if (error) waiter?.reject(new Error(`${error.error}: ${error.message}`));
    else waiter?.resolve(result);
  }

  return {
    command: (name, parameters = {}) => new Promise((resolve, reject) => {
      const id = ++lastId;
      const packet = Buffer.from(JSON.stringify([0, id, name, parameters]));
      waiting.set(id, { resolve, reject });
      socket.write(Buffer.concat([Buffer.from(`${packet.length}:`), packet]));
    }),
    close: () => socket.destroy(),
  };
}

/** A packet is its length in bytes, a colon, and JSON. Null: it is not there in full. */
function firstPacket(received: Buffer): { readonly message: unknown; readonly rest: Buffer } | null {
  const colon = received.indexOf(':');
  if (colon === -1) return null;
  const end = colon + 1 + Number(received.toString('latin1', 0, colon));
  if (received.length < end) return null;
  return { message: JSON.parse(received.toString('utf8', colon + 1, end)), rest: received.subarray(end) };
}
