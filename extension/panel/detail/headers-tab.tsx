import { useState } from 'preact/hooks';
import { type BrowserProfile, type Exchange, type Header, type HeaderList, type Hop, type JudgedResponse, type SeenResponse, counted, grouped, readHeader } from '../../../src/index.ts';
import { LongText, Text } from '../text.tsx';
import type { Row } from '../view/row.ts';

/** Headers that CORS reads, or that tell what it must have read. */
const matters = /^(access-control-.*|origin|vary|cookie|sec-fetch-(mode|site|storage-access)|location)$/i;

/** The headers of every request and response, as they were received. */
export function HeadersTab({ row: { exchange, diagnosis, marks }, profile }: { readonly row: Row; readonly profile: BrowserProfile }) {
  const { block } = diagnosis;
  return (
    <>
      <p class="note">As sent and received, in this order. The marked ones matter to CORS, and below some stands what the browser makes of them.</p>
      {exchange.trial && <p class="note">{trialNotes[exchange.trial]}</p>}
      {exchange.hops.map((hop, index) => (
        <HopHeaders key={index} profile={profile} hop={hop} isRedirect={index > 0} wasNeverSent={marks.actual === 'never'} block={block?.at.hop === index ? { ...block.at, header: block.error.header, found: block.error.found } : null} />
      ))}
    </>
  );
}

const trialNotes: Readonly<Record<NonNullable<Exchange['trial']>, string>> = {
  changed: 'The headers of the trial were added in this browser: these are the responses as the browser judged them, not as the server sent them.',
  unclear: 'A trial began or ended while this request was under way. Responses of which it is not known whether they were changed are left out.',
};

interface BlockedBy {
  readonly phase: JudgedResponse['phase'];
  readonly header: string | null;
  readonly found: string | null;
}

interface HopHeadersProps {
  readonly profile: BrowserProfile;
  readonly hop: Hop;
  readonly isRedirect: boolean;
  readonly wasNeverSent: boolean;
  readonly block: BlockedBy | null;
}

function HopHeaders({ profile, hop, isRedirect, wasNeverSent, block }: HopHeadersProps) {
  const { preflight } = hop;
  const preflightName = 'CORS-preflight request';
  const requestName = isRedirect ? `Redirected request: ${hop.method}` : `Request: ${hop.method}`;
  return (
    <>
      <p class="hop"><LongText of={hop.url} /></p>
      {preflight?.from === 'cache' && (
        <>
          <h2>{preflightName}</h2>
          <p>Not sent: the answer to an earlier one was in the browser's cache{preflight.source ? '. This is the earlier one.' : ', and the earlier one was not seen.'}</p>
        </>
      )}
      {preflight && <Message profile={profile} name={`${preflightName}: OPTIONS`} headers={(preflight.from === 'network' ? preflight : preflight.source)?.requestHeaders ?? null} />}
      {preflight && <ResponseHeaders profile={profile} name="Response to the preflight" response={(preflight.from === 'network' ? preflight : preflight.source)?.response ?? null} block={block?.phase === 'preflight' ? block : null} />}
      {hop.requestHeaders === null
        ? <><h2>{requestName}</h2><p>{wasNeverSent ? 'Never sent.' : 'Not seen to be sent.'}</p></>
        : <Message profile={profile} name={requestName} headers={hop.requestHeaders} />}
      <ResponseHeaders profile={profile} name="Response" response={hop.response} block={block?.phase === 'actual' ? block : null} />
    </>
  );
}

const ResponseHeaders = ({ profile, name, response, block }: { readonly profile: BrowserProfile; readonly name: string; readonly response: SeenResponse | null; readonly block: BlockedBy | null }) => (
  <Message
    profile={profile}
    name={response ? `${name}: ${response.status}` : name}
    headers={response?.headers ?? null}
    culprit={block?.header ?? null}
    missing={block !== null && block.found === null ? block.header : null}
  />
);

interface MessageProps {
  readonly profile: BrowserProfile;
  readonly name: string;
  /** Null: nothing was seen of the message. */
  readonly headers: HeaderList | null;
  /** Name of the header that failed its check. */
  readonly culprit?: string | null;
  /** Name of the header that should have been there. */
  readonly missing?: string | null;
}

/** Of the headers that do not matter, how many are shown at once. */
const mostHeaders = 200;

function Message({ profile, name, headers, culprit, missing }: MessageProps) {
  const [isWhole, setWhole] = useState(false);
  if (headers === null) return null;
  const shown = isWhole ? headers : headers.filter(([header], index) => index < mostHeaders || matters.test(header)).slice(0, 2 * mostHeaders);
  return (
    <table class="headers">
      <caption>{name}</caption>
      <thead class="unseen"><tr><th scope="col">Header</th><th scope="col">Value</th></tr></thead>
      <tbody>
        {headers.length === 0 && !missing && <tr><td colSpan={2} class="absent">no headers</td></tr>}
        {shown.map(([header, value], index) => (
          <tr key={index} class={header.toLowerCase() === culprit?.toLowerCase() ? 'failed' : matters.test(header) ? 'matters' : ''}>
            <th scope="row"><Text of={header} /></th>
            <td><LongText of={value} /><Reading of={[header, value]} profile={profile} /></td>
          </tr>
        ))}
        {shown.length < headers.length && (
          <tr><td colSpan={2}><button type="button" class="link" onClick={() => setWhole(true)}>Show all {grouped(headers.length)} headers</button></td></tr>
        )}
        {missing && <tr class="failed"><th scope="row">{missing}</th><td class="absent">not sent</td></tr>}
      </tbody>
    </table>
  );
}

/** A script may ask for thousands of headers. */
const mostItems = 100;

/** What the browser makes of a header, below its value as it was received. */
function Reading({ of, profile }: { readonly of: Header; readonly profile: BrowserProfile }) {
  const reading = readHeader(of, profile);
  if (!reading) return null;
  return (
    <div class="reading">
      {reading.items.length > 0 && (
        <ul>
          {reading.items.slice(0, mostItems).map((item, index) => <li key={index}><Text of={item} /></li>)}
          {reading.items.length > mostItems && <li>and {counted(reading.items.length - mostItems, 'more item')}</li>}
        </ul>
      )}
      {reading.says !== '' && <Text of={reading.says} />}
    </div>
  );
}
