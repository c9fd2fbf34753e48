import { type EntryStory, chromeLog, firefoxLog } from '../har/log.ts';

interface NamedText {
  readonly name: string;
  readonly text: string;
}

const origin = 'Origin: https://app.example';
const cors = 'Sec-Fetch-Mode: cors';
const refused: EntryStory = { url: 'https://api.example/refused', sent: [origin, cors], answer: [200, 'Content-Type: application/json'] };
const allowed: EntryStory = { url: 'https://api.example/allowed', at: 20, sent: [origin, cors], answer: [200, 'Access-Control-Allow-Origin: https://app.example', 'Access-Control-Allow-Credentials: true', 'Vary: Origin'] };
const unanswered: EntryStory = { url: 'https://api.example/unanswered', at: 40, sent: [origin, cors] };

const har = (name: string, log: unknown): NamedText => ({ name, text: JSON.stringify(log) });

/** One file for each state in which an import leaves the panel. */
export const harFiles: Readonly<Record<string, NamedText>> = {
  'chrome': har('app.example.har', chromeLog({ ...refused, error: 'net::ERR_FAILED' }, allowed, { ...unanswered, sent: null, error: 'net::ERR_NAME_NOT_RESOLVED' })),
  'firefox': har('app.example_Archive.har', firefoxLog(refused, allowed, unanswered)),
  'without-cross-origin-requests': har('own.har', chromeLog({ url: 'https://app.example/a', sent: ['Referer: https://app.example/'], answer: [200] })),
  'hostile-name': har(`\u202egnp.exe<img src=x onerror="globalThis.executed=1">${'x'.repeat(500)}.har`, chromeLog(allowed)),
  'refused': har('cors-report.json', { format: 'cors-inspector', version: 1 }),
};
