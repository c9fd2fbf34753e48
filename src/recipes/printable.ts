import type { CorsPolicy } from '../fix/cors-policy.ts';

/** Why the policy has a value that is no text of a header, or null: then every value is printable ASCII. */
export const refuseUnprintable = ({ origins, methods, requestHeaders, exposedHeaders }: CorsPolicy): string | null =>
  [...origins, ...methods, ...requestHeaders, ...exposedHeaders].every((value) => /^[\x20-\x7e]*$/.test(value))
    ? null
    : 'A value has characters that no header can hold. Remove it from the policy.';
