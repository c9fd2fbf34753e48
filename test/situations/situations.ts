import type { TlsOptions } from 'node:tls';
import { allowMethods, allowOrigin, answer, noContent, ok, redirect } from '../playground/entry.ts';
import type { HeaderLine, RawAnswer, RawRequest } from '../playground/raw-server.ts';
import { expired, misnamed, trusted, unfit, weak } from './certificates.ts';

/** A cause that no plain browser on one machine shows: it takes a page, a server or a browser set up for it. */
export interface Situation {
  readonly name: string;
  /** What the panel must tell first: an id of `causes.ts`, `net-errors.ts` or `across.ts`; null: it must tell none, and not know the outcome. */
  readonly cause: string | null;
  /** Where one browser shows less: what the panel must tell first there. */
  readonly inChromium?: string;
  readonly inFirefox?: string;
  /** The browsers that refuse before there is a request: the panel must show none. */
  readonly unseenIn?: readonly ('chromium' | 'firefox')[];
  /** The browser that knows such a thing; default: both. */
  readonly onlyIn?: 'chromium' | 'firefox';
  readonly page?: {
    /** Default: localhost. */
    readonly host?: string;
    readonly headers?: readonly HeaderLine[];
    readonly tls?: TlsOptions;
  };
  readonly server?: {
    /** Default: localhost. */
    readonly host?: string;
    /** Where nothing of ours listens. */
    readonly port?: number;
    readonly tls?: TlsOptions;
  };
  readonly isOffline?: boolean;
  /** Default: 200 for everybody. */
  readonly answer?: (request: RawRequest, at: { readonly page: string; readonly other: string }) => RawAnswer;
  /** What the page does with the server's origin, in a function's body; the request that is judged goes to the path /judged. Default: it fetches that. */
  readonly does?: string;
}

const fetches = (path: string, options = '{}'): string => `await fetch(server + ${JSON.stringify(path)}, ${options}).catch(() => undefined)`;
/** What a page does unless a situation says otherwise. */
export const fetchesJudged = fetches('/judged');
const overHttp = (method: string): string => `await fetch(server.replace('https:', 'http:') + '/judged', { method: '${method}' }).catch(() => undefined)`;
const everybody = ok(allowOrigin('*'));
const isOptions = ({ method }: RawRequest): boolean => method === 'OPTIONS';
const isAt = ({ target }: RawRequest, path: string): boolean => target.startsWith(path);

/** Hosts of services that are known by their names. */
export const names = {
  preview: 'cors-inspector-git-main.vercel.app',
  function: 'cors-inspector-abc.a.run.app',
  edge: 'corsinspector.supabase.co',
  proxied: 'proxied.example',
  http: 'http.example',
  tracker: 'itisatracker.org',
} as const;

