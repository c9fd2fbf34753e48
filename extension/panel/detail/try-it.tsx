import { type Block, type BrowserProfile, type CorsPolicy, trialOf } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { Sentence, Text } from '../text.tsx';
import { useTrying } from '../use-trying.ts';

interface TryItProps {
  readonly policy: CorsPolicy;
  readonly server: string;
  readonly block: Block;
  readonly profile: BrowserProfile;
  readonly trying: PanelPorts['trying'];
}

/** Has the browser play the server that grants the policy. What that cannot show is said before. */
export function TryIt({ policy, server, block, profile, trying }: TryItProps) {
  const { state } = useTrying(trying);
  const trial = trialOf({ policy, server, block, profile });
  const values = [block.at.origin];
  return (
    <section class="try-it">
      <h2>Try it before you change the server</h2>
      {trial.ok
        ? (
          <>
            <p>The browser puts these headers into what <Text of={server} limit={80} /> answers in this tab, and reloads the page.</p>
            <ul class="note">{trial.limits.map((limit) => <li key={limit}><Sentence text={limit} values={values} /></li>)}</ul>
            <p><button type="button" class="plain" disabled={state === 'starting'} onClick={() => trying.start(trial.changes)}>Try it in this tab</button></p>
          </>
        )
        : <p class="note">It cannot be tried out here. <Sentence text={trial.because} values={values} /></p>}
    </section>
  );
}
