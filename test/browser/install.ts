import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Where a program is found and how it is had where it is missing. */
export interface Program {
  /** What people call it. */
  readonly title: string;
  /** Absolute paths, and names that are looked for in PATH; the first that exists is taken. */
  readonly executables: readonly string[];
  /** Debian's and Ubuntu's package; null: they have none. */
  readonly debianPackage: string | null;
  /** Where to get it elsewhere. */
  readonly source: string;
}

const programs = {
  chromium: {
    title: 'Chromium',
    executables: ['chromium', 'chromium-browser', '/Applications/Chromium.app/Contents/MacOS/Chromium'],
    debianPackage: 'chromium',
    source: 'https://www.chromium.org/getting-involved/download-chromium/',
  },
  chrome: {
    title: 'Chrome',
    executables: [
      'google-chrome',
      'google-chrome-stable',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      'C:/Program Files/Google/Chrome/Application/chrome.exe',
      'C:/Program Files (x86)/Google/Chrome/Application/chrome.exe',
    ],
    debianPackage: null,
    source: 'https://www.google.com/chrome/',
  },
  edge: {
    title: 'Edge',
    executables: [
      'microsoft-edge',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
      'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
      'C:/Program Files/Microsoft/Edge/Application/msedge.exe',
    ],
    debianPackage: null,
    source: 'https://www.microsoft.com/edge',
  },
  firefox: {
    title: 'Firefox',
    executables: [
      'firefox',
      'firefox-esr',
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      'C:/Program Files/Mozilla Firefox/firefox.exe',
    ],
    debianPackage: 'firefox-esr',
    source: 'https://www.firefox.com/',
  },
} as const satisfies Record<string, Program>;

export type ProgramName = keyof typeof programs;

/** Browsers that load the extension built for Chromium, in the order of preference. */
export const chromiumFamily = ['chromium', 'chrome', 'edge'] as const satisfies readonly ProgramName[];

/** Path of the executable; undefined when it is not on this machine. */
export const findProgram = (program: ProgramName | Program): string | undefined =>
  recordOf(program).executables
    .flatMap((executable) => (isAbsolute(executable) ? [executable] : searchPath().map((folder) => join(folder, executable))))
    .find((path) => existsSync(path));

const recordOf = (program: ProgramName | Program): Program => (typeof program === 'string' ? programs[program] : program);

/** Path of the executable, which is installed first where that needs nobody's help: on Debian and Ubuntu, as root. */
export async function ensureProgram(program: ProgramName | Program): Promise<string> {
  const found = findProgram(program);
  if (found !== undefined) return found;
  const { title, debianPackage, source } = recordOf(program);
  if (debianPackage === null || !existsSync('/etc/debian_version')) {
    throw new Error(`${title} was not found. Install it from ${source} and run the command again.`);
  }
  const commands = [['update'], ['install', '-y', debianPackage]];
  if (process.getuid?.() !== 0) {
    throw new Error(`${title} was not found. Run: ${commands.map((args) => `sudo apt-get ${args.join(' ')}`).join(' && ')}`);
  }
  process.stderr.write(`${title} is missing; installing ${debianPackage} with apt-get.\n`);
  for (const args of commands) await aptGet(args);
  const installed = findProgram(program);
  if (installed === undefined) {
    throw new Error(`apt-get installed ${debianPackage}, but brought no ${title}. Install it from ${source} and run the command again.`);
  }
  return installed;
}

/** The first browser of Chromium's family that is found; where there is none, Chromium is installed. */
export const ensureChromium = async (): Promise<string> =>
  process.env['CHROMIUM_PATH'] ?? chromiumFamily.map((name) => findProgram(name)).find((path) => path !== undefined) ?? (await ensureProgram('chromium'));

export const ensureFirefox = async (): Promise<string> => process.env['FIREFOX_PATH'] ?? ensureProgram('firefox');

// Servers live in folders for administrators, which a user's PATH leaves out.
const searchPath = (): readonly string[] => [
  ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
  '/usr/sbin',
  '/usr/local/sbin',
  '/opt/homebrew/bin',
];

async function aptGet(args: readonly string[]): Promise<void> {
  // Standard output belongs to whoever runs the command.
  const child = spawn('apt-get', ['-o', 'DPkg::Lock::Timeout=300', ...args], {
    stdio: ['ignore', process.stderr, process.stderr],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`apt-get ${args.join(' ')} ended with ${code}.`);
}
