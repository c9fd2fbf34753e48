import { waitFor } from '../browser/chromium.ts';

/** The panel's page, in whichever browser. */
export interface EvaluatesText {
  evaluate(code: string): Promise<unknown>;
}

const label = 'document.querySelector("label[title*=EventSource]")';

/** Gives in the panel what the switch says of itself: `off`, `starting`, `on`, `lapsed` or `stopping`. */
export const askingState = `${label}.dataset.state`;

const clicks = {
  first: `${label}.querySelector("input").click()`,
  again: `${label}.nextElementSibling.click()`,
};

/** Switches "Ask the page" on, and off before the page can be there, and waits until it is off. */
export async function switchAskingOnAndOff(panel: EvaluatesText): Promise<void> {
  await panel.evaluate(`${clicks.first}, ${clicks.first}`);
  let last: unknown;
  await waitFor(() => `the page to be asked no more, which is ${last}`, async () => (last = await panel.evaluate(askingState)) === 'off' || undefined);
}

/** Switches "Ask the page" on, as a user does, or on again once it has lapsed, and waits until the page that is reloaded answers. */
export async function switchAskingOn(panel: EvaluatesText, time: keyof typeof clicks = 'first'): Promise<void> {
  await panel.evaluate(clicks[time]);
  let last: unknown;
  await waitFor(() => `the page to be asked, which is ${last}`, async () => (last = await panel.evaluate(askingState)) === 'on' || undefined);
}
