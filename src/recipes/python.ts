/** A Python string literal that evaluates to the value, whatever the value is. Printable ASCII: nothing in it can reorder or hide text. */
export const pythonString = (value: string): string =>
  `"${value.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7e]/gu, escape)}"`;

/** Python takes a pair of surrogates for two characters. */
function escape(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\U${point.toString(16).padStart(8, '0')}` : `\\u${point.toString(16).padStart(4, '0')}`;
}

/** A Python list of string literals: on one line while that is readable, else one to a line, indented by four spaces more. */
export function pythonList(values: readonly string[], indent: string): string {
  const items = values.map(pythonString);
  const line = `[${items.join(', ')}]`;
  return line.length <= 72 ? line : `[\n${items.map((item) => `${indent}    ${item},\n`).join('')}${indent}]`;
}
