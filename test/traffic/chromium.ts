import type { CDPSession } from 'puppeteer-core';
import { launchChromium, openPanel, waitFor } from '../browser/chromium.ts';
import { contexts } from './kinds.ts';
import { type TrafficStage, trafficIdOf } from './stage.ts';
import { type Saw, type TrafficBrowser, type Verdict, groupById, patience, settledReport, width } from './traffic.ts';

/** Chromium, which tells its verdicts by the DevTools protocol, of each document and worker in a session of its own. */
export async function openTrafficChromium(extension: string, stage: TrafficStage): Promise<TrafficBrowser> {
  const browser = await launchChromium({ extension });
  const watched = await watch(await browser.target().createCDPSession());
  const page = await browser.newPage();
  await page.goto(stage.pageUrl);
  const { panel } = await openPanel(page);
  for (const host of ['localhost', '127.0.0.1']) {
    await browser.setCookie({ name: 'session', value: '1', domain: host, path: '/cookie', sameSite: 'Lax' });
  }
  await page.evaluate((names, ports) => (globalThis as unknown as PageGlobals).openContexts(names, ports), contexts, stage.ports);

  return {
    name: await browser.version(),
    reasonOf: (code) => code,
    leavesOpen: false,
    hides: () => false,
    async play(requests) {
      await page.bringToFront();
      await panel.evaluate(() => corsInspector.clear());
      watched.clear();
      const saw = await page.evaluate((list, atOnce) => (globalThis as unknown as PageGlobals).play(list, atOnce), stage.perform(requests), width);
      await waitFor(() => `the verdicts on ${watched.open().join(' ')}`, () => watched.open().length === 0 || undefined, patience);
      const report = await settledReport(() => panel.evaluate(() => corsInspector.report()), () => true);
      return { saw: new Map(saw), verdicts: watched.verdicts(), report };
    },
    close: () => browser.close(),
  };
}

export interface PageGlobals {
  openContexts(names: readonly string[], ports: TrafficStage['ports']): Promise<void>;
  play(requests: readonly unknown[], width: number): Promise<[number, Saw[]][]>;
  /** Where the last `play` leaves its result for who cannot wait for it. */
  saw?: [number, Saw[]][] | undefined;
}

interface Watched {
  verdicts(): ReadonlyMap<number, readonly Verdict[]>;
  /** The URLs of requests without a verdict. */
  open(): readonly string[];
  clear(): void;
}

/** Attaches to every target there is and will be, and records what each says of its requests. */
async function watch(root: CDPSession): Promise<Watched> {
  const requests = new Map<string, { readonly url: string; verdict: Verdict | null }>();
  const targets = new Set<string>();
  async function attach(session: CDPSession, isRoot: boolean): Promise<void> {
    // A target that waits answers nothing before it runs, and one may be gone before it is asked.
    const send = <Result>(command: Promise<Result>): Promise<Result | undefined> => command.catch(() => undefined);
    const target = isRoot ? '' : (await send(session.send('Target.getTargetInfo')))?.targetInfo.targetId ?? '';
    // A service worker is handed over by the browser as well as by each of its documents.
    const isNew = !isRoot && !targets.has(target);
    targets.add(target);
    const key = (requestId: string): string => `${target} ${requestId}`;
    const conclude = (requestId: string, verdict: Verdict): void => {
      const request = requests.get(key(requestId));
      if (request) request.verdict = verdict;
    };
    session.on('sessionattached', (child) => void attach(child, false));
    session.on('Network.requestWillBeSent', ({ requestId, request, initiator, redirectResponse }) => {
      if (initiator.type === 'preflight' || redirectResponse !== undefined || trafficIdOf(request.url) < 0) return;
      requests.set(key(requestId), { url: request.url, verdict: null });
    });
    session.on('Network.responseReceived', ({ requestId }) => conclude(requestId, { outcome: 'not-blocked' }));
    session.on('Network.loadingFailed', ({ requestId, corsErrorStatus }) => {
      conclude(requestId, corsErrorStatus ? { outcome: 'blocked', reason: corsErrorStatus.corsError } : { outcome: 'not-blocked' });
    });
    await Promise.all([
      ...(isNew ? [send(session.send('Network.enable'))] : []),
      send(session.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: true, flatten: true })),
      ...(isRoot ? [] : [send(session.send('Runtime.runIfWaitingForDebugger'))]),
    ]);
  }
  await attach(root, true);
  return {
    verdicts: () => groupById([...requests.values()].flatMap(({ url, verdict }) => (verdict === null ? [] : [{ url, verdict }])), ({ verdict }) => verdict),
    open: () => [...requests.values()].filter(({ verdict }) => verdict === null).map(({ url }) => url),
    clear: () => requests.clear(),
  };
}
