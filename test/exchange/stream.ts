import type { Header, HeaderList } from '../../src/fetch/header-list.ts';
import type { Exchange, Hop } from '../../src/exchange/exchange.ts';
import type { NetworkEvent, StackFrame } from '../../src/exchange/network-event.ts';
import type { HeaderChanges } from '../../src/exchange/trials.ts';
import { headers } from '../header-text.ts';

/**
 * A stream of network events as text, one event a line: who, what, and what is new about it.
 *
 *     a before PUT https://api.example/a          (then, if they differ: type=font origin=null frame=f2)
 *     p before OPTIONS https://api.example/a
 *     p sent Origin: https://app.example | ACRM: PUT
 *     p received 204 | ACAO: * | ACAM: PUT
 *     p completed
 *     a sent Origin: https://app.example
 *     a received 302 | ACAO: * | Location: /b
 *     a redirect https://api.example/b
 *     a before PUT https://api.example/b
 *     a started                                  (the browser begins to hand the response over)
 *     a error net::ERR_FAILED
 *     log finished PUT https://api.example/a net::ERR_FAILED X-B X-A
 *
 *     log loaded a 200                           (Resource Timing: the page waited for `a` until now)
 *     log called GET https://api.example/a f     (the network log: `f` called for it now)
 *     page asked GET https://api.example/a omit f  (the page: so did it, with this credentials mode)
 *     page element https://api.example/a omit    (the page: an element asks for it, since some time)
 *     gap                                        (for a moment nothing was heard of the network)
 *     trial told ACAO: *                         (the browser is told to set these headers for https://api.example)
 *     trial on ACAO: *                           (it does; `trial told` and `trial on` alone: none)
 *
 * `a unseen PUT URL` is a `before` that was not reported, `completed from cache` is what it says, `wait 5000` lets
 * milliseconds pass, and `clear`, alone or with `before b`, forgets. An event comes one millisecond after the last.
 */
export function parseStream(text: string): readonly Instruction[] {
  const requests = new Map<string, Request>();
  const startedAt = new Map<string, number>();
  const trials = new Map<string, HeaderChanges>();
  let time = Date.UTC(2026, 0, 1);
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').flatMap((line): readonly Instruction[] => {
    const [subject = '', verb = '', ...rest] = line.split(' ');
    const tail = rest.join(' ');
    if (subject === 'wait') {
      time += Number(verb);
      return [];
    }
    if (subject === 'clear') return [{ kind: 'clear', before: () => (verb === 'before' ? startedAt.get(tail) ?? fail(line) : undefined) }];
    time++;
    if (subject === 'gap') return [{ kind: 'event', event: { kind: 'gap', from: time - 1, until: time } }];
    if (subject === 'trial') {
      if (tail !== '' && !trials.has(tail)) trials.set(tail, { server: 'https://api.example', set: headerLines(tail.split(' | ')), remove: [] });
      return [{ kind: 'event', event: { kind: 'trial', time, changes: trials.get(tail) ?? null, isInForce: verb === 'on' } }];
    }
    if (verb === 'loaded') {
      const [name = '', status = ''] = rest;
      const { url } = requests.get(name) ?? fail(line);
      return [{ kind: 'event', event: { kind: 'resource-timing', url, from: startedAt.get(name) ?? fail(line), until: time, responseStatus: Number(status) } }];
    }
    if (verb === 'finished') {
      const [method = '', url = '', error = '', ...headerNames] = rest;
      return [{ kind: 'event', event: { kind: 'finished', method, url, error, headerNames } }];
    }
    if (verb === 'called') {
      const [method = '', url = '', caller = ''] = rest;
      return [{ kind: 'event', event: { kind: 'initiator', method, url, time, stack: calledBy(caller) } }];
    }
    if (verb === 'asked' || verb === 'element') {
      const [method = '', url = '', credentials = '', caller] = verb === 'asked' ? rest : ['GET', ...rest];
      const from = verb === 'asked' ? time : time - 1000;
      return [{ kind: 'event', event: {
        kind: 'page-request', api: verb === 'asked' ? 'fetch' : 'element', origin: defaults.origin, method, url, time: from, until: time,
        mode: 'cors', credentials: credentials === 'omit' || credentials === 'include' ? credentials : fail(line), redirect: 'follow', headerNames: [], stack: caller === undefined ? [] : calledBy(caller),
      } }];
    }
    if (verb === 'before' || verb === 'unseen') {
      const [method = '', url = '', ...attributes] = rest;
      const request = { ...defaults, ...requests.get(subject), method, url, ...Object.fromEntries(attributes.map((attribute) => attribute.split('='))) };
      requests.set(subject, request);
      if (!startedAt.has(subject)) startedAt.set(subject, time);
      if (verb === 'unseen') return [];
    }
    const { origin, ...request } = requests.get(subject) ?? fail(line);
    const base = { requestId: subject, time, ...request, origin: origin === 'none' ? null : origin };
    return [{ kind: 'event', event: eventOf(base, verb, tail, line) }];
  });
}

