import { expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { createRecorder } from '../../src/exchange/recorder.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { parseStream } from '../exchange/stream.ts';

/** What only shows when a browser's events have been recorded: what they prove must reach the diagnosis. */
const rows: readonly { readonly name: string; readonly stream: string; readonly expected: readonly string[] }[] = [
  {
    name: 'a redirect that the script refused had passed the CORS check, or the browser would not have reported it',
    stream: `
      a before GET https://api.app.example/a
      a sent Origin: https://app.example | Sec-Fetch-Site: same-site | Sec-Fetch-Mode: cors
      a received 302 | ACAO: * | Location: https://api.app.example/b
      a redirect https://api.app.example/b
      a error net::ERR_ABORTED
      log finished GET https://api.app.example/a net::ERR_FAILED`,
    expected: ['failed redirect-refused'],
  },
  {
    name: 'a redirect that was handed to the script',
    stream: `
      a before GET https://api.app.example/a
      a sent Origin: https://app.example | Sec-Fetch-Site: same-site | Sec-Fetch-Mode: cors
      a received 302 | ACAO: * | Location: https://api.app.example/b
      a redirect https://api.app.example/b
      a error net::ERR_ABORTED
      log finished GET https://api.app.example/b net::ERR_ABORTED`,
    expected: ['allowed'],
  },
  {
    name: 'a redirect of which the log has said nothing yet',
    stream: `
      a before GET https://api.app.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: https://api.app.example/b
      a redirect https://api.app.example/b
      a error net::ERR_ABORTED`,
    expected: ['unknown'],
  },
  {
    name: 'a redirect to another scheme, which passed the check before',
    stream: `
      a before GET https://api.app.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: ftp://files.example/x
      a redirect ftp://files.example/x`,
    expected: ['blocked CorsDisabledScheme'],
  },
  {
    name: 'equal requests, of which one is refused by the status of its preflight',
    stream: `
      a before PUT https://api.app.example/a
      b before PUT https://api.app.example/a
      p before OPTIONS https://api.app.example/a
      p sent Origin: https://app.example | ACRM: PUT
      q before OPTIONS https://api.app.example/a
      q sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      q received 500 | ACAO: * | ACAM: PUT
      p completed
      q completed
      b error net::ERR_FAILED
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['allowed', 'blocked PreflightInvalidStatus'],
  },
  {
    name: 'the header that Chrome names, by the order in the network log',
    stream: `
      a before GET https://api.app.example/a
      p before OPTIONS https://api.app.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      p received 204 | ACAO: *
      p completed
      a error net::ERR_FAILED
      log finished GET https://api.app.example/a net::ERR_FAILED X-B X-A`,
    expected: ['blocked HeaderDisallowedByPreflightResponse x-b'],
  },
];

it.each(rows)('$name', ({ stream, expected }) => {
  const recorder = createRecorder(browserProfiles.chromium);
  for (const instruction of parseStream(stream)) if (instruction.kind === 'event') recorder.push(instruction.event);
  const found = recorder.exchanges().map((exchange) => {
    const { outcome, block, failure } = diagnose(exchange, browserProfiles.chromium);
    return [outcome, block?.error.code ?? failure?.kind ?? '', block?.error.parameter ?? ''].join(' ').trim();
  });
  expect(found).toEqual(expected);
});
