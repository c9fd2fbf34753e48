import { type Diagnosis, type Exchange, corsErrors, hostOf, lastHop, shorten } from '../../../src/index.ts';
import { firstSentence, shortEvidence } from './row.ts';
import { fromUntil } from './time.ts';

/** What the detail says first. */
export interface Answer {
  readonly title: string;
  readonly summary: string;
  /** The values in both that come from the page or the server. */
  readonly values: readonly string[];
}

export function answerOf(exchange: Exchange, diagnosis: Diagnosis): Answer {
  const answer = ofTrial(exchange, diagnosis, answerTo(exchange, diagnosis));
  const { value, because } = diagnosis.basis;
  return value === 'computed' || (value === 'unknown' && diagnosis.outcome === 'allowed') ? { ...answer, summary: `${answer.summary} ${because}` } : answer;
}

/** What is allowed or blocked with headers that the server did not send is said of the browser, not of the server. */
function ofTrial({ trial, origin }: Exchange, { outcome, mode }: Diagnosis, answer: Answer): Answer {
  if (trial === undefined || outcome === 'pending' || outcome === 'failed' || mode.value === 'no-cors') return answer;
  if (trial === 'unclear') {
    return { ...answer, title: outcome === 'blocked' ? answer.title : 'A trial began or ended while this request was under way', summary: 'Which headers the browser judged was not seen. Repeat the request to see.' };
  }
  if (outcome !== 'allowed' || mode.value === 'unknown') return { ...answer, summary: `${answer.summary} ${trialHeaders}` };
  return { ...answer, title: `Passes in the trial: ${shorten(origin)} may read this response`, summary: `${trialHeaders} The server is unchanged: apply the fix to it.` };
}

const trialHeaders = 'The headers of the trial were added in this browser.';

function answerTo(exchange: Exchange, diagnosis: Diagnosis): Answer {
  const { outcome, block, failure, judged, mode } = diagnosis;
  const host = shorten(hostOf(lastHop(exchange).url));
  const origin = shorten(exchange.origin);
  const values = [host, origin];
  switch (outcome) {
    case 'blocked': {
      if (!block) break;
      const evidence = shortEvidence(block.evidence);
      const row = corsErrors[block.error.code];
      return {
        title: row.title(evidence),
        summary: row.summary(evidence),
        values: [evidence.origin, evidence.host, evidence.parameter, evidence.method, evidence.found ?? ''],
      };
    }
    case 'failed': {
      const what = failure === null ? 'the connection failed' : firstSentence(failure.summary);
      return {
        title: `This is not CORS: ${what}`,
        summary: `${failure?.summary.slice(what.length).replace(/^\.?\s*/, '') ?? ''} No CORS header of ${host} would change that.`.trim(),
        values,
      };
    }
    case 'pending':
      return { title: `Waiting for ${host}`, summary: 'The request is still under way. The answer appears here as soon as it is known.', values };
    case 'unknown':
      if (exchange.end.kind === 'unseen') {
        return {
          title: 'What became of this request was not seen',
          summary: `${fromUntil(exchange.end)} nothing was heard of the network, and this request was under way. Repeat it to see.`,
          values,
        };
      }
      if (exchange.end.kind === 'untold') {
        return {
          title: 'The file does not tell what became of this request',
          summary: 'The headers in it do not show that CORS stopped it, nor that the page got the response. Record the request live to know.',
          values,
        };
      }
      if (exchange.end.kind === 'completed') {
        return {
          title: 'What was seen does not show whether the page got this response',
          summary: `${judged.length === 0 ? 'No response was seen.' : 'It depends on the mode or the credentials mode, which left no trace.'} Look in the console for a message about this URL.`,
          values,
        };
      }
      return {
        title: 'The browser stopped this request, and what was seen does not say why',
        summary: `${judged.length === 0 ? 'No response was seen.' : 'Every response that was seen passes its checks.'} Look in the console for a message about this URL, then reload the page with DevTools open.`,
        values,
      };
    case 'allowed':
      switch (mode.value) {
        case 'no-cors':
          return {
            title: 'Let through without CORS: the response is opaque',
            summary: `The request's mode is no-cors, so ${host} was not asked for permission. The page may show or run the response, and no script can read it.`,
            values,
          };
        case 'unknown':
          return {
            title: `Let through: the response allows ${origin}`,
            summary: 'A script can read it if the request\'s mode is cors. Nothing that was seen shows the mode.',
            values,
          };
        case 'cors':
          return { title: `Allowed: ${origin} may read this response`, summary: allowedSummary(exchange, host), values };
      }
  }
  return { title: 'Blocked', summary: 'What was seen does not say why.', values };
}

function allowedSummary(exchange: Exchange, host: string): string {
  const { preflight } = lastHop(exchange);
  const passed = `${host} allows the origin.`;
  if (preflight === null) return `${passed} No preflight was needed.`;
  return preflight.from === 'cache'
    ? `${passed} The answer to an earlier preflight was still in the browser's cache, so none was sent.`
    : `${passed} The preflight passed, too.`;
}
