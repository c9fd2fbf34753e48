import type { HeaderList } from '../fetch/header-list.ts';
import type { Hop, SeenResponse } from '../exchange/exchange.ts';
import type { Block, Diagnosis } from '../explain/diagnosis.ts';
import { redactHeaders, redactUrl, redactions } from '../explain/redact.ts';
import { counted, shorten, visible } from '../explain/visible.ts';
import type { CorsPolicy } from './cors-policy.ts';
import { curlCheck } from './curl-check.ts';
import { code, fenced, prose } from './markdown.ts';
import { policyTerms, referencesOf, storyOf, titleOf } from './report-parts.ts';

/** What whoever owns the server is to configure. */
export interface Proposal {
  readonly policy: CorsPolicy;
  /** For one server; null: its format cannot hold the policy. */
  readonly configuration: null | {
    /** As people call the server: "nginx". */
    readonly server: string;
    readonly where: string;
    readonly pitfall: string;
    readonly docs: string;
    readonly language: string;
    readonly snippet: string;
  };
}

/**
 * A report in Markdown for the colleague who owns the server: what happened, with its evidence, what to configure, and how
 * to check it. Secrets are left out, and no value can leave its place. The proposal is null where no policy is the answer.
 *
 * @param when The moment of the request, as text.
 */
export function handOverReport(diagnosis: Diagnosis, block: Block, proposal: Proposal | null, when: string): string {
  const { credentials } = diagnosis;
  const { hop, at } = block;
  return `${[
    `# ${prose(titleOf(block, redactions.redacted))}`,
    ...storyOf(diagnosis, block, redactions.redacted),
    [
      `- Request: ${code(`${hop.method} ${redactUrl(hop.url)}`)}`,
      `- From a page at: ${code(at.origin)}`,
      `- When: ${code(when)}`,
      `- Credentials: ${credentials.value === 'include' ? 'yes' : credentials.value === 'omit' ? 'no' : 'not known'}`,
      ...referencesOf(diagnosis, block),
    ].join('\n'),
    '## What was sent, and what came back',
    ...messages(hop),
    ...(proposal === null ? [] : [
      '## What the server has to grant',
      policyTerms(proposal.policy),
      ...(proposal.configuration === null ? [] : configuration(proposal.configuration)),
    ]),
    '## How to check it',
    `In a terminal. Each command prints the status and the headers of the answer. The last one really sends the ${code(hop.method)}.`,
    fenced(curlCheck(diagnosis, block), 'sh'),
    'Written by CORS Inspector. Secrets are left out, and so are headers that do not matter here.',
  ].join('\n\n')}\n`;
}

const mostLines = 60;
const longestValue = 1000;

function messages(hop: Hop): readonly string[] {
  const preflight = hop.preflight?.from === 'cache' ? hop.preflight.source : hop.preflight;
  return [
    ...(preflight ? [`${hop.preflight?.from === 'cache' ? 'An earlier preflight, whose answer was still in the cache' : 'The preflight'}:`, message('OPTIONS', hop.url, preflight.requestHeaders, preflight.response)] : []),
    ...(hop.requestHeaders === null && hop.response === null ? [] : ['The request itself:', message(hop.method, hop.url, hop.requestHeaders, hop.response)]),
  ];
}

const message = (method: string, url: string, sent: HeaderList | null, response: SeenResponse | null): string => fenced([
  `${method} ${shorten(redactUrl(url), longestValue)}`,
  ...lines(sent ?? []),
  '',
  ...(response === null ? ['No answer was seen.'] : [`Status ${response.status}`, ...lines(response.headers)]),
].map(visible).join('\n'), '');

function lines(headers: HeaderList): readonly string[] {
  const telling = redactHeaders(headers).filter(([name]) => !silent.test(name));
  const more = telling.length - mostLines;
  return [
    ...telling.slice(0, mostLines).map(([name, value]) => `${shorten(name)}: ${shorten(value, longestValue)}`),
    ...(more > 0 ? [`(and ${counted(more, 'more line')})`] : []),
  ];
}

/** What a browser tells of itself decides nothing about CORS. */
const silent = /^(accept|accept-encoding|accept-language|connection|priority|sec-ch-.*|user-agent)$/i;

const configuration = ({ server, where, pitfall, docs, language, snippet }: NonNullable<Proposal['configuration']>): readonly string[] => [
  `## Configuration for ${prose(server)}`,
  prose(where),
  fenced(snippet, language),
  prose(`Watch out: ${pitfall}`),
  `[Documentation](${docs})`,
];
