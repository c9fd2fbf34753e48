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
 * page was left or reloaded after the switching on. `stopping`: it is switched off, but the page may still have the observer,
 * or get it.
 */
export type AskingState = 'off' | 'starting' | 'on' | 'lapsed' | 'stopping';

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
  /** The observer under that name. */
  let script = '';
  /**
   * Whether any document had it. Until then it may be on its way, whatever the document that is there says: that may be the
   * one before, of which some browsers tell each new URL. What was handed to the browser cannot be taken back.
   */
  let hasArrived = false;
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
    // One that is on its way is not followed by another: the browser may not take it, and the first would not be found again.
    if (name === '' || hasArrived) {
      name = `_${random()}`;
      const options: ObserverOptions = { secret: random(), withStack: injection.withStack, limits };
      script = injection.atTopLevel(`const ${name} = (${observe})(${JSON.stringify(options)});`);
      hasArrived = false;
    }
    become('starting');
    reload(script);
  }

  function stop(): void {
    if (state === 'off' || state === 'stopping') return;
    turn += 1;
    if (state === 'lapsed' && hasArrived) return end();
    become('stopping');
    void look();
  }

  function end(): void {
    name = '';
    become('off');
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
   * Finds out whether the document that is there now has the observer, which ends there if it is switched off. One that has
   * just been made may not answer yet, for as long as the machine is busy; of one that never answers nothing is ever known.
   */
  async function look(delay = lookingDelay.first): Promise<void> {
    const mine = turn;
    const isThere = await injection.evaluate(`typeof ${name} === 'object'${state === 'stopping' ? ` && !${name}.stop()` : ''}`);
    if (mine !== turn) return;
    if (isThere === undefined) {
      if (state === 'on' || state === 'lapsed') become('starting');
      setTimeout(() => mine === turn && look(Math.min(2 * delay, lookingDelay.most)), delay);
      return;
    }
    hasArrived ||= isThere === true;
    if (state === 'stopping') {
      if (hasArrived) end();
      return;
    }
    become(isThere === true ? 'on' : 'lapsed');
    if (isThere === true) await read();
  }

  return {
    get state() {
      return state;
    },
    frames: injection.frames,
    set(on) {
      if (on) start();
      else stop();
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
