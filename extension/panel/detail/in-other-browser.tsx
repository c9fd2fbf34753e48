import { browserNames, mdnPageOf, steps } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { ExternalLink } from '../text.tsx';
import { otherBrowserSentence } from '../view/other-browser.ts';
import type { Row } from '../view/row.ts';

/** What the other browser would have decided, only where that is something else. */
export function InOtherBrowser({ row: { exchange, diagnosis }, otherBrowserOf }: { readonly row: Row } & Pick<PanelPorts, 'otherBrowserOf'>) {
  const other = otherBrowserOf(exchange, diagnosis);
  if (other === null) return null;
  const { decision, because, name } = other;
  const reason = 'reason' in decision ? decision.reason : null;
  return (
    <section class="other-browser">
      <h2>In {browserNames[name]}</h2>
      <p>
        {otherBrowserSentence(other, exchange, diagnosis)}
        {reason !== null && <>{' '}{name === 'firefox' ? <ExternalLink to={mdnPageOf(reason)}><code>{reason}</code></ExternalLink> : <code>{reason}</code>}</>}
      </p>
      {decision.outcome === 'blocked' && (
        <p>It would stop at this check: <ExternalLink to={steps[decision.step].spec}>{steps[decision.step].title}</ExternalLink></p>
      )}
      <ul>
        {because.map(({ id, chromium, firefox, source }) => (
          <li key={id}>
            <ExternalLink to={source.chromium}>Chrome</ExternalLink> {chromium}. <ExternalLink to={source.firefox}>Firefox</ExternalLink> {firefox}.
          </li>
        ))}
      </ul>
    </section>
  );
}
