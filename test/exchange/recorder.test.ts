import { describe, expect, it } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import type { Exchange } from '../../src/exchange/exchange.ts';
import { type Recorder, type RecorderOptions, createRecorder } from '../../src/exchange/recorder.ts';
import { parseStream, picture } from './stream.ts';

interface Row {
  readonly name: string;
  readonly stream: string;
  readonly expected: readonly string[];
}

/** In Chromium a preflight comes before the actual request's headers, and a request that CORS blocks ends in an error. */
const chromium: readonly Row[] = [
  {
    name: 'a request that needs no preflight',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a GET https://api.example/a 200 completed'],
  },
  {
    name: 'a response out of the cache',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed from cache`,
    expected: ['a GET https://api.example/a 200 completed from cache'],
  },
  {
    name: 'a preflighted request',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 200 completed'],
  },
  {
    name: 'a preflight that ends after the actual request began',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      a sent Origin: https://app.example
      p completed
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 200 completed'],
  },
  {
    name: 'a fragment, which is not sent',
    stream: `
      a before PUT https://api.example/a#top
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 200 completed'],
  },
  {
    name: 'a preflight that refuses',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 404
      p completed
      a error net::ERR_FAILED`,
    expected: ['a PUT https://api.example/a (preflight p 404) unsent net::ERR_FAILED'],
  },
  {
    name: 'a preflight that gets no response',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p error net::ERR_EMPTY_RESPONSE
      a error net::ERR_EMPTY_RESPONSE`,
    expected: ['a PUT https://api.example/a (preflight p net::ERR_EMPTY_RESPONSE) unsent net::ERR_EMPTY_RESPONSE'],
  },
  {
    name: 'a preflight that fails before its headers are sent',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p error net::ERR_CONNECTION_REFUSED
      a error net::ERR_CONNECTION_REFUSED`,
    expected: ['a PUT https://api.example/a unsent net::ERR_CONNECTION_REFUSED'],
  },
  {
    name: 'a preflight that fails before it is sent, and after its request: where HSTS would redirect it',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      a error net::ERR_FAILED
      p error net::ERR_FAILED`,
    expected: ['a PUT https://api.example/a unsent net::ERR_FAILED'],
  },
  {
    name: 'a preflight that is redirected',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 302 | Location: https://api.example/b
      p completed
      a error net::ERR_FAILED`,
    expected: ['a PUT https://api.example/a (preflight p 302) unsent net::ERR_FAILED'],
  },
  {
    name: 'requests under way, at every stage',
    stream: `
      a before GET https://api.example/a
      b before PUT https://api.example/b
      p before OPTIONS https://api.example/b
      p sent Origin: https://app.example | ACRM: PUT
      c before GET https://api.example/c
      c sent Origin: https://app.example
      d before GET https://api.example/d
      d sent Origin: https://app.example
      d received 200 | ACAO: *`,
    expected: [
      'a GET https://api.example/a unsent pending',
      'b PUT https://api.example/b unsent pending',
      'c GET https://api.example/c pending',
      'd GET https://api.example/d 200 pending',
    ],
  },
  {
    name: 'a request of which only the end was seen',
    stream: `
      a unseen GET https://api.example/a
      a completed`,
    expected: ['a GET https://api.example/a unsent completed'],
  },

  // What is no exchange
  {
    name: 'requests to the page\'s own origin, and those of the browser itself',
    stream: `
      a before GET https://app.example/a
      a sent
      a received 200
      a completed
      b before GET https://api.example/b origin=none
      b sent
      b completed`,
    expected: [],
  },
  {
    name: 'navigations and web sockets',
    stream: `
      a before GET https://other.example/ type=main_frame
      a sent
      a completed
      b before GET https://other.example/ type=sub_frame
      b completed
      c before GET https://other.example/ type=websocket
      c completed`,
    expected: [],
  },
  {
    name: 'URLs that no CORS request goes to',
    stream: `
      a before GET data:,x
      a completed
      b before GET chrome-extension://abc/x
      b error net::ERR_FAILED`,
    expected: [],
  },
  {
    name: 'an opaque origin, to which every URL is another origin',
    stream: `
      a before GET https://app.example/a origin=null
      a sent Origin: null
      a received 200 | ACAO: *
      a completed`,
    expected: ['a GET https://app.example/a 200 completed'],
  },
  {
    name: 'the look-up of a font in the cache',
    stream: `
      a before GET https://api.example/a.woff2 type=font
      a error net::ERR_CACHE_MISS
      b before GET https://api.example/a.woff2 type=font
      b sent Origin: https://app.example
      b received 200 | ACAO: *
      b completed`,
    expected: ['b GET https://api.example/a.woff2 200 completed'],
  },

  // The preflight cache
  {
    name: 'a preflight out of the cache, which was seen',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT | ACMA: 600
      p completed
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed
      wait 300000
      b before PUT https://api.example/a
      b sent Origin: https://app.example
      b received 200 | ACAO: *
      b completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 200 completed', 'b PUT https://api.example/a (cached p) 200 completed'],
  },
  {
    name: 'a preflight for a header out of the cache, and with credentials',
    stream: `
      a before POST https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: POST | ACRH: content-type,x-a
      p received 204 | ACAO: https://app.example | ACAC: true | ACAH: content-type, x-a
      p completed
      a sent Origin: https://app.example | Cookie: a=b | Content-Type: application/json | X-A: 1
      a received 200 | ACAO: https://app.example | ACAC: true
      a completed
      b before POST https://api.example/a
      b sent Origin: https://app.example | Cookie: a=b | Content-Type: application/json
      b received 200 | ACAO: https://app.example | ACAC: true
      b completed`,
    expected: ['a POST https://api.example/a (preflight p 204) 200 completed', 'b POST https://api.example/a (cached p) 200 completed'],
  },
  {
    name: 'a preflight out of the cache, which was not seen',
    stream: `
      b before PUT https://api.example/a
      b sent Origin: https://app.example
      b received 200 | ACAO: *
      b completed`,
    expected: ['b PUT https://api.example/a (cached ?) 200 completed'],
  },
  {
    name: 'a preflight that is too old to be the one in the cache',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a sent Origin: https://app.example
      a completed
      wait 6000
      b before PUT https://api.example/a
      b sent Origin: https://app.example
      b completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) completed', 'b PUT https://api.example/a (cached ?) completed'],
  },
  {
    name: 'a request that needs none, and no header of the browser\'s own makes it need one',
    stream: `
      a before POST https://api.example/a
      a sent Origin: https://app.example | Content-Type: text/plain | Cache-Control: no-cache | Pragma: no-cache | If-None-Match: "x" | Priority: u=1
      a received 200 | ACAO: *
      a completed`,
    expected: ['a POST https://api.example/a 200 completed'],
  },
  {
    name: 'a request to the page\'s own origin, which needs none',
    stream: `
      a before PUT https://app.example/a
      a sent Origin: https://app.example
      a received 302 | Location: https://api.example/b
      a redirect https://api.example/b
      a before GET https://api.example/b
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://app.example/a 302 to https://api.example/b > GET https://api.example/b 200 completed'],
  },
  {
    name: 'a no-cors request, which never has one',
    stream: `
      a before POST https://api.example/a
      a sent Origin: https://app.example | Sec-Fetch-Mode: no-cors | Content-Type: application/reports+json
      a received 200
      a completed`,
    expected: ['a POST https://api.example/a 200 completed'],
  },

  // Which preflight belongs to which request
  {
    name: 'two requests to one URL, of which one needs a preflight',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a
      b sent Origin: https://app.example
      b received 200 | ACAO: *
      p received 204 | ACAO: * | ACAH: x-a
      p completed
      a sent Origin: https://app.example | X-A: 1
      a received 200 | ACAO: *
      a completed
      b completed`,
    expected: ['a GET https://api.example/a (preflight p 204) 200 completed', 'b GET https://api.example/a 200 completed'],
  },
  {
    name: 'two methods to one URL',
    stream: `
      a before PUT https://api.example/a
      b before DELETE https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: DELETE
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: PUT
      q received 204 | ACAO: * | ACAM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      q completed
      b error net::ERR_FAILED
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://api.example/a (preflight q 204) 200 completed', 'b DELETE https://api.example/a (preflight p 204) unsent net::ERR_FAILED'],
  },
  {
    name: 'two requests to one URL with different headers',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: GET | ACRH: x-a
      p received 204 | ACAO: * | ACAH: x-a,x-b
      q received 204 | ACAO: * | ACAH: x-a,x-b
      p completed
      q completed
      b sent Origin: https://app.example | X-A: 1
      a sent Origin: https://app.example | X-A: 1 | X-B: 1`,
    expected: ['a GET https://api.example/a (preflight p 204) pending', 'b GET https://api.example/a (preflight q 204) pending'],
  },
  {
    name: 'a preflight that asks for less than was sent, where one asks for all of it',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      p received 204 | ACAO: * | ACAH: x-a,x-b
      q received 204 | ACAO: * | ACAH: x-a,x-b
      p completed
      q completed
      b sent Origin: https://app.example | X-A: 1 | X-B: 1
      a sent Origin: https://app.example | X-A: 1`,
    expected: ['a GET https://api.example/a (preflight p 204) pending', 'b GET https://api.example/a (preflight q 204) pending'],
  },
  {
    name: 'equal requests, of which one passes and one is refused',
    stream: `
      a before PUT https://api.example/a
      b before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: PUT
      p received 500
      q received 204 | ACAO: * | ACAM: PUT
      p completed
      q completed
      b sent Origin: https://app.example
      a error net::ERR_FAILED`,
    expected: ['a PUT https://api.example/a (preflight p 500) unsent net::ERR_FAILED', 'b PUT https://api.example/a (preflight q 204) pending'],
  },
  {
    name: 'the refused one first, where the other passes only without credentials',
    stream: `
      a before PUT https://api.example/a
      b before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      q received 500
      p completed
      q completed
      b error net::ERR_FAILED
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 200 completed', 'b PUT https://api.example/a (preflight q 500) unsent net::ERR_FAILED'],
  },
  {
    name: 'equal requests of two frames',
    stream: `
      a before PUT https://api.example/a frame=f1
      b before PUT https://api.example/a frame=f2
      p before OPTIONS https://api.example/a frame=f1
      p sent Origin: https://app.example | ACRM: PUT
      q before OPTIONS https://api.example/a frame=f2
      q sent Origin: https://app.example | ACRM: PUT
      q received 204 | ACAO: * | ACAM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      q completed
      b sent Origin: https://app.example
      a sent Origin: https://app.example`,
    expected: ['a PUT https://api.example/a (preflight p 204) pending', 'b PUT https://api.example/a (preflight q 204) pending'],
  },
  {
    name: 'frames of two origins',
    stream: `
      a before PUT https://api.example/a
      b before PUT https://api.example/a origin=https://other.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      q before OPTIONS https://api.example/a origin=https://other.example
      q sent Origin: https://other.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      q received 204 | ACAO: * | ACAM: PUT
      p completed
      q completed
      b sent Origin: https://other.example
      a sent Origin: https://app.example`,
    expected: ['a PUT https://api.example/a (preflight p 204) pending', 'b PUT https://api.example/a (preflight q 204) pending'],
  },

  // OPTIONS of the page's own
  {
    name: 'an OPTIONS of the page\'s own, with its preflight',
    stream: `
      a before OPTIONS https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: OPTIONS
      p received 204 | ACAO: * | ACAM: OPTIONS
      p completed
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a OPTIONS https://api.example/a (preflight p 204) 200 completed'],
  },
  {
    name: 'an OPTIONS of the page\'s own that its preflight refuses',
    stream: `
      a before OPTIONS https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: OPTIONS
      p received 204 | ACAO: *
      p completed
      a error net::ERR_FAILED`,
    expected: ['a OPTIONS https://api.example/a (preflight p 204) unsent net::ERR_FAILED'],
  },
  {
    name: 'two OPTIONS of the page\'s own that their preflights refuse',
    stream: `
      a before OPTIONS https://api.example/a
      b before OPTIONS https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: OPTIONS
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: OPTIONS
      p received 204 | ACAO: *
      p completed
      q received 204 | ACAO: *
      q completed
      a error net::ERR_FAILED
      b error net::ERR_FAILED`,
    expected: [
      'a OPTIONS https://api.example/a (preflight p 204) unsent net::ERR_FAILED',
      'b OPTIONS https://api.example/a (preflight q 204) unsent net::ERR_FAILED',
    ],
  },
  {
    name: 'an OPTIONS that may still turn out to be a preflight',
    stream: 'a before OPTIONS https://api.example/a',
    expected: [],
  },

  // Redirects
  {
    name: 'a redirect that is followed, with a preflight on each hop',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a sent Origin: https://app.example
      a received 307 | ACAO: * | Location: https://b.example/b
      a redirect https://b.example/b
      a before PUT https://b.example/b
      q before OPTIONS https://b.example/b
      q sent Origin: null | ACRM: PUT
      q received 204 | ACAO: * | ACAM: PUT
      q completed
      a sent Origin: null
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 307 to https://b.example/b > PUT https://b.example/b (preflight q 204) 200 completed'],
  },
  {
    name: 'a redirect whose next preflight refuses',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a sent Origin: https://app.example
      a received 307 | ACAO: * | Location: https://b.example/b
      a redirect https://b.example/b
      a before PUT https://b.example/b
      q before OPTIONS https://b.example/b
      q sent Origin: null | ACRM: PUT
      q received 403
      q completed
      a error net::ERR_FAILED`,
    expected: ['a PUT https://api.example/a (preflight p 204) 307 to https://b.example/b > PUT https://b.example/b (preflight q 403) unsent net::ERR_FAILED'],
  },
  {
    name: 'a POST that becomes a GET',
    stream: `
      a before POST https://api.example/a
      a sent Origin: https://app.example
      a received 303 | ACAO: * | Location: /b
      a redirect https://api.example/b
      a before GET https://api.example/b
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed`,
    expected: ['a POST https://api.example/a 303 to https://api.example/b > GET https://api.example/b 200 completed'],
  },
  {
    name: 'a redirect that fails the CORS check',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 302 | Location: https://b.example/b
      a error net::ERR_FAILED`,
    expected: ['a GET https://api.example/a 302 net::ERR_FAILED'],
  },
  {
    name: 'a redirect of which nothing more was seen',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: https://b.example/b
      a redirect https://b.example/b
      a error net::ERR_ABORTED`,
    expected: ['a GET https://api.example/a 302 to https://b.example/b net::ERR_ABORTED'],
  },
  {
    name: 'a redirect that the script refused',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: https://b.example/b
      a redirect https://b.example/b
      a error net::ERR_ABORTED
      log finished GET https://api.example/a net::ERR_FAILED`,
    expected: ['a GET https://api.example/a 302 to https://b.example/b refused'],
  },
  {
    name: 'a redirect that was handed to the script',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: https://b.example/b
      a redirect https://b.example/b
      a error net::ERR_ABORTED
      log finished GET https://b.example/b net::ERR_ABORTED`,
    expected: ['a GET https://api.example/a 302 to https://b.example/b completed'],
  },
  {
    name: 'a redirect of which the log tells before its end',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: https://b.example/b
      a redirect https://b.example/b
      log finished GET https://b.example/b net::ERR_ABORTED
      a error net::ERR_ABORTED`,
    expected: ['a GET https://api.example/a 302 to https://b.example/b completed'],
  },
  {
    name: 'a redirect to another scheme',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: data:,x
      a redirect data:,x`,
    expected: ['a GET https://api.example/a 302 to data:,x unfollowed'],
  },
  {
    name: 'a redirect from the page\'s own origin to another that fails before it gets there',
    stream: `
      a before GET https://app.example/a
      a sent
      a received 302 | Location: https://me:pw@api.example/a
      a error net::ERR_FAILED`,
    expected: ['a GET https://app.example/a 302 net::ERR_FAILED'],
  },

  // The network log
  {
    name: 'the order of headers, told after the end',
    stream: `
      a before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      p received 204 | ACAO: *
      p completed
      a error net::ERR_FAILED
      log finished GET https://api.example/a net::ERR_FAILED X-B X-A`,
    expected: ['a GET https://api.example/a (preflight p 204) unsent order x-b,x-a net::ERR_FAILED'],
  },
  {
    name: 'the order of headers, told before the end',
    stream: `
      a before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      p received 204 | ACAO: *
      p completed
      log finished GET https://api.example/a net::ERR_FAILED X-B X-A
      a error net::ERR_FAILED`,
    expected: ['a GET https://api.example/a (preflight p 204) unsent order x-b,x-a net::ERR_FAILED'],
  },
  {
    name: 'the order of headers, never told',
    stream: `
      a before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      p received 204 | ACAO: *
      p completed
      a error net::ERR_FAILED`,
    expected: ['a GET https://api.example/a (preflight p 204) unsent net::ERR_FAILED'],
  },
  {
    name: 'the order of headers of two requests, told in the other order',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: GET | ACRH: x-c,x-d
      p received 204 | ACAO: *
      p completed
      a error net::ERR_FAILED
      q received 204 | ACAO: *
      q completed
      b error net::ERR_FAILED
      log finished GET https://api.example/a net::ERR_FAILED X-D X-C
      log finished GET https://api.example/a net::ERR_FAILED X-B X-A`,
    expected: [
      'a GET https://api.example/a (preflight p 204) unsent order x-b,x-a net::ERR_FAILED',
      'b GET https://api.example/a (preflight q 204) unsent order x-d,x-c net::ERR_FAILED',
    ],
  },
  {
    name: 'the log of another request',
    stream: `
      a before GET https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: GET | ACRH: x-a,x-b
      p received 204 | ACAO: *
      p completed
      a error net::ERR_FAILED
      log finished POST https://api.example/a net::ERR_FAILED X-B X-A
      log finished GET https://api.example/b net::ERR_FAILED X-B X-A
      log finished GET https://api.example/a net::ERR_ABORTED X-B X-A
      log finished GET https://api.example/a net::ERR_FAILED X-A`,
    expected: ['a GET https://api.example/a (preflight p 204) unsent net::ERR_FAILED'],
  },

  // Forgetting
  {
    name: 'clearing everything',
    stream: `
      a before GET https://api.example/a
      a completed
      clear`,
    expected: [],
  },
  {
    name: 'a navigation, which keeps what began after it',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a completed
      b before GET https://api.example/b
      b sent Origin: https://app.example
      clear before b
      b received 200 | ACAO: *
      b completed`,
    expected: ['b GET https://api.example/b 200 completed'],
  },
  {
    name: 'a request that ends after it was forgotten',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      b before GET https://api.example/b
      clear before b
      a error net::ERR_ABORTED
      b sent Origin: https://app.example
      b completed`,
    expected: ['b GET https://api.example/b completed'],
  },
  {
    name: 'a preflight that was forgotten, which explains nothing any more',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 404
      p completed
      clear
      b before PUT https://api.example/a
      b error net::ERR_ABORTED`,
    expected: ['b PUT https://api.example/a unsent net::ERR_ABORTED'],
  },
  {
    name: 'a preflight in the cache, which the browser does not forget',
    stream: `
      a before PUT https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a sent Origin: https://app.example
      a completed
      clear
      b before PUT https://api.example/a
      b sent Origin: https://app.example
      b completed`,
    expected: ['b PUT https://api.example/a (cached p) completed'],
  },
];

/** In Firefox the actual request's headers come before its preflight, and both end in the same error. */
const firefox: readonly Row[] = [
  {
    name: 'a preflight that is redirected, of which more is told after the actual request',
    stream: `
      a before PUT https://api.example/a
      a sent Origin: https://app.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 302 | ACAO: * | Location: https://api.example/b
      p redirect https://api.example/b
      a error NS_ERROR_DOM_BAD_URI
      p before OPTIONS https://api.example/b
      p error NS_ERROR_NET_ON_RECEIVING_FROM`,
    expected: ['a PUT https://api.example/a (preflight p 302) NS_ERROR_DOM_BAD_URI'],
  },
  {
    name: 'a redirect across origins, after which the request is tainted and its preflight is not',
    stream: `
      a before PUT https://api.example/a
      a sent Origin: https://app.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a received 307 | ACAO: * | Location: https://other.example/b
      a redirect https://other.example/b
      a before PUT https://other.example/b
      a sent Origin: null
      q before OPTIONS https://other.example/b
      q sent Origin: https://app.example | ACRM: PUT
      q received 204 | ACAO: null | ACAM: PUT
      q error NS_ERROR_DOM_BAD_URI
      a error NS_ERROR_DOM_BAD_URI`,
    expected: ['a PUT https://api.example/a (preflight p 204) 307 to https://other.example/b > PUT https://other.example/b (preflight q NS_ERROR_DOM_BAD_URI) NS_ERROR_DOM_BAD_URI'],
  },
  {
    name: 'a preflighted request',
    stream: `
      a before PUT https://api.example/a
      a sent Origin: https://app.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a received 200 | ACAO: *
      a completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 200 completed'],
  },
  {
    name: 'a preflight that refuses',
    stream: `
      a before PUT https://api.example/a
      a sent Origin: https://app.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 404
      p error NS_ERROR_DOM_BAD_URI
      a error NS_ERROR_DOM_BAD_URI`,
    expected: ['a PUT https://api.example/a (preflight p NS_ERROR_DOM_BAD_URI) NS_ERROR_DOM_BAD_URI'],
  },
  {
    name: 'a preflight that is redirected',
    stream: `
      a before PUT https://api.example/a
      a sent Origin: https://app.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 302 | ACAO: * | Location: https://api.example/b
      p redirect https://api.example/b
      p before OPTIONS https://api.example/b
      p error NS_ERROR_DOM_BAD_URI
      a error NS_ERROR_DOM_BAD_URI`,
    expected: ['a PUT https://api.example/a (preflight p 302) NS_ERROR_DOM_BAD_URI'],
  },
  {
    name: 'equal requests, of which one passes and one is refused, the refused one first',
    stream: `
      a before PUT https://api.example/a
      a sent Origin: https://app.example
      b before PUT https://api.example/a
      b sent Origin: https://app.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      q before OPTIONS https://api.example/a
      q sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      q received 500
      q error NS_ERROR_DOM_BAD_URI
      b error NS_ERROR_DOM_BAD_URI
      a received 200 | ACAO: *
      a completed`,
    expected: [
      'a PUT https://api.example/a (preflight p 204) 200 completed',
      'b PUT https://api.example/a (preflight q NS_ERROR_DOM_BAD_URI) NS_ERROR_DOM_BAD_URI',
    ],
  },
  {
    name: 'a preflight out of the cache',
    stream: `
      a before PUT https://api.example/a
      a sent Origin: https://app.example
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: PUT
      p received 204 | ACAO: * | ACAM: PUT
      p completed
      a received 200 | ACAO: *
      a completed
      b before PUT https://api.example/a
      b sent Origin: https://app.example
      b received 200 | ACAO: *
      b completed`,
    expected: ['a PUT https://api.example/a (preflight p 204) 200 completed', 'b PUT https://api.example/a (cached p) 200 completed'],
  },
];

