import type { Header } from '../../src/fetch/header-list.ts';
import { readGo } from './go.ts';
import type { SnippetReader } from './recipe-server.ts';

/** What a handler does, as `servers/go-net-http/read.go` prints it. */
interface Handler {
  readonly Origins: readonly string[] | null;
  /** Without a value it is the request's origin. */
  readonly Lines: readonly { readonly When: 'always' | 'allowed' | 'preflight' | 'actual'; readonly Name: string; readonly Value: string | null }[];
}

/** Readers of snippets that wrap an `http.Handler`. */
export async function readHandlers(snippets: readonly string[]): Promise<readonly SnippetReader[]> {
  const handlers = await readGo<Handler>('go-net-http', 'read.go', snippets);
  return handlers.map(({ Origins, Lines }) => ({ origin, isPreflight }) => {
    const isAllowed = origin !== null && (Origins ?? []).includes(origin);
    const holds = { always: true, allowed: isAllowed, preflight: isPreflight, actual: !isPreflight };
    return Lines.filter(({ When }) => holds[When]).map(({ Name, Value }): Header => [Name, Value ?? origin ?? '']);
  });
}
