import type { PageRequestEvent, StackFrame } from '../../src/index.ts';
import { observerLimits as limits } from '../observer/limits.ts';

/** More than all frames of a page have to say; if they say more, none is believed. */
const longestText = 20 * limits.characters;
const mostRequests = 5 * limits.requests;

const apis: ReadonlySet<unknown> = new Set(['fetch', 'xhr', 'event-source', 'element'] satisfies PageRequestEvent['api'][]);
const modes: ReadonlySet<unknown> = new Set(['cors', 'no-cors', 'same-origin'] satisfies PageRequestEvent['mode'][]);
const credentialsModes: ReadonlySet<unknown> = new Set(['include', 'omit', 'same-origin'] satisfies PageRequestEvent['credentials'][]);
const redirectModes: ReadonlySet<unknown> = new Set(['follow', 'error', 'manual'] satisfies PageRequestEvent['redirect'][]);

/** What the page told, which may be anything: what is no request is left out. */
export function parsePageRequests(told: unknown): readonly PageRequestEvent[] {
  if (typeof told !== 'string' || told.length > longestText) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(told);
  } catch {
    return [];
  }
  return Array.isArray(parsed) ? parsed.slice(-mostRequests).flatMap((request: unknown) => pageRequest(request) ?? []) : [];
}

function pageRequest(told: unknown): PageRequestEvent | null {
  if (typeof told !== 'object' || told === null) return null;
  const { api, origin, url, method, time, until, mode, credentials, redirect, headerNames, stack } = told as Readonly<Record<string, unknown>>;
  if (!apis.has(api) || !isText(origin, limits.url) || !isText(url, limits.url) || !isText(method, limits.method) || !isTime(time) || !isTime(until)) return null;
  return {
    kind: 'page-request', api: api as PageRequestEvent['api'], origin, url, method, time, until,
    mode: modes.has(mode) ? mode as PageRequestEvent['mode'] : null,
    credentials: credentialsModes.has(credentials) ? credentials as PageRequestEvent['credentials'] : null,
    redirect: redirectModes.has(redirect) ? redirect as PageRequestEvent['redirect'] : null,
    headerNames: Array.isArray(headerNames) && headerNames.length <= limits.headers && headerNames.every((item) => isText(item, limits.headerName)) ? headerNames : null,
    stack: isText(stack, limits.stack) ? parseStack(stack) : [],
  };
}

const isTime = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown, longest: number): value is string => typeof value === 'string' && value.length <= longest;

const mostFrames = 20;

/** Firefox writes `name@url:line:column`, the innermost first. The observer itself called first. */
function parseStack(stack: string): readonly StackFrame[] {
  const frames = stack.split('\n').flatMap((text): readonly StackFrame[] => {
    const match = /^([^@]*)@(.+):(\d{1,9}):(\d{1,9})$/.exec(text);
    const [, functionName = '', url = '', line, column] = match ?? [];
    return match ? [{ functionName, url, line: Number(line), column: Number(column) }] : [];
  });
  const observer = frames[0]?.url;
  const caller = frames.findIndex(({ url }) => url !== observer);
  return caller === -1 ? [] : frames.slice(caller, caller + mostFrames);
}
