import { type CorsPolicy, describePolicyError, fieldOf, validatePolicy } from '../../../src/index.ts';

/** A policy as somebody types it: text that need not be a policy yet. */
export interface PolicyDraft {
  readonly isAnyOrigin: boolean;
  /** Of the lists the items are parted by commas or white space. */
  readonly origins: string;
  readonly credentialed: boolean;
  readonly methods: string;
  readonly requestHeaders: string;
  readonly exposedHeaders: string;
  /** Seconds; empty: not stated. */
  readonly maxAge: string;
}

export const draftOf = ({ origins, credentialed, methods, requestHeaders, exposedHeaders, maxAge }: CorsPolicy): PolicyDraft => ({
  isAnyOrigin: origins === '*',
  origins: origins === '*' ? '' : origins.join('\n'),
  credentialed,
  methods: methods.join(', '),
  requestHeaders: requestHeaders.join(', '),
  exposedHeaders: exposedHeaders.join(', '),
  maxAge: maxAge === null ? '' : String(maxAge),
});

/** What the text says, be it valid or not. */
export const policyOf = ({ isAnyOrigin, origins, credentialed, methods, requestHeaders, exposedHeaders, maxAge }: PolicyDraft): CorsPolicy => ({
  origins: isAnyOrigin ? '*' : itemsOf(origins),
  credentialed,
  methods: itemsOf(methods),
  // Header names are the same in any case, and a policy has them in lower case.
  requestHeaders: itemsOf(requestHeaders).map(asciiLowercase),
  exposedHeaders: itemsOf(exposedHeaders).map(asciiLowercase),
  maxAge: maxAge.trim() === '' ? null : /^\s*\d{1,15}\s*$/.test(maxAge) ? Number(maxAge) : Number.NaN,
});

const itemsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((item) => item !== '');
const asciiLowercase = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** What to change in each field; a field that is not there needs no change. */
export function changesIn(policy: CorsPolicy): ReadonlyMap<keyof CorsPolicy, readonly string[]> {
  const changes = new Map<keyof CorsPolicy, string[]>();
  for (const error of validatePolicy(policy)) {
    const field = fieldOf(error);
    const known = changes.get(field);
    if (known) known.push(describePolicyError(error));
    else changes.set(field, [describePolicyError(error)]);
  }
  return changes;
}
