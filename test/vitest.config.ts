import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    // Real browsers share two cores: one file at a time keeps them from starving each other.
    fileParallelism: false,
    // Where time is measured, garbage that outlives a small nursery would be counted as work.
    execArgv: ['--max-semi-space-size=128'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
