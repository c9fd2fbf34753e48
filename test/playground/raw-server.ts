import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** One header line. Each character of the strings stands for one byte (Latin-1), as on the wire. */
export type HeaderLine = readonly [name: string, value: string];

export interface RawRequest {
  readonly method: string;
  /** The request target as sent: `/path?query`. */
  readonly target: string;
  /** Lines in the order received, duplicates and casing kept, white space around values trimmed. */
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer;
}

export interface RawResponse {
  readonly status: number;
  readonly reason?: string;
  /** Written as `name:value` with one space between, untouched: what a scenario puts in is what the browser gets. */
  readonly headers: readonly HeaderLine[];
  readonly body?: string | Uint8Array;
}

/** A response; bytes that are sent as they are, after which the connection ends; or a connection dropped without a word. */
export type RawAnswer = RawResponse | Uint8Array | 'drop';

export type RawHandler = (request: RawRequest) => RawAnswer | Promise<RawAnswer>;

export interface RawServer {
  readonly port: number;
  /** Every request received, oldest first. The caller may empty it. */
  readonly requests: RawRequest[];
  close(): Promise<void>;
}

const maximumHeadBytes = 64 * 1024;
const maximumBodyBytes = 8 * 1024 * 1024;

/**
 * An HTTP/1.1 server that sends exactly the header lines it is given. `node:http` refuses or repairs
 * much of what the CORS checks have to be tested with, so this one speaks to the socket itself.
 */
export async function startRawServer(handler: RawHandler, options: { readonly host?: string; readonly port?: number; readonly tls?: TlsOptions } = {}): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const requests: RawRequest[] = [];
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, handler, requests).catch(() => socket.destroy());
  };
  const server = options.tls ? createTlsServer(options.tls, accept) : createServer({ noDelay: true }, accept);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The value of the first header line of that name, which must be given in lower case. */
export const headerValue = (request: RawRequest, name: string): string | undefined =>
  request.headers.find((line) => line[0].toLowerCase() === name)?.[1];

/** The response as bytes. Content-Length is added unless the scenario says itself how the body is delimited. */
export function serializeResponse(response: RawResponse, requestMethod = 'GET'): Buffer {
  const body = typeof response.body === 'string' ? Buffer.from(response.body) : Buffer.from(response.body ?? '');
  const bodyless = response.status === 204 || response.status === 304;
  const delimited = bodyless || response.headers.some(([name]) => /^(content-length|transfer-encoding)$/i.test(name));
  const lines = [
    `HTTP/1.1 ${response.status} ${response.reason ?? 'Scenario'}`,
    ...response.headers.map(([name, value]) => `${name}: ${value}`),
    ...(delimited ? [] : [`Content-Length: ${body.length}`]),
  ];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return bodyless || requestMethod === 'HEAD' ? head : Buffer.concat([head, body]);
}

async function serve(socket: Socket, handler: RawHandler, requests: RawRequest[]): Promise<void> {
  const reader = byteReader(socket);
  for (;;) {
    const request = await readRequest(reader);
    if (request === 'end') break;
    if (typeof request === 'number') {
      socket.write(serializeResponse({ status: request, headers: [['Connection', 'close']] }));
      break;
    }
    requests.push(request);
    const answer = await answerTo(request, handler);
    if (answer === 'drop') {
      // A reset, not an orderly end: a browser may read an empty answer into the latter.
      socket.resetAndDestroy();
      return;
    }
    socket.write(answer instanceof Uint8Array ? answer : serializeResponse(answer, request.method));
    if (answer instanceof Uint8Array || /\bclose\b/i.test(headerValue(request, 'connection') ?? '')) break;
  }
  socket.end();
}

async function answerTo(request: RawRequest, handler: RawHandler): Promise<RawAnswer> {
  try {
    return await handler(request);
  } catch (error) {
    return { status: 500, reason: 'The handler threw', headers: [], body: String(error) };
  }
}

interface ByteReader {
  /** The bytes before the delimiter, which is consumed too; null when the stream ends first or the limit is passed. */
  until(delimiter: string, limit: number): Promise<Buffer | null>;
  /** Exactly that many bytes; null when the stream ends first. */
  take(length: number): Promise<Buffer | null>;
}

function byteReader(socket: Socket): ByteReader {
  const chunks: AsyncIterator<Buffer> = socket.iterator({ destroyOnReturn: false });
  let held: Buffer = Buffer.alloc(0);
  const split = (end: number, skip: number): Buffer => {
    const before = held.subarray(0, end);
    held = held.subarray(end + skip);
    return before;
  };
  return {
    async until(delimiter, limit) {
      let from = 0;
      for (;;) {
        const at = held.indexOf(delimiter, from, 'latin1');
        if (at !== -1 && at <= limit) return split(at, delimiter.length);
        if (held.length > limit) return null;
        from = Math.max(0, held.length - delimiter.length + 1);
        const next = await chunks.next();
        if (next.done) return null;
        held = Buffer.concat([held, next.value]);
      }
    },
    async take(length) {
      const parts = [held];
      let available = held.length;
      while (available < length) {
        const next = await chunks.next();
        if (next.done) return null;
        parts.push(next.value);
        available += next.value.length;
      }
      held = Buffer.concat(parts);
      return split(length, 0);
    },
  };
}

/** The next request; `end` when the client has gone; or the status that refuses what it sent. */
async function readRequest(reader: ByteReader): Promise<RawRequest | 'end' | 400 | 413> {
  const head = await reader.until('\r\n\r\n', maximumHeadBytes);
  if (head === null) return 'end';
  const [requestLine = '', ...lines] = head.toString('latin1').split('\r\n');
  const [method = '', target, version, ...rest] = requestLine.split(' ');
  if (target === undefined || version !== 'HTTP/1.1' || rest.length > 0) return 400;
  const headers: HeaderLine[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon < 1) return 400;
    headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  const withoutBody: RawRequest = { method, target, headers, body: Buffer.alloc(0) };
  const body = /\bchunked\b/i.test(headerValue(withoutBody, 'transfer-encoding') ?? '')
    ? await readChunkedBody(reader)
    : await readSizedBody(reader, headerValue(withoutBody, 'content-length') ?? '0');
  return Buffer.isBuffer(body) ? { ...withoutBody, body } : body;
}

async function readSizedBody(reader: ByteReader, length: string): Promise<Buffer | 'end' | 400 | 413> {
  if (!/^\d{1,15}$/.test(length)) return 400;
  if (Number(length) > maximumBodyBytes) return 413;
  return (await reader.take(Number(length))) ?? 'end';
}

async function readChunkedBody(reader: ByteReader): Promise<Buffer | 'end' | 400 | 413> {
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const sizeLine = await reader.until('\r\n', 1024);
    if (sizeLine === null) return 'end';
    const size = /^[0-9a-f]{1,8}(?=;|\s*$)/i.exec(sizeLine.toString('latin1'))?.[0];
    if (size === undefined) return 400;
    const length = Number.parseInt(size, 16);
    total += length;
    if (total > maximumBodyBytes) return 413;
    if (length === 0) {
      // Trailer fields end, like a head, with an empty line.
      for (let line = await reader.until('\r\n', 1024); ; line = await reader.until('\r\n', 1024)) {
        if (line === null) return 'end';
        if (line.length === 0) return Buffer.concat(parts);
      }
    }
    const part = await reader.take(length);
    const lineBreak = await reader.take(2);
    if (part === null || lineBreak === null) return 'end';
    parts.push(part);
  }
}