function record({ stream }: Pick<Row, 'stream'>, profile: BrowserProfile): readonly string[] {
  const recorder = createRecorder(profile);
  const instructions = parseStream(stream);
  for (const instruction of instructions) {
    if (instruction.kind === 'event') recorder.push(instruction.event);
    else recorder.clear(instruction.before());
  }
  return picture(recorder.exchanges(), instructions);
}

/** Resource Timing says whether the page could read a response; it and the network are told of in any order. */
const loads: readonly Row[] = [
  {
    name: 'a response that the page could read',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed
      log loaded a 200`,
    expected: ['a GET https://api.example/a 200 readable'],
  },
  {
    name: 'a response that was withheld, of which the page knows first',
    stream: `
      a before GET https://api.example/a#top
      a sent Origin: https://app.example
      a received 200
      log loaded a 0
      a completed`,
    expected: ['a GET https://api.example/a 200 withheld'],
  },
  {
    name: 'the same URL many times, one after the other',
    stream: `
      a before GET https://api.example/a
      a received 200
      a completed
      log loaded a 0
      wait 10
      b before GET https://api.example/a
      b received 200
      b completed
      log loaded b 200
      wait 10
      c before GET https://api.example/a
      c received 200
      c completed
      log loaded c 0`,
    expected: ['a GET https://api.example/a unsent 200 withheld', 'b GET https://api.example/a unsent 200 readable', 'c GET https://api.example/a unsent 200 withheld'],
  },
  {
    name: 'the same URL twice at once, with the same outcome',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      a received 200
      b received 200
      a completed
      b completed
      log loaded a 200
      log loaded b 200`,
    expected: ['a GET https://api.example/a unsent 200 readable', 'b GET https://api.example/a unsent 200 readable'],
  },
  {
    name: 'the same URL twice at once, with two outcomes: nothing shows which is whose',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      a received 200
      b received 200
      a completed
      b completed
      log loaded a 200
      log loaded b 0`,
    expected: ['a GET https://api.example/a unsent 200 completed', 'b GET https://api.example/a unsent 200 completed'],
  },
  {
    name: 'the same URL twice at once, of which one load is not told of',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      a received 200
      b received 200
      a completed
      b completed
      log loaded a 200`,
    expected: ['a GET https://api.example/a unsent 200 completed', 'b GET https://api.example/a unsent 200 completed'],
  },
  {
    name: 'a load of the same URL at another time',
    stream: `
      x unseen GET https://api.example/a
      x completed
      log loaded x 200
      wait 1000
      a before GET https://api.example/a
      a received 200
      a completed`,
    expected: ['x GET https://api.example/a unsent readable', 'a GET https://api.example/a unsent 200 completed'],
  },
  {
    name: 'a request that failed, whose end says it all',
    stream: `
      a before GET https://api.example/a
      a error NS_ERROR_CONNECTION_REFUSED
      log loaded a 0`,
    expected: ['a GET https://api.example/a unsent NS_ERROR_CONNECTION_REFUSED'],
  },
];

