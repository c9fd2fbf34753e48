import { useLayoutEffect, useRef } from 'preact/hooks';
import type { PanelPorts } from './ports.ts';
import { Text } from './text.tsx';
import { useTrying } from './use-trying.ts';

/** Stands above everything as long as headers are tried out. It is always there, so that what it says is read out. */
export function TrialBanner({ trying }: Pick<PanelPorts, 'trying'>) {
  const { state, server } = useTrying(trying);
  const isOn = server !== null;
  const isRefused = state === 'refused';
  const banner = useRef<HTMLDivElement>(null);
  const wasOn = useRef(isOn);
  // What had the focus is gone: the list is empty once the page is reloaded, and so is the banner once the trial is over.
  useLayoutEffect(() => {
    if (isOn !== wasOn.current) banner.current?.focus();
    wasOn.current = isOn;
  }, [isOn]);
  return (
    <div class={isOn || isRefused ? 'notice trial' : 'trial'} role="status" aria-label="Trial" tabIndex={-1} ref={banner}>
      {isRefused && <p>The browser refused to change what is tried out. Close DevTools and open them again.</p>}
      {isOn && (
        <>
          <p><b>Trying out headers for <Text of={server} limit={80} /> in this tab.</b> The server is unchanged. It ends when you stop it, or close the tab or DevTools.</p>
          <button type="button" class="prime" disabled={state === 'starting'} onClick={() => trying.stop()}>Stop</button>
        </>
      )}
    </div>
  );
}
