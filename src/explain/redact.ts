import { byteLowercase } from '../fetch/byte.ts';
import type { Header, HeaderList } from '../fetch/header-list.ts';
import { readable } from '../fetch/utf8.ts';
import type { Evidence } from './cors-errors.ts';

/** What leaves the panel is written through one of these. */
export interface Redaction {
  headers(headers: HeaderList): HeaderList;
  url(url: string): string;
}

/** What stands where a secret was. */
export const redacted = '(redacted)';

const secretHeaders: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization', 'set-cookie']);
const urlHeaders: ReadonlySet<string> = new Set(['content-location', 'location', 'referer', 'refresh']);

/** The headers as text, without secrets. */
export const redactHeaders = (headers: HeaderList): HeaderList => headers.map(([name, value]): Header => {
  const lower = byteLowercase(name);
  if (secretHeaders.has(lower) || secretName.test(lower) || (perhapsSecretHeader.test(lower) && value.length >= longValue)) return [name, redacted];
  return [name, urlHeaders.has(lower) ? redactUrl(readable(value)) : withoutTokens(readable(value))];
});

/** Query parameters and headers that hold a secret by their name, and those that do when their value is long. */
const secretName = /(^|[_.-])(access[_-]?token|api[_-]?key|jwt|pass(word|wd)?|pwd|secret|token)$/i;
const perhapsSecretName = /(^|[_.-])(auth|code|key|session(_?id)?|sid|sig(nature)?)$/i;
const perhapsSecretHeader = /(^|-)(auth|session(-id)?|sid|signature)$/;
const longValue = 16;

const parameter = /([?&;#])([^?&;#=]*)=([^?&;#]*)/g;
/** User name and password reach to the last @ of the authority, which itself follows a scheme or stands at the start. */
const userInfo = /(^|[:=])([\\/]{2})[^\\/?#\s]*@/g;
const wordRun = /[\w.-]+/g;
const jsonWebToken = /^eyJ[\w-]+(\.[\w-]*){2,4}$/;

const withoutTokens = (text: string): string => text.replace(wordRun, (run) => (jsonWebToken.test(run) ? redacted : run));

/** The URL, or the text with a URL in it, without user name, password and what looks like a token. */
export const redactUrl = (url: string): string =>
  withoutTokens(url
    .replace(userInfo, `$1$2${redacted}@`)
    .replace(parameter, (whole, separator: string, name: string, value: string) =>
      (secretName.test(name) || (perhapsSecretName.test(name) && value.length >= longValue) ? `${separator}${name}=${redacted}` : whole)));

/** By whether secrets are to stay in what is written. */
export const redactions: Readonly<Record<'redacted' | 'included', Redaction>> = {
  redacted: { headers: redactHeaders, url: redactUrl },
  included: { headers: (headers) => headers.map(([name, value]): Header => [name, readable(value)]), url: (url) => url },
};

/** What the words about an error are made of: a server may have sent a URL where it was to send something else. */
export const evidenceThrough = ({ url }: Redaction, evidence: Evidence): Evidence =>
  ({ ...evidence, found: evidence.found === null ? null : url(evidence.found) });
