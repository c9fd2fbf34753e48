import { isoDateTime } from '../exchange/date-time.ts';
import type { Gap } from '../exchange/exchange.ts';
import type { Diagnosed } from '../explain/across.ts';
import { mdnPage } from '../explain/cors-errors.ts';
import type { Outcome } from '../explain/diagnosis.ts';
import { browserNames } from '../explain/other-browser.ts';
import { ownerNames } from '../explain/owner.ts';
import { type Redaction, redactions } from '../explain/redact.ts';
import { type ReportSource, diagnosedOf } from '../explain/session.ts';
import { counted, grouped } from '../explain/visible.ts';
import { cautionsOf } from './cors-policy.ts';
import { code, fenced, prose } from './markdown.ts';
import { type LeftOut, policyAcross } from './policy-across.ts';
import { policyFor } from './policy-for.ts';
import { policyTerms, referencesOf, storyOf, titleOf } from './report-parts.ts';
import { type Alike, type StoppedAt, alikeIn, blockedInTrial, countOf, stoppedIn } from './stopped.ts';

/**
 * All that is shown, as a report in Markdown for an issue or a chat: for each server what was blocked there, each cause once,
 * and the least that it has to grant; what is not CORS; and what is not known. No value can leave its place. It stays readable
 * however much there is: what has no room is counted.
 */
export function sessionReport(source: ReportSource): string {
  const { generator, profile, browserVersion, page, secrets = 'redacted' } = source;
  const redaction = redactions[secrets];
  const session = diagnosedOf(source);
  const servers = stoppedIn(session, redaction);
  const unknown = unknownIn(source, session, redaction);
  return `${[
    '# CORS report',
    [
      `- Page: ${page === '' ? 'not known' : code(redaction.url(page))}`,
      `- Browser: ${browserNames[profile.name]} ${browserVersion === '' ? 'of a version that is not known' : code(browserVersion)}`,
      `- Requests to other origins: ${countsOf(session)}`,
      `- Secrets: ${secrets === 'redacted' ? 'left out' : 'included, so give this to nobody who may not have them'}`,
      `- Written by: ${code(generator)}`,
    ].join('\n'),
    ...(session.some(({ diagnosis: { outcome } }) => outcome === 'blocked' || outcome === 'failed') ? [] : ['Nothing that was seen was blocked by CORS, and nothing failed.']),
    ...servers.slice(0, mostServers).flatMap((server) => sectionOf(server, redaction)),
    ...restOf(servers.slice(mostServers)),
    ...(unknown.length === 0 ? [] : ['## What is not known', ...unknown]),
  ].join('\n\n')}\n`;
}

const mostServers = 20;
/** Of one server. */
const mostCauses = 10;
/** Of one cause. */
const mostRequests = 5;
const mostOrigins = 5;
const mostLeftOut = 10;
const mostNotes = 10;

const outcomeWords: readonly (readonly [Outcome, string])[] = [
  ['blocked', 'blocked by CORS'], ['failed', 'failed for another reason'], ['unknown', 'of an unknown outcome'], ['pending', 'under way'], ['allowed', 'allowed'],
];

function countsOf(session: readonly Diagnosed[]): string {
  const counts = { allowed: 0, blocked: 0, failed: 0, pending: 0, unknown: 0 };
  for (const { diagnosis: { outcome } } of session) counts[outcome]++;
  const words = outcomeWords.filter(([outcome]) => counts[outcome] > 0).map(([outcome, word]) => `${grouped(counts[outcome])} ${word}`);
  return words.length === 0 ? 'none' : `${grouped(session.length)} (${words.join(', ')})`;
}

