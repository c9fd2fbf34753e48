import type { BrowserProfile } from '../fetch/browser-profile.ts';
import { serializeOrigin } from '../fetch/origin.ts';
import type { Exchange, Gap } from '../exchange/exchange.ts';
import { type Diagnosed, createAcross, testify } from './across.ts';
import { diagnose } from './diagnosis.ts';
import type { browserNames } from './other-browser.ts';
import type { redactions } from './redact.ts';

/** Everything that was recorded, or that a file holds, with where it comes from: what reports are written of. */
export interface ReportSource {
  /** `cors-inspector` and the extension's version. */
  readonly generator: string;
  readonly profile: BrowserProfile & { readonly name: keyof typeof browserNames };
  readonly browserVersion: string;
  /** URL of the inspected page; empty: not known. */
  readonly page: string;
  /** In the order in which the requests began. */
  readonly exchanges: readonly Exchange[];
  readonly gaps: readonly Gap[];
  readonly dropped: number;
  /** What the file that it comes from does not tell, in sentences. */
  readonly notes?: readonly string[];
  /** Whether secrets stay in what is written; unless stated otherwise they do not. */
  readonly secrets?: keyof typeof redactions;
}

/** Each exchange with all that explains it, the others included. In linear time. */
export function diagnosedOf({ exchanges, profile }: Pick<ReportSource, 'exchanges' | 'profile'>): readonly Diagnosed[] {
  const session = exchanges.map((exchange) => {
    const diagnosis = diagnose(exchange, profile);
    return { exchange, diagnosis, testimony: testify(exchange, diagnosis) };
  });
  const across = createAcross()(session);
  return session.map((witness) => ({ exchange: witness.exchange, diagnosis: across.explain(witness) }));
}

/** The origin of the server that has to change, or that was asked. */
export const serverOf = ({ exchange: { hops: [first] }, diagnosis: { block } }: Diagnosed): string => serializeOrigin((block?.hop ?? first).url);
