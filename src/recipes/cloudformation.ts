import type { CorsPolicy } from '../fix/cors-policy.ts';

/** A string of YAML. Printable ASCII is in double quotes as JSON writes it. */
export const yamlString = (value: string): string => JSON.stringify(value);

/** A block of YAML that holds a list, or nothing where the list is empty. */
export const yamlList = (key: string, values: readonly string[], indent: string): readonly string[] =>
  values.length === 0 ? [] : [`${indent}${key}:`, ...values.map((value) => `${indent}  - ${yamlString(value)}`)];

/** CloudFormation replaces `{{resolve:...}}` in any string of a template. */
export const refuseDynamic = ({ origins, methods, requestHeaders, exposedHeaders }: CorsPolicy): string | null =>
  [...origins, ...methods, ...requestHeaders, ...exposedHeaders].some((value) => value.includes('{{'))
    ? 'CloudFormation takes {{ for a reference. Remove the value that has it.'
    : null;