/** For a while nothing is heard, and nothing is made up of it. */
const gaps: readonly Row[] = [
  {
    name: 'a request that was under way',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      gap`,
    expected: ['a GET https://api.example/a unseen'],
  },
  {
    name: 'a request that goes on afterwards',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      gap
      a received 200 | ACAO: *
      a completed`,
    expected: ['a GET https://api.example/a 200 completed'],
  },
  {
    name: 'a request that is still under way afterwards',
    stream: `
      a before GET https://api.example/a
      gap
      a sent Origin: https://app.example`,
    expected: ['a GET https://api.example/a pending'],
  },
  {
    name: 'a request that was over before, and one that began afterwards',
    stream: `
      a before GET https://api.example/a
      a completed
      gap
      b before GET https://api.example/b`,
    expected: ['a GET https://api.example/a unsent completed', 'b GET https://api.example/b unsent pending'],
  },
  {
    name: 'a request whose beginning was missed',
    stream: `
      a unseen GET https://api.example/a
      gap
      a received 200 | ACAO: *
      a completed`,
    expected: ['a GET https://api.example/a unsent 200 completed'],
  },
  {
    name: 'a request that is forgotten afterwards',
    stream: `
      a before GET https://api.example/a
      gap
      clear
      a completed`,
    expected: [],
  },
];

