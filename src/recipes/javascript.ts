/** A JavaScript string literal that evaluates to the value, whatever the value is. Printable ASCII: nothing in it can reorder or hide text. */
export const stringLiteral = (value: string): string =>
  `'${value.replace(/['\\]/g, '\\$&').replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;

/** A JavaScript array of string literals: on one line while that is readable, else one to a line, indented by two spaces more. */
export function arrayLiteral(values: readonly string[], indent: string): string {
  const items = values.map(stringLiteral);
  const line = `[${items.join(', ')}]`;
  return line.length <= 80 ? line : `[\n${items.map((item) => `${indent}  ${item},\n`).join('')}${indent}]`;
}
