import type { NetworkEvent } from '../../src/index.ts';
import type { Evaluate } from '../browser.ts';
import { createListeners } from '../listeners.ts';
import { observerLimits as limits } from '../observer/limits.ts';
import { type ObserverOptions, observe } from '../observer/observe.ts';
import { parsePageRequests } from './page-requests.ts';

/** What differs between browsers in how a script gets into the page. */
export interface Injection {
  readonly evaluate: Evaluate;
  /** The script as DevTools has to be given it: its declarations must become the page's global ones. */
  atTopLevel(script: string): string;
  /** Whether only the page itself can tell who called. */
  readonly withStack: boolean;
  /** Which frames are observed beside the main one. Workers never are. */
  readonly frames: 'same-origin' | 'none';
}

/**
 * `starting`: it is not known yet whether the document that is there has the observer. `lapsed`: it has not, since the
 * page was left or reloaded after the switching on.
 */
export type AskingState = 'off' | 'starting' | 'on' | 'lapsed';

/** "Ask the page": the observer of one tab. Unless it is switched on, nothing is ever put into a page. */
export interface PageObserver {
  readonly state: AskingState;
  readonly frames: Injection['frames'];
  /** Switching it on reloads the page: a document that is there already cannot be observed from its start. */
  set(on: boolean): void;
  /** Something happened on the network, of which the page may have more to say. */
  stirred(): void;
  navigated(): void;
  /** Calls back when the state has changed. Returns what ends it. */
  subscribe(onChange: () => void): () => void;
}

/** How long to wait, in milliseconds, for more requests before the page is asked. */
const readingDelay = 200;

/** How long to wait, in milliseconds, before a document that does not answer is asked again: at first, and at most. */
const lookingDelay = { first: 200, most: 5000 };

export function createPageObserver(injection: Injection, reload: (script: string) => void, tell: (event: NetworkEvent) => void): PageObserver {
  const listeners = createListeners();
  let state: AskingState = 'off';
  /**
   * What the observer is called in the page under inspection. A global `const` is no property of anything: without its
   * name no script can find it, and no name is used twice.
   */
  let name = '';
  /** Counts what puts an end to looking: another document, and each use of the switch. */
  let turn = 0;
  let isReading = false;
  let isStirredAgain = false;

  function become(next: AskingState): void {
    state = next;
    listeners.tell();
  }

  function start(): void {
    turn += 1;
    name = `_${random()}`;
    const options: ObserverOptions = { secret: random(), withStack: injection.withStack, limits };
    become('starting');
    reload(injection.atTopLevel(`const ${name} = (${observe})(${JSON.stringify(options)});`));
  }

  async function read(): Promise<void> {
    for (const event of parsePageRequests(await injection.evaluate(`${name}.drain()`))) tell(event);
  }

  function stirred(): void {
    if (state !== 'on') return;
    if (isReading) {
      isStirredAgain = true;
      return;
    }
    isReading = true;
    setTimeout(async () => {
      // What has just ended on the network the page may not know yet.
      const isMoreToCome = isStirredAgain;
      isReading = false;
      isStirredAgain = false;
      if (state === 'on') await read();
      if (isMoreToCome) stirred();
    }, readingDelay);
  }

  /**
   * Finds out whether the document that is there now has the observer. One that has just been made may not answer yet, for
   * as long as the machine is busy; of one that never answers nothing is ever known.
   */
  async function look(delay = lookingDelay.first): Promise<void> {
    const mine = turn;
    const type = await injection.evaluate(`typeof ${name}`);
    if (mine !== turn) return;
    if (type === undefined) {
      if (state !== 'starting') become('starting');
      setTimeout(() => mine === turn && look(Math.min(2 * delay, lookingDelay.most)), delay);
      return;
    }
    become(type === 'object' ? 'on' : 'lapsed');
    if (type === 'object') await read();
  }

  return {
    get state() {
      return state;
    },
    frames: injection.frames,
    set(on) {
      if (on) return start();
      if (state === 'on') void injection.evaluate(`${name}.stop()`);
      turn += 1;
      name = '';
      become('off');
    },
    stirred,
    navigated() {
      if (state === 'off') return;
      turn += 1;
      void look();
    },
    subscribe: listeners.add,
  };
}

const random = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
