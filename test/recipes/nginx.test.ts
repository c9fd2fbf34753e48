import { expect, it } from 'vitest';
import { nginx } from '../../src/recipes/nginx.ts';
import { snippetChecker } from './recipe-server.ts';

const snippetFor = (length: number): string => {
  const origin = `https://${'a'.repeat(length - 'https://'.length)}`;
  const rendered = nginx.render({ origins: [origin], credentialed: false, methods: [], requestHeaders: [], exposedHeaders: [], maxAge: null });
  if (!rendered.ok) throw new Error(rendered.refused);
  return rendered.snippet;
};

// The directive may stand once in a configuration, so the snippet has it only where nginx does not start without it.
it.each([
  { length: 46, size: null },
  { length: 47, size: 128 },
  { length: 110, size: 128 },
  { length: 111, size: 256 },
])('gives an origin of $length characters a bucket of $size', async ({ length, size }) => {
  const { check } = await snippetChecker('nginx');
  const snippet = snippetFor(length);
  expect(/map_hash_bucket_size (\d+);/.exec(snippet)?.[1] ?? null).toBe(size === null ? null : String(size));
  await check([snippet]);
  if (size !== null) await expect(check([snippet.replace(`map_hash_bucket_size ${size}`, `map_hash_bucket_size ${size / 2}`)])).rejects.toThrow('map_hash_bucket_size');
});
