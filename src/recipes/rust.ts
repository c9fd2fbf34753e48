/** A Rust string literal that evaluates to the value; it must be printable ASCII. */
export const rustString = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** A Rust array of string literals: on one line while that is readable, else one to a line, indented by four spaces more. */
export function rustStrings(values: readonly string[], indent: string): string {
  const items = values.map(rustString);
  const line = `[${items.join(', ')}]`;
  return line.length <= 60 ? line : `[\n${items.map((item) => `${indent}    ${item},\n`).join('')}${indent}]`;
}
