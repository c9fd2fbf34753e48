import { type Alternative, type BrowserProfile, type Cause, type FirefoxReason, type JudgedResponse, type NetworkError, askedAndAllowed, corsErrors, counted, firefoxReasonsOf, grouped, lastHop, mdnPage, nameIn, readingOf, serializeOrigin, steps } from '../../../src/index.ts';
import { Glyph } from '../glyph.tsx';
import type { PanelPorts } from '../ports.ts';
import { Term } from '../term.tsx';
import { ExternalLink, LongText, Sentence, Text } from '../text.tsx';
import { courseOf } from '../view/course.ts';
import { diagramOf } from '../view/diagram.ts';
import type { Row } from '../view/row.ts';
import { sectionName } from '../view/section-name.ts';
import { timeOf } from '../view/time.ts';
import { timingOf } from '../view/timing.ts';
import { AskedAndAllowedTable } from './asked-and-allowed-table.tsx';
import { CallStack } from './call-stack.tsx';
import { ClientFix } from './client-fix.tsx';
import { InOtherBrowser } from './in-other-browser.tsx';
import { OriginsCompared } from './origins-compared.tsx';
import { ReadOn } from './read-on.tsx';
import { Readable } from './readable.tsx';
import { SequenceDiagram } from './sequence-diagram.tsx';

/** What happened, the evidence, and why browsers insist. */
export function WhyTab({ row, profile, otherBrowserOf, openSource, copy }: { readonly row: Row } & Pick<PanelPorts, 'profile' | 'otherBrowserOf' | 'openSource' | 'copy'>) {
  const { exchange, diagnosis } = row;
  const { block, causes, judged, mode, credentials } = diagnosis;
  const deciding = block?.at ?? judged.at(-1);
  const earlier = judged.filter((response) => response !== deciding);
  const server = (block?.hop ?? lastHop(exchange)).url;
  const asking = deciding?.origin ?? exchange.origin;
  const timing = timingOf(exchange);
  return (
    <>
      {diagnosis.outcome !== 'failed' && <Causes causes={causes} values={block ? [block.evidence.host, block.evidence.origin, block.evidence.parameter] : []} />}
      {!block && causes[0] && <ClientFix cause={causes[0]} lead="What helps:" values={[serializeOrigin(server)]} copy={copy} />}
      {block && <Alternatives of={block.alternatives} profile={profile} />}
      {diagnosis.outcome === 'unknown' && profile.reasonNames === 'firefox' && <Untraced reasons={firefoxReasonsOf(exchange, diagnosis, profile)} />}
      <h2>What happened</h2>
      <SequenceDiagram of={diagramOf(exchange, diagnosis)} />
      <ol class="course">
        {courseOf(exchange, diagnosis).map(({ mark, what, result, values }, index) => (
          <li key={index}><Glyph mark={mark} /><span><Sentence text={what} values={values} /></span><span class="result">{result}</span></li>
        ))}
      </ol>
      {deciding && (
        <>
          <h2>{deciding.phase === 'preflight' ? <>What the <Term of="preflight">preflight</Term> asked for, and what was allowed</> : 'What was needed, and what was allowed'}</h2>
          <AskedAndAllowedTable rows={askedAndAllowed(exchange, diagnosis, deciding)} />
          <Checks judged={deciding} neverSent={block && deciding.phase === 'preflight' ? block.hop.method : null} />
        </>
      )}
      {earlier.map((response) => (
        <details key={`${response.hop} ${response.phase}`}>
          <summary>
            {response.phase === 'preflight' ? 'The preflight before it' : 'The redirect before it'}
            {response.error === null ? ` passed ${counted(response.steps.length, 'check')}` : ' failed a check'}
          </summary>
          <AskedAndAllowedTable rows={askedAndAllowed(exchange, diagnosis, response)} />
          <Checks judged={response} neverSent={null} />
        </details>
      ))}
      <h2>{block ? 'Why browsers insist' : 'Read on'}</h2>
      {block && <p>{corsErrors[block.error.code].detail}</p>}
      <ReadOn of={readingOf(diagnosis)} topic={block ? 'this error' : diagnosis.failure ? 'this failure' : 'CORS'} />
      <InOtherBrowser row={row} otherBrowserOf={otherBrowserOf} />
      <OriginsCompared page={asking} server={serializeOrigin(server)} />
      <Readable row={row} />
      <h2>About this request</h2>
      <dl class="known">
        <dt>URL</dt><dd><LongText of={exchange.hops[0].url} /></dd>
        <dt><Term of="origin">From</Term></dt><dd><Text of={exchange.origin} /></dd>
        <dt><Term of="type">Type</Term></dt><dd><Text of={exchange.type} /></dd>
        <dt>Began at</dt><dd>{timeOf(exchange.startedAt)}</dd>
        {timing !== null && <><dt><Term of="time">Took</Term></dt><dd><Text of={timing} /></dd></>}
        <dt><Term of="mode">Mode</Term></dt><dd>{mode.value}. {mode.because}</dd>
        <dt><Term of="credentials mode">Credentials mode</Term></dt><dd>{credentials.value}. {credentials.because}</dd>
        {exchange.stack && <><dt>Called by</dt><dd><CallStack of={exchange.stack} openSource={openSource} /></dd></>}
      </dl>
    </>
  );
}

