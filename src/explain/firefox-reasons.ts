import type { BrowserProfile } from '../fetch/browser-profile.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { mdnPageOf } from './cors-errors.ts';
import type { Diagnosis } from './diagnosis.ts';
import { observeEnd } from './infer.ts';
import { failureOf } from './net-errors.ts';

/** A reason that Firefox writes to its console, as MDN lists them. https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors */
export interface FirefoxReason {
  /** Without the digit that Firefox puts behind some. */
  readonly name: string;
  readonly page: string;
  /** Whether it follows from what was seen, or is only one of those that would leave no other trace. */
  readonly isSure: boolean;
  /** What to do, where no diagnosis says it. */
  readonly remedy: string | null;
}

/** What lies in the browser or in who asks: no request and no response shows it. */
const untraced: readonly { readonly name: string; readonly remedy: string }[] = [
  { name: 'CORSDisabled', remedy: 'CORS is switched off in this browser. Open about:config and set content.cors.disable to false.' },
  { name: 'CORSOriginHeaderNotAdded', remedy: 'A script with rights beyond the page\'s made the request, and has no one origin. Make it in the page, or in the extension\'s own page.' },
];

/** What Firefox wrote to its console about this exchange; several where what was seen leaves more than one possible. */
export function firefoxReasonsOf(exchange: Exchange, { outcome, block, failure }: Diagnosis, profile: BrowserProfile): readonly FirefoxReason[] {
  const sure = (name: string): readonly FirefoxReason[] => (name === '' ? [] : [{ name, page: mdnPageOf(name), isSure: true, remedy: null }]);
  switch (outcome) {
    case 'blocked':
      return sure(block?.firefox ?? '');
    case 'failed':
      // A redirect that a script refused is its own wish: Firefox says nothing.
      return failure === null || failure.kind === 'redirect-refused' ? [] : sure(failureOf(failure.netError).firefox);
    case 'unknown':
      return observeEnd(exchange, profile) === 'blocked' ? untraced.map(({ name, remedy }) => ({ name, page: mdnPageOf(name), isSure: false, remedy })) : [];
    case 'allowed':
    case 'pending':
      return [];
  }
}
