import { useEffect, useState } from 'preact/hooks';
import type { PanelPorts } from './ports.ts';

const words = 'Reloads the page and learns from its own calls of fetch, XMLHttpRequest and EventSource and from its crossorigin elements what the network does not show: '
  + 'credentials, redirect mode, headers. Works in this tab until the page is left or reloaded.';

const reach = {
  'same-origin': 'Frames of the page\'s own origin are asked, too. Other frames and workers cannot be asked.',
  none: 'Its frames and workers cannot be asked.',
} as const satisfies Record<PanelPorts['asking']['frames'], string>;

/** The switch of the observer. It says what it does before it does it. */
export function AskThePage({ asking }: Pick<PanelPorts, 'asking'>) {
  const [state, setState] = useState(asking.state);
  useEffect(() => {
    const update = (): void => setState(asking.state);
    update();
    return asking.subscribe(update);
  }, [asking]);
  return (
    <>
      <label title={`${words} ${reach[asking.frames]}`} data-state={state}>
        <input type="checkbox" checked={state !== 'off' && state !== 'stopping'} onChange={(event) => asking.set(event.currentTarget.checked)} />
        Ask the page
      </label>
      {state === 'lapsed' && (
        <button type="button" class="link" title="The page was left or reloaded, so it is no longer asked" onClick={() => asking.set(true)}>Reload and ask again</button>
      )}
    </>
  );
}
