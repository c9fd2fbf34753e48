import { corsErrors } from '../../src/index.ts';
import { waitFor } from '../browser/chromium.ts';
import { type ConsoleMessage, launchFirefox } from '../browser/firefox.ts';
import type { PageGlobals } from './chromium.ts';
import { contexts } from './kinds.ts';
import { type TrafficStage, endPath, idAndHopOf } from './stage.ts';
import { type TrafficBrowser, type Verdict, patience, settledReport, width } from './traffic.ts';

/** Firefox, which writes the reason of each verdict to its console, whoever asked. */
export async function openTrafficFirefox(extension: string, stage: TrafficStage): Promise<TrafficBrowser> {
  const firefox = await launchFirefox({ extension });
  const page = await firefox.newPage();
  for (const host of ['127.0.0.1', 'localhost']) {
    await page.goto(`http://${host}:${stage.ports.app}/frame.html`);
    await page.evaluate('void (document.cookie = "session=1; path=/cookie; samesite=lax")');
  }
  await page.goto(stage.pageUrl);
  const { panel } = await (await page.openDevTools())();
  await page.evaluate((names, ports) => (globalThis as unknown as PageGlobals).openContexts(names, ports), contexts, stage.ports);
  let rounds = 0;

  return {
    name: `Firefox ${firefox.version}`,
    reasonOf(code) {
      const { firefox: reason } = corsErrors[code];
      return reason === anyFailure ? '' : reason;
    },
    leavesOpen: true,
    // It has no tab, and the origin of such a worker is like any other's.
    hides: ({ context, way }) => context === 'data-worker' && way.startsWith('event-source'),
    async play(requests) {
      await page.bringToFront();
      await panel.evaluate(() => corsInspector.clear());
      await page.evaluate(() => {
        performance.clearResourceTimings();
        performance.setResourceTimingBufferSize(10_000);
      });
      await firefox.clearConsole();
      // Asked again and again: one long script is cut off by whatever else the browser opens meanwhile.
      await page.evaluate((list, atOnce) => {
        const globals = window as unknown as PageGlobals;
        globals.saw = undefined;
        void globals.play(list, atOnce).then((told) => {
          globals.saw = told;
        });
      }, stage.perform(requests), width);
      const saw = await waitFor('the page to be done', () => page.evaluate(() => (window as unknown as PageGlobals).saw), patience);
      const last = `http://localhost:${stage.ports.hops[0]}${endPath}${rounds += 1}`;
      await page.evaluate((url) => fetch(url).then(() => undefined, () => undefined), last);
      await waitFor('the last message in the console', async () => (await firefox.consoleMessages()).some(({ text }) => text.includes(last)));
      const report = await settledReport(() => panel.evaluate(() => corsInspector.report()),
        ({ exchanges }) => exchanges.some(({ url, basis }) => url === last && basis.value === 'observed'));
      const verdicts = new Map<number, readonly Verdict[]>([...stage.reached()].filter((id) => id >= 0).map((id) => [id, [{ outcome: 'not-blocked' }]]));
      for (const [id, reasons] of reasonsOf(await firefox.consoleMessages())) verdicts.set(id, reasons.map((reason) => ({ outcome: 'blocked', reason })));
      return { saw: new Map(saw), verdicts, report };
    },
    close: () => firefox.close(),
  };
}

/** By the ids of requests, the reason of each time that one was blocked. */
function reasonsOf(messages: readonly ConsoleMessage[]): ReadonlyMap<number, readonly string[]> {
  const told = messages.flatMap(({ category, text }) => {
    const [id, hop] = idAndHopOf(text);
    const reason = category.replace(/\d$/, '');
    return reason.startsWith('CORS') && reason !== anyFailure && !reason.endsWith('Deprecation') && id >= 0 ? [{ id, hop, reason }] : [];
  });
  // The redirect of a preflight is refused, and what it would lead to is refused once more.
  const refused = new Set(told.filter(({ reason }) => reason === 'CORSExternalRedirectNotAllowed').map(({ id, hop }) => `${id} ${hop + 1}`));
  const byId = new Map<number, readonly string[]>();
  for (const { id, hop, reason } of told) if (!refused.has(`${id} ${hop}`)) byId.set(id, [...byId.get(id) ?? [], reason]);
  return byId;
}

/** What Firefox says of every request that failed, whether CORS is the reason or not, and once more of each whose preflight it refused. */
const anyFailure = 'CORSDidNotSucceed';
