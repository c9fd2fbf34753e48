import { browserProfiles } from '../fetch/browser-profile.ts';
import { isHttpToken } from '../fetch/http-token.ts';
import { isForbiddenRequestHeader } from '../fetch/request-header.ts';
import { isCorsSafelistedMethod, isForbiddenMethod, normalizeMethod } from '../fetch/method.ts';
import { serializeOrigin } from '../fetch/origin.ts';
import type { Hop } from '../exchange/exchange.ts';
import { requestedHeaderNames, scriptHeaderNames } from '../exchange/preflight-request.ts';
import type { Diagnosis } from '../explain/diagnosis.ts';
import type { CorsPolicy } from './cors-policy.ts';

/** The least a server has to grant, or why no grant is the right answer. */
export type Fix =
  | {
    readonly kind: 'policy';
    /** The origin of the server that has to grant it. */
    readonly server: string;
    readonly policy: CorsPolicy;
    /** What is only assumed, in a sentence for the reader; null: everything was seen. */
    readonly assumed: string | null;
  }
  | { readonly kind: 'no-policy'; readonly because: string };

/** How long browsers may keep a preflight's answer: long enough to spare requests, short enough to undo a mistake. */
const maxAge = 600;

/** The least policy under which no check of a blocked exchange fails; null when nothing has to be repaired. */
export function policyFor({ block, credentials, causes }: Diagnosis): Fix | null {
  if (block === null) return null;
  const { hop, at } = block;
  const because = refusal(at.origin, hop, block.error.code, causes[0]?.summary ?? '');
  if (because !== null) return { kind: 'no-policy', because };
  return {
    kind: 'policy',
    server: serializeOrigin(hop.url),
    policy: grantsFor(hop, at.origin, credentials.value),
    assumed: credentials.value === 'unknown'
      ? 'Nothing shows whether the request carries credentials, so the policy allows them. Leave them out if it does not.'
      : null,
  };
}

/** What a server has to grant to this request, whether it does already or not. */
export function grantsFor(hop: Hop, origin: string, credentials: Diagnosis['credentials']['value']): CorsPolicy {
  return {
    origins: [origin],
    // Without a sign of the mode, only a policy that allows credentials unblocks the request for certain.
    credentialed: credentials !== 'omit',
    methods: isCorsSafelistedMethod(hop.method) ? [] : [hop.method],
    requestHeaders: askedHeaderNames(hop),
    exposedHeaders: [],
    maxAge: hop.preflight === null ? null : maxAge,
  };
}

function askedHeaderNames(hop: Hop): readonly string[] {
  const preflight = hop.preflight?.from === 'network' ? hop.preflight : hop.preflight?.source ?? null;
  if (preflight?.requestHeaders) return requestedHeaderNames(preflight.requestHeaders);
  // A record may hold a name that is none; no request can be sent with it.
  return hop.preflight === null ? [] : scriptHeaderNames(hop.requestHeaders ?? [], browserProfiles.standard).filter(isHttpToken);
}

/** Why no server should grant what the client asks for; null: nothing speaks against it. */
export function clientFault(hop: Hop): string | null {
  const { method } = hop;
  if (isForbiddenMethod(method)) return `No server can allow the method ${method}.`;
  if (normalizeMethod(method) !== method) return `Write the method as ${normalizeMethod(method)}.`;
  const header = askedHeaderNames(hop).find((name) => name.startsWith('access-control-') || isForbiddenRequestHeader(name, ''));
  return header === undefined ? null : `Remove ${header} from the client code. No server should allow it as a request header.`;
}

function refusal(origin: string, hop: Hop, code: string, cause: string): string | null {
  if (origin === 'null') return cause || 'The request has no origin that a server could allow.';
  if (code === 'CorsDisabledScheme') return 'No header repairs this. Redirect to an http or https URL.';
  if (code === 'RedirectContainsCredentials') return 'No header repairs this. Redirect to a URL without user name and password.';
  return clientFault(hop);
}