/** Told by the network log, which knows who called, and by the page, which knows that, too, and what was asked for. */
const callers: readonly Row[] = [
  {
    name: 'a request, once it is over',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 200 | ACAO: *
      a completed
      log called GET https://api.example/a#part f`,
    expected: ['a GET https://api.example/a 200 completed by f'],
  },
  {
    name: 'a request that the log tells of before it begins',
    stream: `
      log called GET https://api.example/a f
      a before GET https://api.example/a`,
    expected: ['a GET https://api.example/a unsent pending by f'],
  },
  {
    name: 'a request that begins long before it is called for',
    stream: `
      a before GET https://api.example/a
      wait 100
      log called GET https://api.example/a f`,
    expected: ['a GET https://api.example/a unsent pending'],
  },
  {
    name: 'a request that was redirected, by its first URL',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      a received 302 | ACAO: * | Location: /b
      a redirect https://api.example/b
      a before GET https://api.example/b
      log called GET https://api.example/b g
      log called GET https://api.example/a f`,
    expected: ['a GET https://api.example/a 302 to https://api.example/b > GET https://api.example/b unsent pending by f'],
  },
  {
    name: 'two that are alike, in order',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      log called GET https://api.example/a f
      log called GET https://api.example/a g`,
    expected: ['a GET https://api.example/a unsent pending by f', 'b GET https://api.example/a unsent pending by g'],
  },
  {
    name: 'two that are alike, of which the log tells one',
    stream: `
      a before GET https://api.example/a
      b before GET https://api.example/a
      log called GET https://api.example/a f`,
    expected: ['a GET https://api.example/a unsent pending', 'b GET https://api.example/a unsent pending'],
  },
  {
    name: 'another method, and another URL',
    stream: `
      a before GET https://api.example/a
      log called PUT https://api.example/a f
      log called GET https://api.example/b f`,
    expected: ['a GET https://api.example/a unsent pending'],
  },
  {
    name: 'an OPTIONS with a preflight, which nobody called for',
    stream: `
      a before OPTIONS https://api.example/a
      p before OPTIONS https://api.example/a
      p sent Origin: https://app.example | ACRM: OPTIONS | ACRH: x-a
      p received 204 | ACAO: * | ACAH: x-a
      p completed
      a sent Origin: https://app.example | X-A: 1
      a received 200 | ACAO: *
      a completed
      log called OPTIONS https://api.example/a f`,
    expected: ['a OPTIONS https://api.example/a (preflight p 204) 200 completed by f'],
  },
  {
    name: 'the page says who called',
    stream: `
      page asked GET https://api.example/a include f
      a before GET https://api.example/a`,
    expected: ['a GET https://api.example/a unsent pending asked include by f'],
  },
  {
    name: 'the log says who called, and the page another one',
    stream: `
      page asked GET https://api.example/a include f
      a before GET https://api.example/a
      log called GET https://api.example/a g`,
    expected: ['a GET https://api.example/a unsent pending asked include by g'],
  },
  {
    name: 'everything is forgotten meanwhile',
    stream: `
      log called GET https://api.example/a f
      page asked GET https://api.example/a include f
      page element https://api.example/b include
      clear
      a before GET https://api.example/a
      b before GET https://api.example/b type=image
      b sent Origin: https://app.example`,
    expected: ['a GET https://api.example/a unsent pending', 'b GET https://api.example/b pending'],
  },
];

