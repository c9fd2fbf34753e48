import type { BrowserProfile, Fix } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { Sentence } from '../text.tsx';
import type { Row } from '../view/row.ts';
import { ClientFix } from './client-fix.tsx';
import { HandOver } from './hand-over.tsx';
import { NeverDoThis } from './never-do-this.tsx';
import { PolicyFix } from './policy-fix.tsx';

export interface FixTabProps {
  readonly row: Row;
  /** Every row, for what else was seen of the server. */
  readonly session: readonly Row[];
  readonly fix: Fix;
  readonly copy: PanelPorts['copy'];
  readonly profile: BrowserProfile;
  /** Null: what is shown is not of this tab. */
  readonly trying: PanelPorts['trying'] | null;
}

/** What the server has to grant, and how it is told so. */
export function FixTab({ row, session, fix, copy, profile, trying }: FixTabProps) {
  const { block, causes: [cause] } = row.diagnosis;
  const besides = cause && <ClientFix cause={cause} lead="Without the server's configuration:" values={[block?.evidence.host ?? '', block?.evidence.origin ?? '']} copy={copy} />;
  if (fix.kind === 'no-policy' || !block) {
    return (
      <>
        <p class="lead"><Sentence text={fix.kind === 'no-policy' ? fix.because : ''} values={[block?.evidence.host ?? '']} /></p>
        <p class="note">No server configuration is the right answer here.</p>
        {besides}
        {block && <HandOver row={row} block={block} proposal={null} copy={copy} />}
        <NeverDoThis />
      </>
    );
  }
  return (
    <>
      {cause && <p class="cause"><Sentence text={cause.summary} values={[block.evidence.host, block.evidence.origin, block.evidence.parameter]} /></p>}
      {besides}
      <PolicyFix key={`${fix.server} ${row.exchange.id}`} row={row} session={session} block={block} fix={fix} copy={copy} profile={profile} trying={trying} />
      {fix.policy.credentialed && (
        <details>
          <summary>Why not simply allow *?</summary>
          <p>
            With credentials a response may be for one user only: it is what the server sends to somebody who is signed in.
            If * were enough, any site that this user visits could fetch it with the user's cookies and read it. So browsers
            want the server to name the one origin that it trusts. For what is the same for everybody, leave the credentials
            out of the request; then * is fine.
          </p>
        </details>
      )}
      <NeverDoThis />
    </>
  );
}