export type Instruction =
  | { readonly kind: 'event'; readonly event: NetworkEvent }
  /** Evaluated late: a stream may forget what begins after the line that says so. */
  | { readonly kind: 'clear'; readonly before: () => number | undefined };

interface Request {
  readonly method: string;
  readonly url: string;
  readonly type: string;
  /** `none`: the browser itself asked. */
  readonly origin: string;
  readonly frame: string;
}

const calledBy = (functionName: string): readonly StackFrame[] => [{ functionName, url: 'https://app.example/app.js', line: 1, column: 1 }];

const defaults = { type: 'xmlhttprequest', origin: 'https://app.example', frame: 'f1' };

function eventOf(base: Omit<Request, 'origin'> & { readonly requestId: string; readonly time: number; readonly origin: string | null }, verb: string, tail: string, line: string): NetworkEvent {
  const [start = '', ...lines] = tail.split(' | ');
  switch (verb) {
    case 'before':
      return { kind: 'before-request', ...base };
    case 'sent':
      return { kind: 'send-headers', ...base, headers: [...browserHeaders, ...headerLines(tail === '' ? [] : [start, ...lines])] };
    case 'received':
      return { kind: 'headers-received', ...base, status: Number(start), headers: headerLines(lines) };
    case 'started':
      return { kind: 'response-started', ...base };
    case 'redirect':
      return { kind: 'redirect', ...base, status: 302, location: tail };
    case 'completed':
      return { kind: 'completed', ...base, status: 200, fromCache: tail === 'from cache' };
    case 'error':
      return { kind: 'error', ...base, error: tail };
    default:
      return fail(line);
  }
}

/** What every request carries, whatever the script did. */
const browserHeaders: HeaderList = headers('User-Agent: Mozilla/5.0', 'Accept: */*', 'Accept-Encoding: gzip', 'Accept-Language: en-US,en;q=0.9');

const abbreviations: Readonly<Record<string, string>> = {
  ACAO: 'Access-Control-Allow-Origin', ACAC: 'Access-Control-Allow-Credentials', ACAM: 'Access-Control-Allow-Methods',
  ACAH: 'Access-Control-Allow-Headers', ACMA: 'Access-Control-Max-Age', ACRM: 'Access-Control-Request-Method', ACRH: 'Access-Control-Request-Headers',
};

const headerLines = (lines: readonly string[]): HeaderList => headers(...lines).map(([name, value]): Header => [abbreviations[name] ?? name, value]);

function fail(line: string): never {
  throw new Error(`The stream has a line that says nothing: "${line}". Write it as stream.ts describes.`);
}

/** Exchanges as text, one a line, with the names that the stream gave to its preflights. */
export function picture(exchanges: readonly Exchange[], instructions: readonly Instruction[]): readonly string[] {
  const names = new Map<HeaderList, string>();
  for (const instruction of instructions) {
    if (instruction.kind === 'event' && instruction.event.kind === 'send-headers') names.set(instruction.event.headers, instruction.event.requestId);
  }
  return exchanges.map(({ id, hops, end, asked, stack }) => [
    id, hops.map((hop) => hopPicture(hop, names)).join(' > '), endPicture(end),
    ...(asked ? [`asked ${asked.credentials}`] : []),
    ...(stack ? [`by ${stack.map(({ functionName }) => functionName).join(' < ')}`] : []),
  ].join(' '));
}

function hopPicture({ method, url, requestHeaders, preflight, response, redirectedTo, scriptHeaderOrder }: Hop, names: ReadonlyMap<HeaderList, string>): string {
  const nameOf = (list: HeaderList | null | undefined): string => (list && names.get(list)) ?? '?';
  return [
    `${method} ${url}`,
    ...(preflight?.from === 'network' ? [`(preflight ${nameOf(preflight.requestHeaders)} ${preflight.error ?? preflight.response?.status ?? 'pending'})`] : []),
    ...(preflight?.from === 'cache' ? [`(cached ${nameOf(preflight.source?.requestHeaders)})`] : []),
    ...(requestHeaders === null ? ['unsent'] : []),
    ...(scriptHeaderOrder === null ? [] : [`order ${scriptHeaderOrder.join(',')}`]),
    ...(response === null ? [] : [String(response.status)]),
    ...(redirectedTo === null ? [] : [`to ${redirectedTo}`]),
  ].join(' ');
}

const endPicture = (end: Exchange['end']): string =>
  end.kind === 'error' ? end.error
    : end.kind !== 'completed' ? end.kind
    : end.readable !== undefined ? (end.readable ? 'readable' : 'withheld')
    : end.fromCache ? 'completed from cache' : 'completed';