function sectionOf({ server, asked, blocked, failed, met }: StoppedAt, redaction: Redaction): readonly string[] {
  const across = blocked.length === 0 ? null : policyAcross(met, server);
  const words = [
    ...(blocked.length === 0 ? [] : [`${grouped(countOf(blocked))} blocked by CORS, ${blocked.length === 1 ? 'one cause' : counted(blocked.length, 'cause')}`]),
    ...(failed.length === 0 ? [] : [`${grouped(countOf(failed))} failed for another reason`]),
  ];
  return [
    `## ${server === 'null' ? 'What has no origin' : code(server)}`,
    `${counted(asked, 'request')}: ${words.join('; ')}.`,
    ...blocked.slice(0, mostCauses).flatMap((alike) => causeOf(alike, redaction)),
    ...(blocked.length > mostCauses ? [`${counted(blocked.length - mostCauses, 'more cause')}, of ${counted(countOf(blocked.slice(mostCauses)), 'request')}, had no room here.`] : []),
    ...(across === null ? [] : [
      '### What the server has to grant',
      `This is the least for what was seen of it: ${counted(across.covers, 'request')}, those that pass today included.`,
      policyTerms(across.policy),
      ...[...across.notes, ...cautionsOf(across.policy, server)].map(prose),
      ...(across.leftOut.length === 0 ? [] : ['It leaves out what no server should grant:', leftOutOf(across.leftOut, redaction)]),
    ]),
    ...(failed.length === 0 ? [] : ['### What is not CORS', 'No CORS header would change this.']),
    ...failed.slice(0, mostCauses).flatMap((alike) => failureOf(alike, redaction)),
    ...(failed.length > mostCauses ? [`${counted(failed.length - mostCauses, 'more reason')}, of ${counted(countOf(failed.slice(mostCauses)), 'request')}, had no room here.`] : []),
  ];
}

function causeOf(alike: Alike, redaction: Redaction): readonly string[] {
  const { diagnosis } = alike.first;
  const { block, basis, causes: [cause] } = diagnosis;
  if (block === null) return [];
  const fix = policyFor(diagnosis);
  return [
    `### ${prose(titleOf(block, redaction))}`,
    ...storyOf(diagnosis, block, redaction),
    ...(basis.value === 'observed' ? [] : [prose(basis.because)]),
    ...block.alternatives.map(({ code: name, condition }) => `Nothing shows which reason it is. It may also be [${name}](${mdnPage(name)}), if ${prose(condition)}.`),
    ...(fix?.kind === 'no-policy' && fix.because !== cause?.summary ? [prose(fix.because)] : []),
    ...(cause?.fix ? [prose(fix?.kind === 'policy' ? `Another way: ${cause.fix}` : cause.fix)] : []),
    ...(cause?.code ? [fenced(cause.code, '')] : []),
    [
      ...referencesOf(diagnosis, block),
      `- From ${alike.origins.size === 1 ? 'a page' : 'pages'} at: ${originsOf(alike)}`,
      ...requestOf(alike, redaction),
    ].join('\n'),
    ...(alike.count === 1 ? [] : requestsOf('It stops', alike, redaction)),
  ];
}

/** The first cause of what failed says that it is not CORS. */
function failureOf(alike: Alike, redaction: Redaction): readonly string[] {
  const { diagnosis: { failure, causes: [cause] } } = alike.first;
  return failure === null || cause === undefined ? [] : [
    `${prose(cause.summary)}${cause.fix === null ? '' : ` ${prose(cause.fix)}`}`,
    ...(cause.code === null ? [] : [fenced(cause.code, '')]),
    [`- To change: ${prose(ownerNames[cause.owner])}`, `- Seen: ${prose(cause.evidence)}`, `- MDN about it: <${failure.reading.mdn}>`, `- The standard about it: <${failure.reading.spec}>`, ...requestOf(alike, redaction)].join('\n'),
    ...(alike.count === 1 ? [] : requestsOf('It stops', alike, redaction)),
  ];
}

const originsOf = ({ origins }: Alike): string =>
  [...origins].slice(0, mostOrigins).map(code).join(', ') + (origins.size > mostOrigins ? ` and ${grouped(origins.size - mostOrigins)} more` : '');

