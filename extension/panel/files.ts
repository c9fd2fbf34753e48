import { type HarSession, type ReportSource, harOf, harProblems, otherBrowserOf, readHar, reportOf, sessionCheck, sessionReport } from '../../src/index.ts';
import type { PanelPorts } from './ports.ts';

/** Writing and reading files. It is a large part of the panel's code, and loaded when it is first needed. */

export interface WrittenFile {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** Everything that is shown, as a file. */
export const writers = {
  har: (source) => ({ name: 'cors.har', type: 'application/json', text: JSON.stringify(harOf(source), null, 2) }),
  json: (source) => ({ name: 'cors-report.json', type: 'application/json', text: JSON.stringify(reportOf(source), null, 2) }),
  markdown: (source) => ({ name: 'cors-report.md', type: 'text/markdown', text: sessionReport(source) }),
  curl: (source) => ({ name: 'cors-check.sh', type: 'application/x-sh', text: sessionCheck(source) }),
} as const satisfies Readonly<Record<string, (source: ReportSource) => WrittenFile>>;

/** A file that is shown in place of the live recording. */
export interface OpenedFile {
  readonly name: string;
  /** What it does not tell, in sentences. */
  readonly notes: readonly string[];
  readonly ports: PanelPorts;
}

export type Opening = { readonly ok: true; readonly file: OpenedFile } | { readonly ok: false; readonly problem: string };

/** Bytes. Parsed, a file takes several times its size. */
const largest = 200 * 2 ** 20;

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MB`;

/** Opens a HAR file, or says what to do where that cannot be done. */
export async function openFile(file: File, live: PanelPorts): Promise<Opening> {
  if (file.size > largest) return { ok: false, problem: `This file has ${megabytes(file.size)}, more than the ${megabytes(largest)} that can be read. In the Network panel, filter for the requests that matter, save those as HAR, and import that file.` };
  const text = await file.text().catch(() => null);
  if (text === null) return { ok: false, problem: 'The browser could not read this file. Check that it is still there, and import it again.' };
  const reading = readHar(text);
  return reading.ok
    ? { ok: true, file: { name: file.name, notes: reading.session.notes, ports: portsOf(reading.session, live) } }
    : { ok: false, problem: harProblems[reading.problem] };
}

/** The panel on a file: nothing is recorded there, and no page has its scripts at hand. */
const portsOf = (session: HarSession, live: PanelPorts): PanelPorts => ({
  ...live,
  profile: session.profile,
  exchanges: () => session.exchanges,
  gaps: () => none,
  dropped: () => 0,
  subscribe: () => () => {},
  clear: () => {},
  isAccessWithheld: false,
  openSource: null,
  source: () => ({ ...session, generator: live.source().generator, gaps: none, dropped: 0 }),
  otherBrowserOf: (exchange, diagnosis) => otherBrowserOf(exchange, diagnosis, session.profile),
});

const none: readonly never[] = [];