export const situations: readonly Situation[] = [
  {
    name: 'a preview that wants a login', cause: 'guarded-preview',
    server: { host: names.preview, tls: trusted }, answer: () => answer(401),
  },
  {
    name: 'a function that nobody may invoke', cause: 'cloud-run-refused',
    server: { host: names.function, tls: trusted }, answer: () => answer(403),
  },
  {
    name: 'an edge function that fails on OPTIONS', cause: 'edge-function-without-options',
    server: { host: names.edge }, answer: () => answer(500), does: fetches('/functions/v1/judged', '{ method: "PUT" }'),
  },
  {
    name: 'a preview of the page, where production is allowed', cause: 'preview-page',
    page: { host: names.preview, tls: trusted }, server: { tls: trusted }, answer: () => ok(allowOrigin('https://shop.example')),
  },
  { name: 'a certificate that has expired', cause: 'cert-expired', server: { tls: expired } },
  { name: 'a certificate for another host', cause: 'cert-name-mismatch', server: { tls: misnamed } },
  { name: 'a certificate signed with SHA-1', cause: 'cert-weak', inChromium: 'cert-invalid', server: { tls: { ...weak, ciphers: 'DEFAULT:@SECLEVEL=0' } } },
  { name: 'a certificate that is for clients', cause: 'cert-invalid', server: { tls: unfit } },
  {
    name: 'a server that wants a certificate from the browser', cause: 'client-certificate', inFirefox: 'tls',
    server: { tls: { ...trusted, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' } },
  },
  // There the handshake is over for the browser before the server says so, and Chromium's error depends on which is told first.
  { name: 'the same in TLS 1.3', cause: 'client-certificate', onlyIn: 'firefox', server: { tls: { ...trusted, requestCert: true, rejectUnauthorized: true } } },
  { name: 'a server that knows TLS 1.1 only', cause: 'tls-version', server: { tls: { ...trusted, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } } },
  {
    name: 'an https page that asks for http', cause: null, unseenIn: ['chromium', 'firefox'],
    page: { tls: trusted }, server: { host: names.http },
  },
  {
    name: 'an https page that is redirected to http', cause: null,
    page: { tls: trusted }, server: { tls: trusted }, answer: (_, { page, other }) => redirect(302, other.replace('localhost', names.http), allowOrigin(page)),
  },
  {
    name: 'a redirect to where the page\'s policy does not allow to connect', cause: null,
    page: { headers: [['Content-Security-Policy', 'connect-src {server}']] },
    answer: (_, { page, other }) => redirect(302, other.replace('localhost', '127.0.0.1'), allowOrigin(page)),
  },
  {
    name: 'an image that does not agree to be embedded', cause: 'coep',
    page: { headers: [['Cross-Origin-Embedder-Policy', 'require-corp']] },
    server: { host: names.http }, answer: () => ({ status: 200, headers: [['Content-Type', 'image/svg+xml']], body: '<svg xmlns="http://www.w3.org/2000/svg"/>' }),
    does: 'await new Promise((resolve) => { const image = new Image(); image.onload = image.onerror = resolve; image.src = server + "/judged"; })',
  },
  // Browsers speak https only to every host in .app. For Chromium that is a redirect to another origin, for Firefox the very URL.
  {
    name: 'a request that HSTS takes to https, where no headers are', cause: 'no-cors-headers', inChromium: 'origin-lost-in-redirect',
    server: { host: names.preview, tls: trusted }, answer: () => ok(), does: overHttp('GET'),
  },
  { name: 'a CORS-preflight request that HSTS would take to https', cause: null, onlyIn: 'chromium', server: { host: names.preview, tls: trusted }, does: overHttp('PUT') },
  { name: 'a port to which browsers do not connect', cause: 'unsafe-port', unseenIn: ['firefox'], server: { port: 6667 } },
  { name: 'no network', cause: 'offline', isOffline: true, server: { host: '192.0.2.1' } },
  { name: 'an extension that blocks', cause: 'blocked-by-extension', does: fetches('/judged?advertisement') },
  {
    name: 'an extension that redirects to where no headers are', cause: 'no-cors-headers',
    does: fetches('/judged?redirected'), answer: (request) => (isAt(request, '/elsewhere') ? ok() : everybody),
  },
  // Firefox shows the headers as other extensions leave them.
  { name: 'an extension that adds the header', cause: 'extension-rewrites-headers', onlyIn: 'chromium', does: fetches('/judged?rewritten'), answer: () => ok() },
  { name: 'a proxy that is down', cause: 'proxy', server: { host: names.proxied } },
  { name: 'a tracker', cause: 'tracking-protection', onlyIn: 'firefox', server: { host: names.tracker } },
  {
    name: 'a body that is not encoded as its header says', cause: 'bad-response', onlyIn: 'chromium',
    answer: () => ok(allowOrigin('*'), ['Content-Encoding', 'gzip']), does: 'await fetch(server + "/judged").then((response) => response.text()).catch(() => undefined)',
  },
  {
    name: 'errors alone without headers', cause: 'only-errors-lack-headers',
    answer: (request) => (isAt(request, '/fine') ? everybody : answer(500)), does: `${fetches('/fine')}; ${fetchesJudged}`,
  },
  {
    name: 'preflights alone without headers', cause: 'only-preflights-lack-headers',
    answer: (request) => (isOptions(request) ? noContent() : everybody), does: `${fetches('/fine')}; ${fetches('/judged', '{ method: "PUT" }')}`,
  },
  {
    name: 'preflights alone with headers', cause: 'only-preflights-have-headers',
    answer: (request) => (isOptions(request) ? noContent(allowOrigin('*'), allowMethods('PUT')) : ok()), does: fetches('/judged', '{ method: "PUT" }'),
  },
  {
    name: 'a page of another origin that may read', cause: 'allowed-for-another-origin',
    answer: ({ headers }, { page }) => (headers.some(([, value]) => value === page) ? ok() : everybody),
    does: `await new Promise((resolve) => {
      onmessage = resolve;
      const frame = document.createElement('iframe');
      frame.src = location.origin.replace('localhost', 'frame.localhost') + '/?' + encodeURIComponent(server + '/fine');
      document.body.append(frame);
    }); ${fetchesJudged}`,
  },
  {
    name: 'another path of the server with headers', cause: 'works-elsewhere-on-server',
    answer: (request) => (isAt(request, '/fine') ? everybody : ok()), does: `${fetches('/fine')}; ${fetchesJudged}`,
  },
];
