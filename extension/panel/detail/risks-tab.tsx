import type { Risk } from '../../../src/index.ts';
import { NeverDoThis } from './never-do-this.tsx';
import { ReadOn } from './read-on.tsx';

/** What works and is dangerous, in this exchange and elsewhere. */
export const RisksTab = ({ risks }: { readonly risks: readonly Risk[] }) => (
  <>
    {risks.length === 0
      ? <p>The responses of this request show no dangerous configuration.</p>
      : <ul class="risks">{risks.map(({ id, severity, summary, reading }) => (
        <li key={id}><span class={`tag ${severity}`}>{severity} risk</span> {summary}<ReadOn of={reading} topic="it" /></li>
      ))}</ul>}
    <NeverDoThis />
  </>
);
