import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { type Block, type Proposal, curlCheck, handOverReport } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { Text } from '../text.tsx';
import type { Row } from '../view/row.ts';
import { Copyable } from './copyable.tsx';

interface HandOverProps {
  readonly row: Row;
  readonly block: Block;
  readonly proposal: Proposal | null;
  readonly copy: PanelPorts['copy'];
}

/**
 * The request for those who do not see this panel: a terminal, and whoever owns the server. Of what a trial changed there is
 * nothing to hand over: nobody else sees it.
 */
export const HandOver = ({ row: { exchange, diagnosis }, block, proposal, copy }: HandOverProps) => (exchange.trial ? null : (
  <>
    <h2>Hand over</h2>
    <Disclosure summary="Check it with curl">
      {() => (
        <>
          <p class="note">Fails like the browser now, and shows when it is repaired. For a POSIX shell, on Windows that of Git or WSL. Secrets are left out: put them back in first. The last command really sends the <Text of={block.hop.method} limit={40} />.</p>
          <Copyable text={curlCheck(diagnosis, block)} label="Commands for curl" button="Copy commands" copy={copy} />
        </>
      )}
    </Disclosure>
    <Disclosure summary="Report for whoever owns the server">
      {() => (
        <>
          <p class="note">Markdown, for an issue or a chat: what happened, what to configure, and how to check it. Secrets are left out.</p>
          <Copyable text={handOverReport(diagnosis, block, proposal, new Date(exchange.startedAt).toISOString())} label="Report in Markdown" button="Copy report" copy={copy} />
        </>
      )}
    </Disclosure>
  </>
));

/** What is long is made only once it is looked at. */
function Disclosure({ summary, children }: { readonly summary: string; readonly children: () => ComponentChildren }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {isOpen && children()}
    </details>
  );
}