const elements: readonly Row[] = [
  {
    name: 'an image',
    stream: `
      a before GET https://api.example/a type=image
      a sent Origin: https://app.example | Sec-Fetch-Mode: cors
      a error net::ERR_FAILED
      page element https://api.example/a include`,
    expected: ['a GET https://api.example/a net::ERR_FAILED asked include'],
  },
  {
    name: 'an image whose URL is not trustworthy',
    stream: `
      a before GET http://api.example/a type=image
      a sent Origin: https://app.example
      page element http://api.example/a include`,
    expected: ['a GET http://api.example/a pending asked include'],
  },
  {
    name: 'a request of a script for the same URL',
    stream: `
      a before GET https://api.example/a
      a sent Origin: https://app.example
      page element https://api.example/a include`,
    expected: ['a GET https://api.example/a pending'],
  },
  {
    name: 'an image that is not asked for with CORS, and one of the same URL that is',
    stream: `
      a before GET https://api.example/a type=image
      b before GET https://api.example/a type=image
      a sent Sec-Fetch-Mode: no-cors
      b sent Origin: https://app.example | Sec-Fetch-Mode: cors
      page element https://api.example/a include`,
    expected: ['a GET https://api.example/a pending', 'b GET https://api.example/a pending asked include'],
  },
  {
    name: 'an image that is sent twice, as after a login',
    stream: `
      a before GET https://api.example/a type=image
      a sent Origin: https://app.example | Sec-Fetch-Mode: cors
      a sent Origin: https://app.example | Sec-Fetch-Mode: cors
      page element https://api.example/a include`,
    expected: ['a GET https://api.example/a pending asked include'],
  },
  {
    name: 'a call of a script for the URL of an image',
    stream: `
      page asked GET https://api.example/a omit
      a before GET https://api.example/a type=image
      a sent Origin: https://app.example | Sec-Fetch-Mode: cors
      page element https://api.example/a include`,
    expected: ['a GET https://api.example/a pending asked include'],
  },
];

