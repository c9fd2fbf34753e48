import type { CorsPolicy } from '../fix/cors-policy.ts';

/**
 * Why an origin has characters beside those that all servers compare alike, or null: small letters, digits and what parts
 * them. Many servers compare without regard to case, and many take an asterisk for any characters.
 */
export const refuseUnplainOrigins = ({ origins }: CorsPolicy): string | null =>
  origins === '*' || origins.every((origin) => /^[a-z][0-9a-z+.-]*:\/\/[0-9a-z.:[\]_-]+$/.test(origin))
    ? null
    : 'A value is not an origin in lower case. Write each one as scheme://host.';
