import type { Report } from '../../src/index.ts';

declare global {
  /** The panel's public handle; there only in the panel's own page. */
  var corsInspector: { readonly version: string; report(): Report; clear(): void };
}
