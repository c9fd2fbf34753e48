import { corsErrors, mdnPage } from '../explain/cors-errors.ts';
import type { Block, Diagnosis } from '../explain/diagnosis.ts';
import { ownerNames } from '../explain/owner.ts';
import { type Redaction, evidenceThrough } from '../explain/redact.ts';
import { counted, shorten } from '../explain/visible.ts';
import type { CorsPolicy } from './cors-policy.ts';
import { code, prose } from './markdown.ts';

/** What reports in Markdown have in common. */

/** The cure of a block, as plain text for a title. */
export const titleOf = ({ error, evidence }: Block, redaction: Redaction): string =>
  shorten(corsErrors[error.code].title(evidenceThrough(redaction, evidence)), longestTitle);

const longestTitle = 300;

/** What happened and why, a paragraph each. */
export const storyOf = ({ causes: [cause] }: Diagnosis, { error, evidence }: Block, redaction: Redaction): readonly string[] => [
  prose(corsErrors[error.code].summary(evidenceThrough(redaction, evidence))),
  ...(cause ? [prose(cause.summary), prose(`Seen: ${cause.evidence}`)] : []),
];

/** Who has to change something, and where to read on, a list item each. */
export const referencesOf = ({ causes: [cause] }: Diagnosis, { error: { code: name } }: Block): readonly string[] => [
  ...(cause ? [`- To change: ${prose(ownerNames[cause.owner])}`] : []),
  `- Name of the error: [${name}](${mdnPage(name)})`,
  `- The standard about it: <${corsErrors[name].spec}>`,
];

/** The policy as a list. */
export function policyTerms({ origins, credentialed, methods, requestHeaders, exposedHeaders, maxAge }: CorsPolicy): string {
  const list = (values: readonly string[]): string =>
    (values.length === 0 ? 'none' : values.slice(0, mostValues).map(code).join(', ') + (values.length > mostValues ? ` and ${counted(values.length - mostValues, 'more value')}` : ''));
  return [
    `- Origins: ${origins === '*' ? 'any, so never with credentials' : list(origins)}`,
    `- Credentials: ${credentialed ? 'yes' : 'no'}`,
    `- Methods beside GET, HEAD and POST: ${list(methods)}`,
    `- Request headers: ${list(requestHeaders)}`,
    `- Exposed response headers: ${list(exposedHeaders)}`,
    `- Max age of a preflight's answer: ${maxAge === null ? 'not stated' : `${maxAge} seconds`}`,
  ].join('\n');
}

const mostValues = 100;
