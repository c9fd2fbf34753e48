import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startRawServer, type RawAnswer, type RawServer } from './raw-server.ts';

let server: RawServer;
let answer: () => RawAnswer | Promise<RawAnswer>;

beforeAll(async () => {
  server = await startRawServer(() => answer());
});
afterAll(() => server.close());

/** Sends the pieces one by one and gives all that comes back until the connection ends. */
async function exchange(pieces: readonly Buffer[]): Promise<string> {
  server.requests.length = 0;
  const socket = connect({ port: server.port, host: '127.0.0.1', noDelay: true });
  let received = '';
  socket.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')));
  const ended = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => undefined);
  for (const piece of pieces) await new Promise((resolve) => socket.write(piece, resolve));
  socket.end();
  await ended;
  return received;
}

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('what is answered', () => {
  test.each<[name: string, answer: RawAnswer, wire: string]>([
    ['header lines keep order, case, duplicates and white space', { status: 200, headers: [['x-B', ' 1\t'], ['X-a', ''], ['X-B', '2']], body: 'hi' },
      'HTTP/1.1 200 Scenario\r\nx-B:  1\t\r\nX-a: \r\nX-B: 2\r\nContent-Length: 2\r\n\r\nhi'],
    ['a character is a byte', { status: 200, headers: [['X', '\xff']] }, 'HTTP/1.1 200 Scenario\r\nX: \xff\r\nContent-Length: 0\r\n\r\n'],
    ['a scenario may state the length itself', { status: 200, headers: [['content-length', '1']], body: 'h' }, 'HTTP/1.1 200 Scenario\r\ncontent-length: 1\r\n\r\nh'],
    ['204 has no body', { status: 204, reason: 'No Content', headers: [] }, 'HTTP/1.1 204 No Content\r\n\r\n'],
    ['raw bytes are sent as they are', Buffer.from('nonsense'), 'nonsense'],
    ['a dropped connection says nothing', 'drop', ''],
  ])('%s', async (_, given, wire) => {
    answer = () => given;
    expect(await exchange([bytes('GET / HTTP/1.1\r\n\r\n')])).toBe(wire);
  });

  test('a handler that throws is answered with 500', async () => {
    answer = () => {
      throw new Error('broken scenario');
    };
    expect(await exchange([bytes('GET / HTTP/1.1\r\n\r\n')])).toMatch(/^HTTP\/1\.1 500 .*broken scenario$/s);
  });
});

describe('what is read', () => {
  const stream = bytes(
    'GET /a?b HTTP/1.1\r\nHost: x\r\nX-A:\t1 \r\nx-a: 2\r\n\r\n'
    + 'POST /sized HTTP/1.1\r\ncontent-length: 5\r\n\r\nhello'
    + 'POST /chunked HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\n\r\n\r\n0\r\nTrailer: t\r\n\r\n'
    + 'OPTIONS /last HTTP/1.1\r\nConnection: close\r\n\r\n',
  );

  test('requests are the same however the stream is cut', async () => {
    answer = () => ({ status: 204, headers: [] });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: stream.length - 1 }), { maxLength: 12 }), async (cuts) => {
        const ends = [...cuts.sort((a, b) => a - b), stream.length];
        await exchange(ends.map((end, index) => stream.subarray(ends[index - 1] ?? 0, end)));
        expect(server.requests.map(({ method, target, headers, body }) => [method, target, headers, body.toString('latin1')])).toEqual([
          ['GET', '/a?b', [['Host', 'x'], ['X-A', '1'], ['x-a', '2']], ''],
          ['POST', '/sized', [['content-length', '5']], 'hello'],
          ['POST', '/chunked', [['Transfer-Encoding', 'chunked']], 'abc\r\n'],
          ['OPTIONS', '/last', [['Connection', 'close']], ''],
        ]);
      }),
      { numRuns: 50 },
    );
  });

  test('whatever else comes, the next client is served', async () => {
    answer = () => ({ status: 204, headers: [] });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.constantFrom('', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n', 'POST / HTTP/1.1\r\nContent-Length: 1e9\r\n\r\n'), async (noise, head) => {
        await exchange([bytes(head), Buffer.from(noise)]);
        expect(await exchange([bytes('GET / HTTP/1.1\r\n\r\n')])).toBe('HTTP/1.1 204 Scenario\r\n\r\n');
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['nonsense\r\n\r\n', 400],
    ['GET / HTTP/1.1\r\nno colon\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n', 400],
    ['POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', 400],
    ['POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n', 413],
  ])('%j is refused with %i', async (sent, status) => {
    expect(await exchange([bytes(sent)])).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(server.requests).toEqual([]);
  });
});
