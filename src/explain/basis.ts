import type { BrowserProfile } from '../fetch/browser-profile.ts';
import type { Exchange } from '../exchange/exchange.ts';
import type { Diagnosis } from './diagnosis.ts';
import { type Inference, isAbortedRedirect, isUntoldRedirect, observeEnd } from './infer.ts';

/** Whether the browser showed the outcome, or it follows from the headers alone. */
export type Basis = Inference<'observed' | 'computed'>;

export function basisOf(exchange: Exchange, { outcome, mode }: Pick<Diagnosis, 'outcome' | 'mode'>, profile: BrowserProfile): Basis {
  const { end } = exchange;
  if (end.kind === 'unseen') return { value: 'unknown', because: 'For a while nothing was heard of the network, and this request was under way.' };
  if (end.kind === 'untold') {
    return outcome === 'unknown'
      ? { value: 'unknown', because: 'The file does not tell what became of this request, and the headers alone do not show it.' }
      : { value: 'computed', because: 'The file does not tell what became of this request. The verdict follows from the headers.' };
  }
  if (outcome === 'pending') return { value: 'unknown', because: 'The request is still under way.' };
  if (end.kind === 'refused' && observeEnd(exchange, profile) === 'unknown') {
    return { value: 'computed', because: 'The browser did not tell what became of the redirect. The page said that it takes none.' };
  }
  if (outcome === 'unknown' && exchange.trial === 'unclear') return { value: 'unknown', because: 'A trial began or ended while this request was under way, so nothing shows which headers the browser judged.' };
  const isVague = end.kind === 'error' && observeEnd(exchange, profile) === 'unknown';
  if (outcome === 'unknown') {
    if (isUntoldRedirect(exchange, profile)) return { value: 'unknown', because: 'The redirect was not followed. Whether the script got it or an error leaves no trace.' };
    if (isAbortedRedirect(exchange, profile)) return { value: 'unknown', because: 'The browser did not tell why it did not follow the redirect. The script gave up, or the Content-Security-Policy of the page stopped it, or it led from https to http.' };
    if (isVague) return { value: 'unknown', because: 'The browser did not tell why it did not follow the redirect. CORS stops it if the request carries credentials; the Content-Security-Policy of the page may stop it, too.' };
    return { value: 'unknown', because: 'Nothing that was seen shows the outcome.' };
  }
  if (isVague) return { value: 'computed', because: 'The browser did not tell why it did not follow the redirect. The verdict follows from the headers.' };
  if (end.kind === 'completed' && profile.completedMeansReadable && end.readable !== undefined && mode.value === 'cors') {
    return end.readable
      ? { value: 'observed', because: 'The browser reported how the request ended, and Resource Timing agrees.' }
      : { value: 'unknown', because: 'The browser reported the request as completed, and Resource Timing says that the page could not read the response. One of them is wrong.' };
  }
  if (end.kind !== 'completed' || profile.completedMeansReadable) return { value: 'observed', because: 'The browser reported how the request ended.' };
  if (mode.value === 'no-cors') return { value: 'observed', because: 'No script can read the response of a no-cors request, whatever its headers.' };
  if (end.readable === undefined) return { value: 'computed', because: 'The browser did not tell whether the page got this response. The verdict follows from the headers.' };
  return end.readable
    ? { value: 'observed', because: 'Resource Timing shows that the page could read the response.' }
    : { value: 'observed', because: 'Resource Timing shows that the page could not read the response.' };
}
