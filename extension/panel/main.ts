import type { Report } from '../../src/index.ts';
import type { Shell, ShellWindow } from '../shell.ts';
import { copy } from './copy.ts';
import { mountPanel } from './mount.tsx';

/** The panel's public handle, for the console and for tests. */
interface CorsInspector {
  readonly version: string;
  report(): Report;
  clear(): void;
}

declare global {
  var corsInspector: CorsInspector;
}

function start({ session, pageObserver, trialRun, reloadInspectedPage, openSource, askForAccess, onTheme }: Shell): void {
  globalThis.corsInspector = { version: session.version, report: session.report, clear: session.clear };
  mountPanel(document.body, {
    profile: session.profile,
    exchanges: session.exchanges,
    gaps: session.gaps,
    dropped: session.dropped,
    subscribe: session.subscribe,
    clear: session.clear,
    get preserveLog() {
      return session.preserveLog;
    },
    setPreserveLog: session.setPreserveLog,
    get isAccessWithheld() {
      return session.isAccessWithheld;
    },
    askForAccess,
    asking: pageObserver,
    trying: trialRun,
    reloadInspectedPage,
    openSource,
    source: session.source,
    otherBrowserOf: session.otherBrowserOf,
    copy,
    onTheme,
  });
}

// The devtools page hands the shell over when the panel is shown: before or after this script runs.
const { corsInspectorShell } = window as ShellWindow;
if (corsInspectorShell) start(corsInspectorShell);
else {
  window.addEventListener('cors-inspector-shell', () => {
    const shell = (window as ShellWindow).corsInspectorShell;
    if (shell) start(shell);
  }, { once: true });
}
