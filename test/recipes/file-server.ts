import type { RunningServers, SnippetChecker } from './recipe-server.ts';

/** An emulator of a service that serves files, and no application. */
export interface FileServer extends SnippetChecker {
  /** Paths, for the snippet of that index, of a file that everybody may read and of none. */
  pathsOf(index: number): { readonly present: string; readonly missing: string };
  /** Starts the emulator with all the snippets. */
  start(snippets: readonly string[]): Promise<RunningServers>;
}
