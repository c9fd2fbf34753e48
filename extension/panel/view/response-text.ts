import type { Header, SeenResponse } from '../../../src/index.ts';

/** A response as somebody edits it. */
export interface ResponseText {
  readonly status: string;
  /** One header a line. */
  readonly headers: string;
}

/** The headers that CORS reads, or that decide where a response leads. */
const matters = /^(access-control-.*|location|vary)$/i;

export const textOf = ({ status, headers }: SeenResponse): ResponseText => ({
  status: String(status),
  headers: headers.filter(([name]) => matters.test(name)).map(([name, value]) => `${name}: ${value}`).join('\n'),
});

export interface ReadResponse {
  /** Null: there are problems. */
  readonly response: SeenResponse | null;
  /** Each says what to change. */
  readonly problems: readonly string[];
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-fields */
export function readResponse({ status, headers }: ResponseText): ReadResponse {
  const problems: string[] = [];
  const code = Number(status);
  if (!/^\d{3}$/.test(status.trim()) || code < 200 || code > 599) problems.push('The status is a number from 200 to 599.');
  const read = headers.split('\n').flatMap((line, index): readonly Header[] => {
    if (line.trim() === '') return [];
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim();
    const value = line.slice(colon + 1).trim();
    if (colon === -1) problems.push(`Line ${index + 1} has no colon. Write Name: value.`);
    else if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) problems.push(`Line ${index + 1} does not begin with a header's name.`);
    else if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) problems.push(`Line ${index + 1} holds a character that no header can hold.`);
    else return [[name, value]];
    return [];
  });
  return { response: problems.length === 0 ? { status: code, headers: read } : null, problems };
}
