import type { CorsPolicy } from '../fix/cors-policy.ts';
import { refuseUnprintable } from './printable.ts';

/** The origins as a service lists them. */
export const listedOrigins = ({ origins }: CorsPolicy): readonly string[] => (origins === '*' ? ['*'] : origins);

/** The methods as a service lists them: unlike the CORS protocol it knows none that needs no grant. */
export const listedMethods = ({ methods }: CorsPolicy): readonly string[] => [...new Set(['GET', 'HEAD', 'POST', ...methods])];

/** Why a service that knows these methods, and takes `*` for a pattern, cannot list what the policy has, or null. */
export function refuseUnlistable(policy: CorsPolicy, service: string, methods: readonly string[]): string | null {
  const { origins, requestHeaders, exposedHeaders } = policy;
  if (policy.methods.some((method) => !methods.includes(method))) return `${service} can allow ${methods.join(', ')} only. Remove every other method.`;
  const values = [...(origins === '*' ? [] : origins), ...requestHeaders, ...exposedHeaders];
  if (values.some((value) => value.includes('*'))) return `${service} takes * for a pattern. Remove the value that has one.`;
  return refuseUnprintable(policy);
}
