import { type Diagnosis, type Exchange, type OtherBrowser, browserNames, lastHop, shorten } from '../../../src/index.ts';

/** What the other browser would have done, in a sentence or two. A reason that it gives is named beside them. */
export function otherBrowserSentence({ name, decision }: OtherBrowser, exchange: Exchange, diagnosis: Diagnosis): string {
  const browser = browserNames[name];
  switch (decision.outcome) {
    case 'allowed':
      return `${browser} would let the page read this response.`;
    case 'blocked': {
      const where = decision.phase === 'preflight' ? 'at the preflight' : 'at the response';
      return diagnosis.outcome === 'blocked' ? `${browser} blocks it, too, ${where}, but gives another reason.` : `${browser} would block it ${where}.`;
    }
    case 'failed':
      return decision.reason === null ? `${browser} gives no CORS reason for it.` : `${browser} calls it a CORS error, which it is not.`;
    case 'unknown': {
      const { method } = exchange.hops[decision.hop] ?? lastHop(exchange);
      if (decision.unseen === 'actual') return `${browser} would go on and send the ${shorten(method, 40)}. Its response was not seen.`;
      return decision.isSure
        ? `${browser} would send a preflight that this browser did not send. Its answer was not seen.`
        : `${browser} would send a preflight if a script set one of the headers that browsers set as well. Its answer was not seen.`;
    }
  }
}