describe('what the recorder makes of Chromium\'s events', () => {
  it.each(chromium)('$name', (row) => expect(record(row, browserProfiles.chromium)).toEqual(row.expected));
});

describe('what the recorder makes of Firefox\'s events', () => {
  it.each(firefox)('$name', (row) => expect(record(row, browserProfiles.firefox)).toEqual(row.expected));
});

describe('what the recorder makes of Resource Timing', () => {
  it.each(loads)('$name', (row) => expect(record(row, browserProfiles.firefox)).toEqual(row.expected));
});

describe('what the recorder makes of who called', () => {
  it.each(callers)('$name', (row) => expect(record(row, browserProfiles.chromium)).toEqual(row.expected));
});

describe('what the recorder makes of a page\'s elements', () => {
  it.each(elements)('$name', (row) => expect(record(row, browserProfiles.chromium)).toEqual(row.expected));
});

describe('what the recorder makes of a gap', () => {
  it.each(gaps)('$name', (row) => expect(record(row, browserProfiles.firefox)).toEqual(row.expected));

  it('says when it was, until what began before its end is forgotten', () => {
    const recorder = createRecorder(browserProfiles.firefox);
    const first = { from: 10, until: 20 };
    const second = { from: 30, until: 40 };
    recorder.push({ kind: 'gap', ...first });
    recorder.push({ kind: 'gap', ...second });
    expect(recorder.gaps()).toEqual([first, second]);
    recorder.clear(35);
    expect(recorder.gaps()).toEqual([second]);
    recorder.clear();
    expect(recorder.gaps()).toEqual([]);
  });
});

