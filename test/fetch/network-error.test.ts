import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type NetworkError, corsErrorCodes, firstError } from '../../src/fetch/network-error.ts';

describe('the codes (https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-CorsError)', () => {
  const protocol = readFileSync(new URL('../../node_modules/devtools-protocol/types/protocol.d.ts', import.meta.url), 'utf8');
  const inProtocol = [...(/export type CorsError = \(([^)]*)\)/.exec(protocol)?.[1] ?? '').matchAll(/'(\w+)'/g)].map(([, code = '']) => code);

  it('are found in the types of devtools-protocol', () => {
    expect(inProtocol.length, 'devtools-protocol writes its type CorsError in another way: adapt the expression above').toBeGreaterThan(20);
  });

  it('are all those of the protocol', () => {
    const missing = inProtocol.filter((code) => !(corsErrorCodes as readonly string[]).includes(code));
    expect(missing, 'add these to corsErrorCodes in src/fetch/network-error.ts, and a row for each to src/explain/cors-errors.ts').toEqual([]);
  });

  it('are none but those of the protocol', () => {
    const gone = corsErrorCodes.filter((code) => !inProtocol.includes(code));
    expect(gone, 'the protocol no longer has these: remove them from corsErrorCodes, or update devtools-protocol').toEqual([]);
  });
});

describe('the first error', () => {
  const error = (code: NetworkError['code']): NetworkError => ({ code, parameter: '', header: null, found: null, needed: '' });
  const [a, b] = [error('MissingAllowOriginHeader'), error('InvalidAllowCredentials')];
  const rows = [
    { name: 'of no step', steps: [], expected: null },
    { name: 'of steps that pass', steps: [{ id: 'allow-origin', errors: [] }], expected: null },
    { name: 'of the second step', steps: [{ id: 'allow-origin', errors: [] }, { id: 'allow-credentials', errors: [b] }], expected: b },
    { name: 'of two in one step', steps: [{ id: 'request-headers', errors: [a, b] }], expected: a },
    { name: 'of two steps', steps: [{ id: 'allow-origin', errors: [a] }, { id: 'allow-credentials', errors: [b] }], expected: a },
  ] as const;
  it.each(rows)('$name', ({ steps, expected }) => {
    expect(firstError(steps)).toBe(expected);
  });
});
