/** JSON of printable ASCII, indented by two spaces: nothing in it can reorder or hide text. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(/[^\n\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
