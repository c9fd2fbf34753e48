/** A PHP string literal that evaluates to the value, which must be printable ASCII. Between single quotes PHP expands nothing. */
export const phpString = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`;

/** A PHP array of string literals: on one line while that is readable, else one to a line, indented by four spaces more. */
export function phpArray(values: readonly string[], indent: string): string {
  const items = values.map(phpString);
  const line = `[${items.join(', ')}]`;
  return line.length <= 80 ? line : `[\n${items.map((item) => `${indent}    ${item},\n`).join('')}${indent}]`;
}
