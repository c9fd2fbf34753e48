import { browserProfiles } from '../fetch/browser-profile.ts';
import { isForbiddenRequestHeader } from '../fetch/request-header.ts';
import { isCorsSafelistedMethod, isForbiddenMethod, normalizeMethod } from '../fetch/method.ts';
import { serializeOrigin } from '../fetch/origin.ts';
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
  const because = refusal(at.origin, hop.method, block.error.code, causes[0]?.summary ?? '');
  if (because !== null) return { kind: 'no-policy', because };
  const preflight = hop.preflight?.from === 'network' ? hop.preflight : hop.preflight?.source ?? null;
  const asked = preflight?.requestHeaders
    ? requestedHeaderNames(preflight.requestHeaders)
    : hop.preflight === null ? [] : scriptHeaderNames(hop.requestHeaders ?? [], browserProfiles.standard);
  const ownFault = asked.find((name) => name.startsWith('access-control-') || isForbiddenRequestHeader(name, ''));
  if (ownFault !== undefined) {
    return { kind: 'no-policy', because: `Remove ${ownFault} from the client code. No server should allow it as a request header.` };
  }
  return {
    kind: 'policy',
    server: serializeOrigin(hop.url),
    policy: {
      origins: [at.origin],
      // Without a sign of the mode, only a policy that allows credentials unblocks the request for certain.
      credentialed: credentials.value !== 'omit',
      methods: isCorsSafelistedMethod(hop.method) ? [] : [hop.method],
      requestHeaders: asked,
      exposedHeaders: [],
      maxAge: hop.preflight === null ? null : maxAge,
    },
    assumed: credentials.value === 'unknown'
      ? 'Nothing shows whether the request carries credentials, so the policy allows them. Leave them out if it does not.'
      : null,
  };
}

function refusal(origin: string, method: string, code: string, cause: string): string | null {
  if (origin === 'null') return cause || 'The request has no origin that a server could allow.';
  if (code === 'CorsDisabledScheme') return 'No header repairs this. Redirect to an http or https URL.';
  if (code === 'RedirectContainsCredentials') return 'No header repairs this. Redirect to a URL without user name and password.';
  if (isForbiddenMethod(method)) return `No server can allow the method ${method}.`;
  if (normalizeMethod(method) !== method) return `Write the method as ${normalizeMethod(method)}.`;
  return null;
}