describe('a hundred equal requests at once', () => {
  const indices = Array.from({ length: 100 }, (_, index) => index);
  /** Every third preflight is refused. */
  const refused = (index: number): boolean => index % 3 === 0;
  const stream = (ending: readonly number[]): string => [
    ...indices.map((index) => `a${index} before PUT https://api.example/a`),
    ...indices.flatMap((index) => [`p${index} before OPTIONS https://api.example/a`, `p${index} sent Origin: https://app.example | ACRM: PUT`]),
    ...indices.flatMap((index) => [`p${index} received ${refused(index) ? '500' : '204 | ACAO: https://app.example | ACAC: true | ACAM: PUT'}`, `p${index} completed`]),
    ...ending.flatMap((index) => (refused(index)
      ? [`a${index} error net::ERR_FAILED`]
      : [`a${index} sent Origin: https://app.example`, `a${index} received 200 | ACAO: https://app.example`, `a${index} completed`])),
  ].join('\n');

  it.each([
    ['in the order in which they began', indices],
    ['in the reverse order', indices.toReversed()],
    ['the refused ones first', [...indices.filter(refused), ...indices.filter((index) => !refused(index))]],
  ] as const)('each has a preflight of its own that explains its end, %s', (_, ending) => {
    const pictures = record({ stream: stream(ending) }, browserProfiles.chromium);
    const preflights = pictures.map((line) => /preflight (p\d+)/.exec(line)?.[1]);
    expect(new Set(preflights).size).toBe(100);
    expect(pictures.map((line) => line.replace(/preflight p\d+/, 'preflight'))).toEqual(indices.map((index) => (refused(index)
      ? `a${index} PUT https://api.example/a (preflight 500) unsent net::ERR_FAILED`
      : `a${index} PUT https://api.example/a (preflight 204) 200 completed`)));
  });
});

describe('a recorder that keeps a few', () => {
  const pushed = (count: number, endOf: (index: number) => string, options: Partial<RecorderOptions> = {}) => {
    const recorder = createRecorder(browserProfiles.chromium, { most: 16, isDispensable: ({ end }) => end.kind === 'completed', ...options });
    const lines = Array.from({ length: count }, (_, index) => [`a${index} before GET https://api.example/${index}`, `a${index} sent Origin: https://app.example`, endOf(index)]);
    for (const instruction of parseStream(lines.flat().join('\n'))) if (instruction.kind === 'event') recorder.push(instruction.event);
    return recorder;
  };
  const idsOf = (recorder: Recorder): readonly string[] => recorder.exchanges().map(({ id }) => id);

  it('keeps what fits', () => {
    const recorder = pushed(16, (index) => `a${index} completed`);
    expect([recorder.exchanges().length, recorder.dropped()]).toEqual([16, 0]);
  });

  it('drops what is no exchange before any that is one', () => {
    const recorder = createRecorder(browserProfiles.chromium, { most: 16, isDispensable: () => true });
    const completed = (id: string, url: string) => ({ kind: 'completed', requestId: id, time: 0, url, method: 'GET', type: 'xmlhttprequest', origin: 'https://app.example', frame: 'f1', status: 200, fromCache: false }) as const;
    recorder.push(completed('a', 'https://api.example/'));
    for (let index = 0; index < 100; index++) recorder.push(completed(`s${index}`, 'https://app.example/'));
    expect([idsOf(recorder), recorder.dropped()]).toEqual([['a'], 0]);
  });

  it('drops the oldest dispensable ones first', () => {
    const recorder = pushed(20, (index) => `a${index} ${index < 10 ? 'error net::ERR_FAILED' : 'completed'}`);
    expect(idsOf(recorder).slice(0, 10)).toEqual(Array.from({ length: 10 }, (_, index) => `a${index}`));
    expect(idsOf(recorder)).not.toContain('a10');
    expect(recorder.exchanges().length + recorder.dropped()).toBe(20);
  });

  it('asks about no more of them than have to go', () => {
    const asked: string[] = [];
    const recorder = pushed(17, (index) => `a${index} completed`, { isDispensable: ({ id }) => asked.push(id) > 0 });
    expect([asked, recorder.dropped()]).toEqual([['a0', 'a1'], 2]);
  });

  it('drops the oldest of the rest where none is dispensable', () => {
    const recorder = pushed(20, (index) => `a${index} error net::ERR_FAILED`);
    expect(idsOf(recorder)).not.toContain('a0');
    expect(idsOf(recorder).at(-1)).toBe('a19');
    expect(recorder.exchanges().length + recorder.dropped()).toBe(20);
  });

  it('makes nothing of what comes later of a request that was dropped', () => {
    const recorder = pushed(20, () => '');
    const before = idsOf(recorder);
    expect(before).not.toContain('a0');
    recorder.push({ kind: 'completed', requestId: 'a0', time: 0, url: 'https://api.example/0', method: 'GET', type: 'xmlhttprequest', origin: 'https://app.example', frame: 'f1', status: 200, fromCache: false });
    expect(idsOf(recorder)).toEqual(before);
  });

  it('counts anew once everything is forgotten', () => {
    const recorder = pushed(20, (index) => `a${index} completed`);
    recorder.clear();
    expect(recorder.dropped()).toBe(0);
  });

  it.each(['chromium', 'firefox'] as const)('holds no more after 100,000 requests of every kind than after 20,000, in %s', (name) => {
    const profile = browserProfiles[name];
    const recorder = createRecorder(profile, { most: 100, isDispensable: () => false });
    const base = { time: 0, type: 'xmlhttprequest', origin: 'https://app.example', frame: 'f1', method: 'PUT' };
    const sizes: number[] = [];
    for (let index = 1; index <= 100_000; index++) {
      const url = `https://api.example/${index}`;
      const preflight = { ...base, url, requestId: `p${index}`, method: 'OPTIONS' };
      const actual = { ...base, url, requestId: `a${index}` };
      const headers = [['Origin', 'https://app.example'], ['Access-Control-Request-Method', 'PUT'], ['Access-Control-Request-Headers', 'x-a,x-b']] as const;
      // Each index of the recorder is fed: preflights without a request, requests without an end, redirects and failures that the log tells more of, timings.
      recorder.push({ kind: 'before-request', ...preflight });
      recorder.push({ kind: 'send-headers', ...preflight, headers });
      if (index % 2 === 0) recorder.push({ kind: 'before-request', ...actual });
      if (index % 4 === 0) recorder.push({ kind: 'error', ...actual, error: profile.corsNetworkError });
      if (index % 3 === 0) recorder.push({ kind: 'completed', ...actual, method: 'GET', requestId: `g${index}`, status: 200, fromCache: false });
      recorder.push({ kind: 'resource-timing', url, from: 0, until: 1, responseStatus: 200 });
      recorder.push({ kind: 'finished', url, method: 'PUT', headerNames: [], error: 'net::ERR_ABORTED' });
      if (index % 20_000 === 0) sizes.push(recorder.size());
    }
    expect(Math.max(...sizes)).toBeLessThanOrEqual((sizes[0] ?? 0) * 1.1);
    expect(recorder.exchanges().length).toBeLessThanOrEqual(100);
  });
});