/** When it was, and the request where it is a single one, a list item each. */
function requestOf({ first, last, count, requests: [request] }: Alike, redaction: Redaction): readonly string[] {
  const [from, to] = [first, last].map(({ exchange }) => code(isoDateTime(exchange.startedAt)));
  return count === 1 && request ? [`- Request: ${code(`${request.method} ${redaction.url(request.url)}`)}`, `- When: ${from}`] : [`- When: from ${from} to ${to}`];
}

function requestsOf(words: string, { count, requests }: Alike, redaction: Redaction): readonly string[] {
  const shown = requests.slice(0, mostRequests);
  const more = count - sum(shown, (request) => request.count);
  return [
    `${words} ${counted(count, 'request')}:`,
    [
      ...shown.map(({ method, url, count: times }) => `- ${code(`${method} ${redaction.url(url)}`)}${times === 1 ? '' : `, ${grouped(times)} times`}`),
      ...(more === 0 ? [] : [`- (and ${grouped(more)} more)`]),
    ].join('\n'),
  ];
}

const leftOutOf = (leftOut: readonly LeftOut[], redaction: Redaction): string => [
  ...leftOut.slice(0, mostLeftOut).map(({ method, url, count, because }) =>
    `- ${code(`${method} ${redaction.url(url)}`)}${count > 1 ? ` and ${counted(count - 1, 'more request')}` : ''}: ${prose(because)}`),
  ...(leftOut.length > mostLeftOut ? [`- (and ${counted(leftOut.length - mostLeftOut, 'more reason')})`] : []),
].join('\n');

const restOf = (servers: readonly StoppedAt[]): readonly string[] => (servers.length === 0 ? [] : [
  '## Other servers',
  `${counted(servers.length, 'more server')} had no room here: ${grouped(sum(servers, ({ blocked }) => countOf(blocked)))} of their requests were blocked by CORS, and ${grouped(sum(servers, ({ failed }) => countOf(failed)))} failed for another reason.`,
]);

const sum = <Of>(items: readonly Of[], countIn: (item: Of) => number): number => items.reduce((before, item) => before + countIn(item), 0);

/** What the recording does not show, and what this report leaves out. */
function unknownIn({ gaps, dropped, notes = [] }: ReportSource, session: readonly Diagnosed[], redaction: Redaction): readonly string[] {
  const unknown = alikeIn(session, ({ diagnosis: { outcome, basis } }) => (outcome === 'unknown' ? basis.because : null));
  const tried = blockedInTrial(session);
  const pending = session.filter(({ diagnosis }) => diagnosis.outcome === 'pending').length;
  return [
    ...unknown.flatMap((alike) => [prose(alike.first.diagnosis.basis.because), ...requestsOf('So it is with', alike, redaction)]),
    ...(pending === 0 ? [] : [`${counted(pending, 'request')} ${pending === 1 ? 'was' : 'were'} still under way.`]),
    ...(tried === 0 ? [] : [`${counted(tried, 'request')} ${tried === 1 ? 'was' : 'were'} blocked while headers were tried out in this browser. Nobody else sees that, so nothing more is said of it.`]),
    ...gapsIn(gaps),
    ...(dropped === 0 ? [] : [`${counted(dropped, 'earlier request')} made room for later ones, allowed ones first, and cannot be told of.`]),
    ...notes.slice(0, mostNotes).map(prose),
  ];
}

function gapsIn(gaps: readonly Gap[]): readonly string[] {
  const last = gaps.at(-1);
  if (!last) return [];
  const before = gaps.length - 1;
  return [`From ${code(isoDateTime(last.from))} until ${code(isoDateTime(last.until))} nothing was heard of the network${before === 0 ? '' : `, and ${before === 1 ? 'once' : `${grouped(before)} times`} before`}. Requests of that time may be missing here.`];
}
