import type { BrowserProfile } from '../fetch/browser-profile.ts';
import type { Header } from '../fetch/header-list.ts';
import type { CorsErrorCode } from '../fetch/network-error.ts';
import type { HeaderChanges } from '../exchange/trials.ts';
import type { Block } from '../explain/diagnosis.ts';
import { type CorsPolicy, validatePolicy } from './cors-policy.ts';
import { corsResponseHeaders, respond } from './respond.ts';

/** The headers of a policy, tried out in one tab, or why that would show nothing. */
export type Trial =
  | { readonly ok: true; readonly changes: HeaderChanges; readonly limits: readonly string[] }
  | { readonly ok: false; readonly because: string };

export interface TrialSubject {
  readonly policy: CorsPolicy;
  /** The serialised origin of the server that would have to grant it. */
  readonly server: string;
  /** The request that is blocked. */
  readonly block: Block;
  readonly profile: BrowserProfile;
}

/** What no header changes, whatever the browser adds to the response. To add one, add its row. */
const beyondHeaders: readonly { readonly code: CorsErrorCode; readonly because: string }[] = [
  {
    code: 'PreflightInvalidStatus',
    because: 'Browsers demand a status from 200 to 299 of a preflight, and this one has another. A trial changes headers, never a status. Let the server answer OPTIONS first.',
  },
  {
    code: 'PreflightDisallowedRedirect',
    because: 'The preflight is redirected, which no header allows. Let the server answer OPTIONS itself, or request the final URL.',
  },
];

/** What a trial of this policy does, with what it cannot show, in sentences for the reader. */
export function trialOf({ policy, server, block, profile }: TrialSubject): Trial {
  const codes = new Set<CorsErrorCode>([block.error, ...block.otherErrors].map(({ code }) => code));
  const beyond = beyondHeaders.find(({ code }) => codes.has(code));
  if (beyond) return { ok: false, because: beyond.because };
  const { origin } = block.at;
  if (validatePolicy(policy).length > 0) return { ok: false, because: 'Correct the policy first.' };
  if (policy.origins !== '*' && !policy.origins.includes(origin)) return { ok: false, because: `The policy does not allow ${origin}, which asked.` };
  if (urlFilterOf(server) === null) return { ok: false, because: 'The browser cannot limit a trial to a server of this name.' };
  return {
    ok: true,
    changes: changesOf(policy, server, origin),
    limits: [
      'It changes headers only: no status, no redirect and no request that never reached the server.',
      ...(countsLines(codes, profile) ? ['This browser counts the Access-Control-Allow-Origin lines that the server sent. If there are several, the request stays blocked.'] : []),
      'Requests of shared and service workers are left as they are: they belong to no tab.',
      ...(policy.origins === '*' || policy.origins.every((granted) => granted === origin) ? [] : [`It names one origin in every response: ${origin}. Frames of other origins in this tab are not allowed by it.`]),
      'It lets no cache keep an answer, so that nothing of it outlives it.',
    ],
  };
}

/** Firefox counts them as they were received, whatever an extension makes of them. https://searchfox.org/firefox-main/source/netwerk/protocol/http/nsCORSListenerProxy.cpp */
const countsLines = (codes: ReadonlySet<CorsErrorCode>, { multipleAllowOriginValues }: BrowserProfile): boolean =>
  multipleAllowOriginValues !== 'space-or-comma' && (codes.has('MultipleAllowOriginValues') || codes.has('PreflightMultipleAllowOriginValues'));

/** Keeps what a trial grants out of every cache: of preflights, and of responses, into which Firefox writes the headers as it changed them. */
const keepNothing: readonly Header[] = [['Access-Control-Max-Age', '0'], ['Cache-Control', 'no-store']];

/** The headers of both kinds of responses in one: those of a preflight mean nothing in another response, and the other way round. */
function changesOf(policy: CorsPolicy, server: string, origin: string): HeaderChanges {
  const answered = new Map([true, false].flatMap((isPreflight) => respond(policy, { origin, isPreflight })));
  const granted = corsResponseHeaders.flatMap((name): Header[] => {
    const value = answered.get(name);
    return value === undefined || name === 'Access-Control-Max-Age' ? [] : [[name, value]];
  });
  const set = [...granted, ...keepNothing];
  return { server, set, remove: corsResponseHeaders.filter((name) => set.every(([other]) => other !== name)) };
}

/** A session rule of declarativeNetRequest. https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest */
export interface TrialRule {
  readonly id: number;
  readonly priority: 1;
  readonly action: {
    readonly type: 'modifyHeaders';
    readonly responseHeaders: readonly (
      | { readonly operation: 'set'; readonly header: string; readonly value: string }
      | { readonly operation: 'remove'; readonly header: string }
    )[];
  };
  readonly condition: {
    readonly urlFilter: string;
    readonly tabIds: readonly [number];
    readonly excludedResourceTypes: readonly ['main_frame', 'sub_frame'];
  };
}

/**
 * The rule that has a tab's browser make these changes. A tab has one rule, and its id is the tab's. Browsers do not agree
 * on the type of a preflight, so that all types are covered but documents, which are no CORS requests.
 * Null: the filter cannot name the server.
 */
export function trialRule({ server, set, remove }: HeaderChanges, tabId: number): TrialRule | null {
  const urlFilter = urlFilterOf(server);
  return urlFilter === null ? null : {
    id: tabId,
    priority: 1,
    action: {
      type: 'modifyHeaders',
      responseHeaders: [
        ...set.map(([header, value]) => ({ operation: 'set', header, value }) as const),
        ...remove.map((header) => ({ operation: 'remove', header }) as const),
      ],
    },
    condition: { urlFilter, tabIds: [tabId], excludedResourceTypes: ['main_frame', 'sub_frame'] },
  };
}

/**
 * Every URL of the origin, and no other: `|` is the beginning, and a URL has a slash behind its origin. In a filter `*`, `^`
 * and `|` mean something else than themselves, and the URL parser leaves `*` in a host.
 */
const urlFilterOf = (server: string): string | null => (/^https?:\/\/(?:[0-9a-z._-]+|\[[0-9a-f:]+\])(?::\d+)?$/.test(server) ? `|${server}/` : null);
