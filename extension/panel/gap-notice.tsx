import type { Exchange, Gap } from '../../src/index.ts';
import { gapSentences } from './view/gap-sentences.ts';

/** Says when nothing was heard of the network: the list lacks what was requested then. */
export const GapNotice = ({ gaps, exchanges }: { readonly gaps: readonly Gap[]; readonly exchanges: readonly Exchange[] }) => (
  <div class="notice" role="status">{gapSentences(gaps, exchanges.filter(({ end }) => end.kind === 'unseen').length)}</div>
);
