import type { PolicyDraft } from './view/policy-draft.ts';

/** For what a policy is derived: for one request, or for everything that was seen of its server. */
export type Scope = 'request' | 'server';

/** What the user made of policies. It lives as long as the panel: what is seen in another session asks for other grants. */
const drafts = new Map<string, PolicyDraft>();
const scopes = new Map<string, Scope>();

/** How many are kept; the oldest goes first. */
const most = 100;

export const draftFor = (key: string): PolicyDraft | null => drafts.get(key) ?? null;
export const scopeFor = (server: string): Scope => scopes.get(server) ?? 'request';

/** Null: as it was derived. */
export function keepDraft(key: string, draft: PolicyDraft | null): void {
  drafts.delete(key);
  if (draft) keep(drafts, key, draft);
}

export function keepScope(server: string, scope: Scope): void {
  scopes.delete(server);
  keep(scopes, server, scope);
}

function keep<Value>(values: Map<string, Value>, key: string, value: Value): void {
  values.set(key, value);
  const [oldest] = values.keys();
  if (values.size > most && oldest !== undefined) values.delete(oldest);
}
