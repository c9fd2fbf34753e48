import { describe, expect, it } from 'vitest';
import { createTrialRun } from '../../extension/devtools/trial-run.ts';
import type { HeaderChanges, NetworkEvent } from '../../src/index.ts';

const changes = (server: string): HeaderChanges => ({ server, set: [['Access-Control-Allow-Origin', 'https://app.example']], remove: [] });
const [first, second] = [changes('https://first.example'), changes('https://second.example')];

/** A browser that answers when it is told to, and what it did and heard, in order. */
function scene() {
  const log: string[] = [];
  const answers: ((isSet: boolean) => void)[] = [];
  const name = (of: HeaderChanges | null): string => of?.server ?? 'none';
  const run = createTrialRun({
    set: (of) => new Promise((resolve, reject) => {
      log.push(`set ${name(of)}`);
      answers.push((isSet) => (isSet ? resolve() : reject(new Error('refused'))));
    }),
    tell: (event: NetworkEvent) => event.kind === 'trial' && log.push(`${event.isInForce ? 'in force' : 'told'} ${name(event.changes)}`),
    reload: () => log.push('reload'),
  });
  run.subscribe(() => log.push(`${run.state} ${run.server ?? 'none'}`));
  const answer = async (isSet: boolean): Promise<void> => {
    // What was asked for may wait for what was asked for before.
    while (answers.length === 0) await new Promise((resolve) => setImmediate(resolve));
    answers.shift()?.(isSet);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { log, run, answer };
}

describe('a trial', () => {
  it('is told of before the browser is asked, and the page is reloaded only once it is in force', async () => {
    const { log, run, answer } = scene();
    run.start(first);
    await answer(true);
    run.stop();
    await answer(true);
    expect(log).toEqual([
      'starting none', 'told https://first.example', 'set https://first.example', 'in force https://first.example', 'on https://first.example', 'reload',
      'told none', 'set none', 'in force none', 'off none',
    ]);
  });

  it('that the browser refuses leaves everything as it was', async () => {
    const { log, run, answer } = scene();
    run.start(first);
    await answer(false);
    expect(log).toEqual(['starting none', 'told https://first.example', 'set https://first.example', 'in force none', 'refused none']);
  });

  it('goes on where the browser refuses to end it, or to begin another', async () => {
    const { log, run, answer } = scene();
    run.start(first);
    await answer(true);
    run.start(second);
    await answer(false);
    run.stop();
    await answer(false);
    expect(log.slice(6)).toEqual([
      'starting https://first.example', 'told https://second.example', 'set https://second.example', 'in force https://first.example', 'refused https://first.example',
      'told none', 'set none', 'in force https://first.example', 'refused https://first.example',
    ]);
  });

  it('waits for what was asked for before', async () => {
    const { log, run, answer } = scene();
    run.start(first);
    run.stop();
    run.start(second);
    for (let time = 0; time < 3; time++) await answer(true);
    expect(log.filter((line) => /^(set|in force)/.test(line))).toEqual([
      'set https://first.example', 'in force https://first.example', 'set none', 'in force none', 'set https://second.example', 'in force https://second.example',
    ]);
    expect(run.state).toBe('on');
  });
});
