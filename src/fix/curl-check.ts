import { byteLowercase } from '../fetch/byte.ts';
import type { Header, HeaderList } from '../fetch/header-list.ts';
import { isHttpToken } from '../fetch/http-token.ts';
import { isSafeMethod } from '../fetch/method.ts';
import type { Hop } from '../exchange/exchange.ts';
import { corsErrors } from '../explain/cors-errors.ts';
import type { Block, Diagnosis } from '../explain/diagnosis.ts';
import { type Redaction, evidenceThrough, redacted, redactions } from '../explain/redact.ts';
import { counted, shorten } from '../explain/visible.ts';
import { grantsFor, policyFor } from './policy-for.ts';
import { respond } from './respond.ts';
import { printing, shellWord } from './shell.ts';

/**
 * Commands that repeat a blocked request outside of the browser, first its preflight if it has one, and say by which lines
 * of the answers one sees that it is repaired. For a POSIX shell; unless stated otherwise secrets are left out.
 */
export function curlCheck(diagnosis: Diagnosis, block: Block, redaction: Redaction = redactions.redacted): string {
  const commands = curlCommands(diagnosis, block, redaction);
  return `${[...whatToReplace(commands), commands].join('\n')}\n`;
}

/** A command that says what stands in place of values, if anything does. */
export function whatToReplace(commands: string): readonly string[] {
  const gaps = [redacted, placeholder].filter((gap) => commands.includes(gap));
  return gaps.length === 0 ? [] : [printing(`Replace ${gaps.map((gap) => `each ${gap}`).join(' and ')} before you run this.`)];
}

/**
 * The same commands, without a word about what is left out of them. `consent` is the argument without which a script does not
 * send a request that may change something; null: it is always sent.
 */
export function curlCommands(diagnosis: Diagnosis, block: Block, redaction: Redaction, consent: string | null = null): string {
  const { hop, at, error, evidence } = block;
  const { credentials } = diagnosis;
  const fix = policyFor(diagnosis);
  const asked = grantsFor(hop, at.origin, credentials.value).requestHeaders.filter(isHttpToken);
  const names = asked.slice(0, mostHeaders);
  const headers: HeaderList = [['Origin', at.origin], ...sentHeaders(hop, names, credentials.value === 'include', redaction)];
  const url = shorten(redaction.url(hop.url), longestSent);

  const today = (phase: Block['at']['phase']): readonly string[] =>
    (at.phase === phase ? [`   Blocked for: ${shorten(corsErrors[error.code].reason(evidenceThrough(redaction, evidence)), longestValue)}`] : []);
  const repaired = (words: string, isPreflight: boolean): string => {
    if (fix?.kind !== 'policy') return printing(`   ${shorten(fix?.because ?? '', longestValue)}`);
    const { policy } = fix;
    const lines = respond({ ...policy, maxAge: null }, { origin: at.origin, isPreflight }).filter(([name]) => name !== 'Vary');
    return printing(`   Repaired when ${words} these lines${policy.credentialed ? '' : ' (or * as the origin)'}:`, ...lines.map(([name, value]) => `   ${name}: ${shorten(value, longestValue)}`));
  };

  const preflight = hop.preflight === null ? [] : [
    printing(
      '1. The preflight, as the browser sends it', ...today('preflight'),
      ...(asked.length > names.length ? [`   Of ${counted(asked.length, 'request header')} only the first ${names.length} are asked for here.`] : []),
    ),
    command('OPTIONS', url, [
      ['Origin', at.origin],
      ['Access-Control-Request-Method', hop.method],
      ...(names.length === 0 ? [] : [['Access-Control-Request-Headers', names.join(',')] as const]),
    ]),
    repaired('the status is 200 to 299 and the answer has, perhaps in longer lists,', true),
  ];
  return [
    ...preflight,
    printing(
      `${preflight.length === 0 ? '1' : '2'}. The request itself`, ...today('actual'),
      ...(hasBody(hop.method, headers) ? ['   Its body was not recorded: write it between the last quotes.'] : []),
    ),
    ...withConsent(isSafeMethod(hop.method) ? null : consent, hop.method, [
      command(hop.method, url, headers, hasBody(hop.method, headers)),
      repaired('the answer, whatever its status, has', false),
    ]),
  ].join('\n');
}

/** The commands that send a request; with `consent` for the shell to run only if it was called with that argument. */
const withConsent = (consent: string | null, method: string, commands: readonly string[]): readonly string[] => (consent === null ? commands : [
  `if [ "\${1-}" = ${shellWord(consent)} ]; then`,
  ...commands,
  'else',
  printing(`   ${shorten(method)} was not sent, because it may change something. To send it, run this with ${consent}.`),
  'fi',
]);

/** Longer ones are cut in their middle, and say so: no command line should need them. */
const longestValue = 2000;
/** Of a URL and of a header's value; servers take no longer ones. */
const longestSent = 8000;
const mostHeaders = 100;

const placeholder = '(value)';

/** Beside what a preflight asks for, these decide what a server answers. */
const telling: ReadonlySet<string> = new Set(['accept', 'authorization', 'content-type', 'cookie']);

/** The headers that matter, as they were sent; where the request was never sent their names are known alone. */
function sentHeaders(hop: Hop, askedNames: readonly string[], hasCredentials: boolean, redaction: Redaction): HeaderList {
  const wanted = new Set([...telling, ...askedNames]);
  const sent = redaction.headers(hop.requestHeaders ?? []).filter(([name]) => wanted.has(byteLowercase(name)) && isHttpToken(name));
  const known = new Set(sent.map(([name]) => byteLowercase(name)));
  const missing = [...askedNames, ...(hasCredentials ? ['cookie'] : [])].filter((name) => !known.has(name));
  return [...sent, ...missing.map((name): Header => [name, placeholder])];
}

const hasBody = (method: string, headers: HeaderList): boolean =>
  /^(POST|PUT|PATCH)$/i.test(method) || headers.some(([name]) => byteLowercase(name) === 'content-type');

function command(method: string, url: string, headers: HeaderList, withBody = false): string {
  const words = [
    // Without --globoff braces and brackets in a URL are patterns.
    `curl --silent --show-error --globoff --output /dev/null --dump-header - ${methodOption(method)} ${shellWord(url)}`,
    ...headers.map(([name, value]) => `--header ${shellWord(value === '' ? `${name};` : `${name}: ${shorten(value, longestSent)}`)}`),
    ...(withBody ? bodyOptions(headers) : []),
  ];
  return words.join(' \\\n  ');
}

/** curl would wait for the body of an answer to HEAD that it asked for by --request. */
const methodOption = (method: string): string => (method === 'HEAD' ? '--head' : `--request ${shellWord(method)}`);

/** With a body curl adds a Content-Type of its own. */
const bodyOptions = (headers: HeaderList): readonly string[] =>
  [...(headers.some(([name]) => byteLowercase(name) === 'content-type') ? [] : [`--header 'Content-Type:'`]), `--data-raw ''`];
