import type { Block, CorsPolicy, StepId } from '../../../src/index.ts';

/** One term of a policy, with the values that the server did not grant to this request. */
export interface Term {
  readonly name: string;
  readonly values: readonly { readonly text: string; readonly isNew: boolean }[];
}

/** The policy in words. GET, HEAD and POST need no grant and are not in it. */
export function termsOf(policy: CorsPolicy, { at }: Pick<Block, 'at'>): readonly Term[] {
  const refused = (...ids: readonly StepId[]): ReadonlySet<string> =>
    new Set(at.steps.flatMap(({ id, errors }) => (ids.includes(id) ? errors.map(({ parameter }) => parameter) : [])));
  const isRefused = (...ids: readonly StepId[]): boolean => refused(...ids).size > 0;
  const headers = refused('request-headers');
  const term = (name: string, values: readonly string[], isNew: (value: string) => boolean): Term =>
    ({ name, values: values.map((text) => ({ text, isNew: isNew(text) })) });
  return [
    term('Origins', policy.origins === '*' ? ['*'] : policy.origins, () => isRefused('allow-origin', 'preflight-allow-origin')),
    term('Credentials', [policy.credentialed ? 'yes' : 'no'], () => policy.credentialed && isRefused('allow-credentials', 'preflight-allow-credentials')),
    term('Methods', ['GET', 'HEAD', 'POST', ...policy.methods], (method) => policy.methods.includes(method) && isRefused('method', 'allow-methods-syntax')),
    term('Request headers', policy.requestHeaders, (name) => headers.has(name) || isRefused('allow-headers-syntax')),
    term('Exposed headers', policy.exposedHeaders, () => false),
    term('Max age', policy.maxAge === null ? [] : [`${policy.maxAge} s`], () => false),
  ];
}
