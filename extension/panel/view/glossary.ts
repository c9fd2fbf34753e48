import { fetchStandard } from '../../../src/index.ts';

/** A word of the field, in a sentence or two for who has never read the standard. */
export interface GlossaryRow {
  readonly definition: string;
  /** Where it is defined. */
  readonly spec: string;
}

/** To add one, add its row, and mark the word with `<Term of="…">`. */
export const glossary = {
  'origin': { definition: 'Scheme, host and port of a URL. Two URLs are of one origin only if all three are the same.', spec: 'https://html.spec.whatwg.org/multipage/browsers.html#concept-origin' },
  'credentials': { definition: 'Cookies, HTTP logins and client certificates. A request with them may get a response that is for one user only.', spec: `${fetchStandard}#credentials` },
  'credentials mode': { definition: 'Whether a request carries cookies and logins: include always does, omit never, same-origin only to the page\'s own origin.', spec: `${fetchStandard}#concept-request-credentials-mode` },
  'status': { definition: 'The number with which a response begins. A preflight passes only with 200 to 299.', spec: `${fetchStandard}#ok-status` },
  'method': { definition: 'What a request does: GET, POST, PUT … Any but GET, HEAD and POST has to be allowed by a preflight.', spec: `${fetchStandard}#cors-safelisted-method` },
  'header': { definition: 'A request header that the script set and that is not safelisted. A preflight has to allow each by its name.', spec: `${fetchStandard}#cors-unsafe-request-header-names` },
  'preflight': { definition: 'An OPTIONS request that the browser sends first, to ask whether the server allows the actual request. It carries no cookies.', spec: `${fetchStandard}#cors-preflight-request` },
  'mode': { definition: 'cors: a script wants to read the response, so the server must allow it. no-cors: the page only uses it, as with an image, and no script can read it.', spec: `${fetchStandard}#concept-request-mode` },
  'type': { definition: 'What the response is for, as the browser names it: xmlhttprequest stands for fetch, too.', spec: `${fetchStandard}#concept-request-destination` },
  'time': { definition: 'From the beginning to the end, as the browser told it. Behind the colon: how long each request waited for the beginning of its response.', spec: `${fetchStandard}#fetch-timing-info` },
  'exposed': { definition: 'A response header that scripts may read: a few are always, others only if Access-Control-Expose-Headers names them.', spec: `${fetchStandard}#cors-exposed-header-name` },
} as const satisfies Readonly<Record<string, GlossaryRow>>;

export type TermId = keyof typeof glossary;
