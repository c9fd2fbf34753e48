import { describe, expect, it } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { createRecorder } from '../../src/exchange/recorder.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { parseStream } from './stream.ts';

interface Row {
  readonly name: string;
  readonly stream: string;
  /** The trial, the outcome, the statuses of the responses that are judged, and the browser's reason. */
  readonly expected: string;
}

const app = 'Origin: https://app.example';
const grants = 'ACAO: https://app.example | ACAM: PUT | ACMA: 0';
const on = `trial told ${grants}\n trial on ${grants}`;

/** What each browser tells of it is what the server sent, or already what was made of it. */
const chromium: readonly Row[] = [
  {
    name: 'a response that the trial lets pass',
    stream: `${on}
      a before GET https://api.example/a
      a sent ${app}
      a received 200
      a completed`,
    expected: 'changed allowed 200',
  },
  {
    name: 'a preflight that the trial lets pass, and the actual request',
    stream: `${on}
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent ${app} | ACRM: PUT
      p received 204
      p completed
      a sent ${app}
      a received 200
      a completed`,
    expected: 'changed allowed 204 200',
  },
  {
    name: 'a preflight whose status no trial changes',
    stream: `${on}
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent ${app} | ACRM: PUT
      p received 405
      p completed
      a error net::ERR_FAILED`,
    expected: 'changed blocked 405 PreflightInvalidStatus',
  },
  {
    name: 'a response of another server',
    stream: `${on}
      a before GET https://other.example/a
      a sent ${app}
      a received 200
      a error net::ERR_FAILED`,
    expected: 'as sent blocked 200 MissingAllowOriginHeader',
  },
  {
    name: 'a response of a worker that belongs to no tab',
    stream: `${on}
      a before GET https://api.example/a isTabless=true
      a sent ${app}
      a received 200
      a error net::ERR_FAILED`,
    expected: 'as sent blocked 200 MissingAllowOriginHeader',
  },
  {
    name: 'a response before it',
    stream: `
      a before GET https://api.example/a
      a sent ${app}
      a received 200
      a error net::ERR_FAILED
      ${on}`,
    expected: 'as sent blocked 200 MissingAllowOriginHeader',
  },
  {
    name: 'a response after it',
    stream: `${on}
      trial told
      trial on
      a before GET https://api.example/a
      a sent ${app}
      a received 200
      a error net::ERR_FAILED`,
    expected: 'as sent blocked 200 MissingAllowOriginHeader',
  },
  {
    name: 'a request that is under way when it begins, and is blocked',
    stream: `
      a before GET https://api.example/a
      a sent ${app}
      ${on}
      a received 200
      a error net::ERR_FAILED`,
    expected: 'unclear unknown',
  },
  {
    name: 'a request that is under way when it ends, and passes',
    stream: `${on}
      a before GET https://api.example/a
      a sent ${app}
      trial told
      trial on
      a received 200
      a completed`,
    expected: 'unclear allowed',
  },
  {
    name: 'a request whose preflight alone was answered before it ended',
    stream: `${on}
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent ${app} | ACRM: PUT
      p received 204
      p completed
      a sent ${app}
      trial told
      trial on
      a received 200
      a error net::ERR_FAILED`,
    expected: 'unclear unknown 204',
  },
  {
    name: 'a preflight that is under way when it begins',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent ${app} | ACRM: PUT
      trial told ${grants}
      p received 204
      p completed
      a error net::ERR_FAILED`,
    expected: 'unclear unknown',
  },
  {
    name: 'no grant that outlives it: the next preflight is not one from the cache',
    stream: `${on}
      b before PUT https://api.example/a
      q before OPTIONS https://api.example/a
      q sent ${app} | ACRM: PUT
      q received 204 | ACMA: 600
      q completed
      b sent ${app}
      b received 200
      b completed
      trial told
      trial on
      clear before a
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent ${app} | ACRM: PUT
      p received 204
      p completed
      a error net::ERR_FAILED`,
    expected: 'as sent blocked 204 PreflightMissingAllowOriginHeader',
  },
];

const firefox: readonly Row[] = [
  {
    name: 'a preflight that the trial lets pass, and the actual request',
    stream: `${on}
      a before PUT https://api.example/a
      a sent ${app}
      p before OPTIONS https://api.example/a
      p sent ${app} | ACRM: PUT
      p received 204 | ${grants}
      p completed
      a received 200 | ${grants}
      a completed
      log loaded a 200`,
    expected: 'changed allowed 204 200',
  },
  {
    name: 'a response that is withheld all the same, of a request that shows no mode',
    stream: `${on}
      a before POST https://api.example/a
      a sent ${app}
      a received 200 | ${grants}
      a completed
      log loaded a 0`,
    expected: 'changed unknown 200',
  },
  {
    name: 'a request that is under way when it ends, and of which nothing shows whether it passed',
    stream: `${on}
      a before GET https://api.example/a
      a sent ${app}
      trial told
      a received 200 | ${grants}
      a completed`,
    expected: 'unclear unknown',
  },
];

function told(stream: string, profile: BrowserProfile): string {
  const recorder = createRecorder(profile);
  for (const instruction of parseStream(stream)) {
    if (instruction.kind === 'clear') recorder.clear(instruction.before());
    else recorder.push(instruction.event);
  }
  const exchanges = recorder.exchanges();
  const [exchange] = exchanges;
  if (!exchange || exchanges.length > 1) throw new Error(`There are ${exchanges.length} exchanges.`);
  const { outcome, judged, block } = diagnose(exchange, profile);
  return [exchange.trial ?? 'as sent', outcome, ...judged.map(({ response }) => response.status), ...(block ? [block.error.code] : [])].join(' ');
}

describe('headers that are tried out, in Chromium\'s events', () => {
  it.each(chromium)('$name', ({ stream, expected }) => expect(told(stream, browserProfiles.chromium)).toBe(expected));
});

describe('headers that are tried out, in Firefox\'s events', () => {
  it.each(firefox)('$name', ({ stream, expected }) => expect(told(stream, browserProfiles.firefox)).toBe(expected));
});
