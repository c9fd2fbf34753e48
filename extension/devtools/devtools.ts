import { type Theme, createPanel, inspectedUrl, onNavigated, onTheme, reloadInspectedPage, sourceOpener, version, webRequest } from '../browser.ts';
import { captureInChromium } from '../capture/chromium.ts';
import { captureInFirefox } from '../capture/firefox.ts';
import { createPageObserver } from '../capture/page-observer.ts';
import { createListeners } from '../listeners.ts';
import type { Shell, ShellWindow } from '../shell.ts';
import { createSession } from './session.ts';
import { createTrialRun } from './trial-run.ts';

const capture = webRequest ? captureInChromium(webRequest) : captureInFirefox();
const [, browserVersion = ''] = /(?:Chrome|Firefox)\/([\d.]+)/.exec(navigator.userAgent) ?? [];
const session = createSession({ version, profile: capture.profile, browserVersion, everyUrlIsTold: capture.everyUrlIsTold });

const pageObserver = createPageObserver(capture.injection, reloadInspectedPage, (event) => session.record(() => event));

const trialRun = createTrialRun({
  set: capture.setTrial,
  tell: (event) => session.record(() => event),
  reload: () => reloadInspectedPage(),
});
// Once the page is being left, Chromium hears nothing more from it. If DevTools stay open all the same, the trial is over.
addEventListener('beforeunload', trialRun.stop);

const started = capture.start({
  ...session,
  record(convert) {
    session.record(convert);
    pageObserver.stirred();
  },
});
onNavigated((url) => {
  session.navigated(url);
  pageObserver.navigated();
});
void inspectedUrl().then((url) => session.opened(url));

let theme: Theme = 'light';
const themeListeners = createListeners<[Theme]>();
onTheme((current) => {
  theme = current;
  themeListeners.tell(current);
});

const shell: Shell = {
  session,
  pageObserver,
  trialRun,
  reloadInspectedPage: () => reloadInspectedPage(),
  openSource: sourceOpener(),
  askForAccess: capture.askForAccess,
  onTheme(listener) {
    listener(theme);
    return themeListeners.add(listener);
  },
};

// The tab promises that nothing is lost from here on, whether or not it is ever opened.
await started;
await createPanel('CORS', '/icons/16.png', '/extension/panel/panel.html', (panel) => {
  (panel as ShellWindow).corsInspectorShell = shell;
  panel.dispatchEvent(new Event('cors-inspector-shell'));
});