/** The one to tell, and behind it the others that fit. */
function Causes({ causes: [first, ...others], values }: { readonly causes: readonly Cause[]; readonly values: readonly string[] }) {
  if (!first) return null;
  return (
    <>
      <p class="cause"><Sentence text={first.summary} values={values} /></p>
      <p class="note">Seen: <Text of={first.evidence} limit={600} /></p>
      {others.length > 0 && (
        <details class="other-causes">
          <summary>{others.length === 1 ? 'Another explanation fits' : `${others.length} other explanations fit`}</summary>
          <ul>{others.map(({ id, summary }) => <li key={id}><Sentence text={summary} values={values} /></li>)}</ul>
        </details>
      )}
    </>
  );
}

/** Said only where the evidence leaves another reason possible. */
function Alternatives({ of, profile }: { readonly of: readonly Alternative[]; readonly profile: BrowserProfile }) {
  if (of.length === 0) return null;
  return (
    <p class="note">
      Nothing that was seen rules out another reason.{of.map(({ code, condition }) => (
        <span key={code}> If {condition}, it is <ExternalLink to={mdnPage(code)}><code>{nameIn(profile, code) ?? code}</code></ExternalLink>.</span>
      ))}
    </p>
  );
}

/** Reasons that no request and no response shows. */
function Untraced({ reasons }: { readonly reasons: readonly FirefoxReason[] }) {
  if (reasons.length === 0) return null;
  return (
    <>
      <p class="note">These reasons of Firefox leave no trace in what was seen:</p>
      <ul>{reasons.map(({ name, page, remedy }) => <li key={name}><ExternalLink to={page}><code>{name}</code></ExternalLink>: {remedy}</li>)}</ul>
    </>
  );
}

interface ChecksProps {
  readonly judged: JudgedResponse;
  /** Method of the request that these checks kept from being sent; null: they kept none. */
  readonly neverSent: string | null;
}

/** A script may ask for thousands of headers. */
const mostErrors = 10;

/** The steps in the order in which the browser takes them: it stops at the first that fails. */
function Checks({ judged, neverSent }: ChecksProps) {
  const stop = judged.steps.findIndex(({ errors }) => errors.length > 0);
  return (
    <>
      <h2>Checks, in the browser's order</h2>
      <ol class="checks">
        {judged.steps.map(({ id, errors }, index) => {
          const isNotReached = stop !== -1 && index > stop;
          return (
            <li key={id} class={errors.length > 0 ? 'failed' : isNotReached ? 'not-reached' : ''}>
              <span class="sign" aria-hidden="true">{errors.length > 0 ? '✗' : '✓'}</span>
              <span>
                <span class="unseen">{isNotReached ? '' : errors.length === 0 ? 'Passed: ' : 'Failed: '}</span>
                {steps[id].title}
                {isNotReached && <em>{errors.length > 0 ? ' · would block next' : ' · would pass'}</em>}
                {errors.slice(0, mostErrors).map((error, position) => <Found key={position} error={error} />)}
                {errors.length > mostErrors && <span class="found">and {grouped(errors.length - mostErrors)} more</span>}
              </span>
              <ExternalLink to={steps[id].spec}>{sectionName(steps[id].spec)}</ExternalLink>
            </li>
          );
        })}
        {neverSent !== null && (
          <li class="not-reached"><span class="sign" aria-hidden="true">?</span><span>The response to the <Text of={neverSent} limit={40} /> itself. Not seen: it was never sent.</span></li>
        )}
      </ol>
    </>
  );
}

const Found = ({ error: { parameter, found, needed } }: { readonly error: NetworkError }) => (
  <span class="found">needed <code><Text of={needed === '' ? parameter : needed} /></code>, found {found === null ? 'nothing' : <code><Text of={found} /></code>}</span>
);
