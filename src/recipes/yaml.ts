/** A double-quoted YAML scalar of printable ASCII. */
export const yamlString = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** A key with a list, one item to a line; nothing for an empty list. */
export const yamlList = (indent: string, key: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`${indent}${key}:`, ...values.map((value) => `${indent}  - ${yamlString(value)}`)];
