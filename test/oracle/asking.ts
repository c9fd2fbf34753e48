import { waitFor } from '../browser/chromium.ts';

/** What the switch says of itself: `off`, `starting`, `on` or `lapsed`. */
const state = 'document.querySelector("label[title*=EventSource]").dataset.state';

/** Switches "Ask the page" on, as a user does, and waits until the page that is reloaded answers. */
export async function switchAskingOn(panel: { evaluate(code: string): Promise<unknown> }): Promise<void> {
  await panel.evaluate('document.querySelector("label[title*=EventSource] input").click()');
  let last: unknown;
  await waitFor(() => `the page to be asked, which is ${last}`, async () => (last = await panel.evaluate(state)) === 'on' || undefined);
}
