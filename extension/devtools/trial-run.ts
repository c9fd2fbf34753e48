import type { HeaderChanges, NetworkEvent } from '../../src/index.ts';
import { createListeners } from '../listeners.ts';

/** `refused`: the browser did not do what it was asked. */
export type TrialState = 'off' | 'starting' | 'on' | 'refused';

/** "Try it now": what is tried out in one tab. */
export interface TrialRun {
  readonly state: TrialState;
  /** The origin of the server whose responses are changed; null: none. */
  readonly server: string | null;
  /** Has the browser make these changes, in the place of any others, and reloads the page. */
  start(changes: HeaderChanges): void;
  stop(): void;
  /** Calls back when the state has changed. Returns what ends it. */
  subscribe(onChange: () => void): () => void;
}

export interface TrialRunPorts {
  /** Has the browser make these changes in the tab from now on; null: none. Rejects where it refuses, and nothing has changed. */
  readonly set: (changes: HeaderChanges | null) => Promise<void>;
  readonly tell: (event: NetworkEvent) => void;
  readonly reload: () => void;
}

export function createTrialRun({ set, tell, reload }: TrialRunPorts): TrialRun {
  const listeners = createListeners();
  let state: TrialState = 'off';
  /** What the browser does, as far as it said so. */
  let inForce: HeaderChanges | null = null;
  /** One after the other: what was asked for last is what the browser does. */
  let last = Promise.resolve();

  function become(next: TrialState): void {
    state = next;
    listeners.tell();
  }

  async function change(changes: HeaderChanges | null): Promise<boolean> {
    tell({ kind: 'trial', time: Date.now(), changes, isInForce: false });
    const isSet = await set(changes).then(() => true, () => false);
    if (isSet) inForce = changes;
    tell({ kind: 'trial', time: Date.now(), changes: inForce, isInForce: true });
    return isSet;
  }

  return {
    get state() {
      return state;
    },
    get server() {
      return inForce?.server ?? null;
    },
    start(changes) {
      become('starting');
      last = last.then(async () => {
        if (!(await change(changes))) return become('refused');
        become('on');
        reload();
      });
    },
    stop() {
      if (state === 'off') return;
      last = last.then(async () => {
        become(await change(null) ? 'off' : 'refused');
      });
    },
    subscribe: listeners.add,
  };
}
