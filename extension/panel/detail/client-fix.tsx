import type { Cause } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { Sentence } from '../text.tsx';
import { Copyable } from './copyable.tsx';

interface ClientFixProps {
  readonly cause: Cause;
  /** What stands before it, with a colon. */
  readonly lead: string;
  readonly values: readonly string[];
  readonly copy: PanelPorts['copy'];
}

/** What to change that is no server's configuration, with the text to paste where there is one. */
export function ClientFix({ cause: { fix, code }, lead, values, copy }: ClientFixProps) {
  if (fix === null) return null;
  return (
    <div class="client-fix">
      <p class="note">{lead} <Sentence text={fix} values={values} /></p>
      {code !== null && <Copyable text={code} label="Text to paste" button="Copy this text" copy={copy} />}
    </div>
  );
}