describe('the list of exchanges', () => {
  const events = parseStream(`
    a before GET https://api.example/a
    a sent Origin: https://app.example
    b before GET https://api.example/b
    a completed
    b completed`).flatMap((instruction) => (instruction.kind === 'event' ? [instruction.event] : []));

  it('is the same object as long as nothing changed', () => {
    const recorder = createRecorder(browserProfiles.chromium);
    expect(recorder.exchanges()).toBe(recorder.exchanges());
    for (const event of events) {
      recorder.push(event);
      expect(recorder.exchanges()).toBe(recorder.exchanges());
    }
    const before = recorder.exchanges();
    const navigation = parseStream('c before GET https://other.example/ type=main_frame');
    for (const instruction of navigation) if (instruction.kind === 'event') recorder.push(instruction.event);
    expect(recorder.exchanges(), 'a navigation is no exchange').toBe(before);
  });

  it('keeps each exchange that did not change, and never changes one that was handed out', () => {
    const recorder = createRecorder(browserProfiles.chromium);
    const handedOut: { readonly exchange: Exchange; readonly copy: Exchange }[] = [];
    for (const event of events) {
      recorder.push(event);
      for (const exchange of recorder.exchanges()) handedOut.push({ exchange, copy: structuredClone(exchange) });
    }
    for (const { exchange, copy } of handedOut) expect(exchange).toEqual(copy);
    const a = handedOut.filter(({ exchange }) => exchange.id === 'a').map(({ exchange }) => exchange);
    expect(a.at(-1), 'only b changed in the last event').toBe(a.at(-2));
  });

  it('is another object after a change and after clearing', () => {
    const recorder = createRecorder(browserProfiles.chromium);
    for (const event of events) recorder.push(event);
    const before = recorder.exchanges();
    recorder.clear();
    expect(recorder.exchanges()).toEqual([]);
    expect(before).toHaveLength(2);
  });

  it('says when each request was sent and when its response began', () => {
    const recorder = createRecorder(browserProfiles.chromium);
    const options = { requestId: 'p', url: 'https://api.example/a', method: 'OPTIONS', type: 'other', origin: 'https://app.example', frame: '0' } as const;
    const put = { ...options, requestId: 'a', method: 'PUT', type: 'xmlhttprequest' } as const;
    const asks = [['Origin', 'https://app.example'], ['Access-Control-Request-Method', 'PUT']] as const;
    const allows = [['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Methods', 'PUT']] as const;
    recorder.push({ ...put, time: 1, kind: 'before-request' });
    recorder.push({ ...options, time: 2, kind: 'before-request' });
    recorder.push({ ...options, time: 3, kind: 'send-headers', headers: asks });
    recorder.push({ ...options, time: 5, kind: 'headers-received', status: 204, headers: allows });
    recorder.push({ ...options, time: 8, kind: 'completed', status: 204, fromCache: false });
    recorder.push({ ...put, time: 13, kind: 'send-headers', headers: [['Origin', 'https://app.example']] });
    expect(recorder.exchanges()[0]?.hops[0]).toMatchObject({ times: { sentAt: 13, answeredAt: null }, preflight: { times: { sentAt: 3, answeredAt: 5 } } });
    recorder.push({ ...put, time: 21, kind: 'headers-received', status: 200, headers: allows });
    expect(recorder.exchanges()[0]?.hops[0].times).toEqual({ sentAt: 13, answeredAt: 21 });
  });

  it('says not when a request was sent whose headers Firefox tells before the preflight', () => {
    const recorder = createRecorder(browserProfiles.firefox);
    const put = { requestId: 'a', url: 'https://api.example/a', method: 'PUT', type: 'xmlhttprequest', origin: 'https://app.example', frame: '0' } as const;
    const options = { ...put, requestId: 'p', method: 'OPTIONS' } as const;
    const allows = [['Access-Control-Allow-Origin', '*'], ['Access-Control-Allow-Methods', 'PUT']] as const;
    recorder.push({ ...put, time: 1, kind: 'before-request' });
    recorder.push({ ...put, time: 2, kind: 'send-headers', headers: [['Origin', 'https://app.example']] });
    recorder.push({ ...options, time: 3, kind: 'before-request' });
    recorder.push({ ...options, time: 5, kind: 'send-headers', headers: [['Origin', 'https://app.example'], ['Access-Control-Request-Method', 'PUT']] });
    recorder.push({ ...options, time: 8, kind: 'headers-received', status: 204, headers: allows });
    recorder.push({ ...options, time: 13, kind: 'completed', status: 204, fromCache: false });
    recorder.push({ ...put, time: 21, kind: 'headers-received', status: 200, headers: allows });
    expect(recorder.exchanges()[0]?.hops[0]).toMatchObject({ times: { sentAt: null, answeredAt: 21 }, preflight: { times: { sentAt: 5, answeredAt: 8 } } });
  });

  it('is in the order in which the requests began', () => {
    const recorder = createRecorder(browserProfiles.chromium);
    for (const event of events) recorder.push(event);
    expect(recorder.exchanges().map(({ id }) => id)).toEqual(['a', 'b']);
  });
});
