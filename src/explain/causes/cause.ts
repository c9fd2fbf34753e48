import type { Exchange, SeenResponse } from '../../exchange/exchange.ts';
import type { Block, Diagnosis } from '../diagnosis.ts';
import type { Owner } from '../owner.ts';

/** Why it happened, beyond which check failed. All texts hold values of the page or the server: show them as text only. */
export interface Cause {
  readonly id: string;
  readonly owner: Owner;
  /** What happened and what to do, in a few sentences. */
  readonly summary: string;
  /** The few words of a row; null: no more than the check that failed says. */
  readonly short: string | null;
  /** What in this exchange, or in this session, shows it. */
  readonly evidence: string;
  /** What to change that is no server policy; null: the policy is the fix. */
  readonly fix: string | null;
  /** Text to paste where `fix` says so, without a secret and safe where it belongs; null: there is none. */
  readonly code: string | null;
}

/** What a row may look at: a blocked exchange, the response that failed, and the error. */
export interface Scene {
  readonly exchange: Exchange;
  readonly block: Block;
  readonly response: SeenResponse;
  /** Of the server that answered, with its port. */
  readonly host: string;
  /** The same in lower case and without its port. */
  readonly hostname: string;
}

/** An exchange that was not blocked, or not seen to be. */
export interface OpenScene {
  readonly exchange: Exchange;
  readonly diagnosis: Pick<Diagnosis, 'outcome' | 'mode' | 'judged'>;
  readonly host: string;
}

/** One cause with all its attributes. To add one, export its row from the file of its theme and give it a place in `causes.ts`. */
export interface CauseRow<Of = Scene> {
  readonly id: string;
  readonly owner: Owner;
  /** Where it is described, or where people met it. */
  readonly source: string;
  /** The few words of a row; null: it tells no more than the check that failed. */
  readonly short: ((scene: Of) => string) | null;
  /** The sentences that say it about this exchange, or null when it is not the cause. What is not certain is said to be so. */
  readonly explain: (scene: Of) => string | null;
  /** What in this exchange shows it. Asked only where `explain` says something. */
  readonly evidence: (scene: Of) => string;
  /** What to change that is no server policy. */
  readonly fix?: (scene: Of) => string;
  /** Text to paste where `fix` says so. Values of the page or the server get into it through `paste.ts` only. */
  readonly code?: (scene: Of) => string | null;
}

/** What the row says of the scene, if it is the cause. */
export function causeOf<Of>({ id, owner, short, explain, evidence, fix, code }: CauseRow<Of>, scene: Of): readonly Cause[] {
  const summary = explain(scene);
  return summary === null ? [] : [{ id, owner, summary, short: short && short(scene), evidence: evidence(scene), fix: fix ? fix(scene) : null, code: code ? code(scene) : null }];
}
