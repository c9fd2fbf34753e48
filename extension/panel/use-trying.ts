import { useEffect, useState } from 'preact/hooks';
import type { PanelPorts } from './ports.ts';

type Trying = Pick<PanelPorts['trying'], 'state' | 'server'>;

/** What is tried out in this tab, now and whenever it changes. */
export function useTrying(trying: PanelPorts['trying']): Trying {
  const [current, setCurrent] = useState<Trying>(() => stateOf(trying));
  useEffect(() => {
    const update = (): void => setCurrent(stateOf(trying));
    // It may have changed between the first rendering and now.
    update();
    return trying.subscribe(update);
  }, [trying]);
  return current;
}

const stateOf = ({ state, server }: PanelPorts['trying']): Trying => ({ state, server });
