import { type StackFrame, shorten, visible } from '../../../src/index.ts';
import type { PanelPorts } from '../ports.ts';
import { Text } from '../text.tsx';
import { fileOf } from '../view/row.ts';

/** Who asked, the innermost call first; each leads to its line, where the browser can show it. */
export function CallStack({ of: [first, ...outer], openSource }: { readonly of: readonly StackFrame[] } & Pick<PanelPorts, 'openSource'>) {
  if (!first) return null;
  return (
    <>
      <Frame frame={first} openSource={openSource} />
      {outer.length > 0 && (
        <details>
          <summary>What called that</summary>
          <ol class="calls">{outer.map((frame, index) => <li key={index}><Frame frame={frame} openSource={openSource} /></li>)}</ol>
        </details>
      )}
    </>
  );
}

function Frame({ frame: { functionName, url, line, column }, openSource }: { readonly frame: StackFrame } & Pick<PanelPorts, 'openSource'>) {
  const whole = visible(shorten(`${url}:${line}`));
  const place = <><Text of={fileOf(url)} limit={60} />:{line}</>;
  return (
    <>
      {functionName !== '' && <><Text of={functionName} limit={60} />{', '}</>}
      {openSource
        ? <button type="button" class="link" title={whole} onClick={() => openSource(url, line, column)}>{place}</button>
        : <span title={whole}>{place}</span>}
    </>
  );
}
