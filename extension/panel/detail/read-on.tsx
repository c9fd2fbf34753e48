import type { Reading } from '../../../src/index.ts';
import { ExternalLink } from '../text.tsx';
import { sectionName } from '../view/section-name.ts';

/** Links for whoever wants to know more. `topic`: what MDN's page is about. */
export const ReadOn = ({ of: { mdn, spec }, topic }: { readonly of: Reading; readonly topic: string }) => (
  <p class="links">
    <ExternalLink to={spec}>The standard: {sectionName(spec)}</ExternalLink>
    <ExternalLink to={mdn}>MDN about {topic}</ExternalLink>
  </p>
);
