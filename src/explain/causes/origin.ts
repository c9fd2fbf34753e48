import { byteLowercase } from '../../fetch/byte.ts';
import { differingParts, serializeOrigin } from '../../fetch/origin.ts';
import { isLoopback, parseUrl } from '../../fetch/url.ts';
import { pastableOrigin } from './paste.ts';
import { failsOn, isBelow, isPreflight, issue, lineOf, severalOrigins, shortened, statusAnd } from './signs.ts';
import type { CauseRow, Scene } from './cause.ts';
import { isSentTwice } from './layers.ts';

const acao = 'Access-Control-Allow-Origin';

/** The origin that had to be allowed and the value that came, where the two differ; null: the fault is another. */
function compared({ block }: Scene): { readonly origin: string; readonly found: string } | null {
  // Something between the browser and us may have rewritten Origin.
  return failsOn(block, 'InvalidAllowOriginValue', 'AllowOriginMismatch') && block.at.origin !== 'null' && parseUrl(block.at.origin)
    ? { origin: block.at.origin, found: block.error.found ?? '' }
    : null;
}

const asked = ({ block, response }: Scene): string => `Origin: ${shortened(block.at.origin)} · ${lineOf(response.headers, acao) ?? `no ${acao}`}`;
const corsSpec = 'https://fetch.spec.whatwg.org/#http-access-control-allow-origin';

/** A row about a value that is the origin but for one slip; `slip` tells what follows "The allowed origin …". */
const nearly = (id: string, source: string, slip: (origin: string, found: string) => string | null): CauseRow => ({
  id, owner: 'api-server', source,
  short: (scene) => `The allowed origin ${(slip(scene.block.at.origin, scene.block.error.found ?? '') ?? '').split(/[:.] /, 1).join()}`,
  explain: (scene) => {
    const values = compared(scene);
    const said = values && slip(values.origin, values.found);
    return said ? `The allowed origin ${said}.` : null;
  },
  evidence: asked,
});

export const originWithSlash = nearly('origin-with-slash', issue('keycloak/keycloak/issues/25522'), (origin, found) =>
  (found === `${origin}/` ? 'ends with a slash: an origin has no path' : null));

export const originInUpperCase = nearly('origin-in-upper-case', corsSpec, (origin, found) =>
  (found !== origin && byteLowercase(found) === origin ? 'is written in upper case: origins are compared byte by byte' : null));

export const originWithPath = nearly('origin-with-path', issue('metabase/metabase/issues/75839'), (origin, found) =>
  (found !== `${origin}/` && byteLowercase(found) !== origin && serializeOrigin(found) === origin ? `has more in it than an origin: send ${origin}` : null));

export const originWithoutScheme = nearly('origin-without-scheme', corsSpec, (origin, found) =>
  (`${new URL(origin).protocol}//${found}` === origin ? 'has no scheme: send it in full' : null));

export const originInQuotes = nearly('origin-in-quotes', issue('electerious/Ackee/issues/79'), (origin, found) =>
  (/^(["'`]).+\1$/.test(found) && (found.slice(1, -1) === origin || found.slice(1, -1) === '*') ? 'stands in quotation marks: the header has none' : null));

export const originDiffersInScheme = nearly('origin-differs-in-scheme', corsSpec, (origin, found) =>
  (isOnly('scheme', origin, found) ? `differs in its scheme: the page has ${new URL(origin).protocol}, the server allows ${new URL(found).protocol}` : null));

export const originDiffersInPort = nearly('origin-differs-in-port', issue('FortAwesome/Font-Awesome/issues/19163'), (origin, found) =>
  (isOnly('port', origin, found) ? `differs in its port: the page has ${portOf(origin)}, the server allows ${portOf(found)}` : null));

export const loopbackNamesDiffer = nearly('loopback-names-differ', issue('microsoft/Web-Dev-For-Beginners/issues/89'), (origin, found) => {
  const parts = differingParts(origin, found);
  return parts?.includes('host') && isLoopback(new URL(origin).hostname) && isLoopback(new URL(found).hostname)
    ? `is ${new URL(found).host} and the page is at ${new URL(origin).host}: both are this machine, and their origins differ all the same. Open the page at the other name, or allow both`
    : null;
});

export const originDiffersInWww = nearly('origin-differs-in-www', issue('ForestAdmin/agent-nodejs/pull/1868'), (origin, found) => {
  if (!isOnly('host', origin, found)) return null;
  const [page, allowed] = [new URL(origin).hostname, new URL(found).hostname];
  return page === `www.${allowed}` ? 'has no www. and the page has it' : allowed === `www.${page}` ? 'begins with www. and the page does not' : null;
});

const isOnly = (part: 'scheme' | 'host' | 'port', origin: string, found: string): boolean => {
  const parts = differingParts(origin, found);
  // The rest of a URL is a slip of its own.
  return parts?.length === 1 && parts[0] === part && serializeOrigin(found) === byteLowercase(found);
};

const portOf = (url: string): string => new URL(url).port || 'the default port';

export const originIsPattern: CauseRow = {
  id: 'origin-is-pattern', owner: 'api-server', source: issue('guardian/membership-frontend/pull/493'),
  short: () => 'The allowed origin is a pattern',
  explain: (scene) => {
    const found = compared(scene)?.found ?? '';
    return found.length > 3 && /[*^$]/.test(found) && /[\w\\]\.\w|\.\*|\*\./.test(found)
      ? `The server sends the pattern ${shortened(found)} as allowed origin, and browsers know no patterns. Let the server match it and answer with the one origin that asked.`
      : null;
  },
  evidence: asked,
};

const placeholders: ReadonlySet<string> = new Set(['undefined', 'none', 'nil', 'true', 'false', 'nan', '(null)', 'origin', '$http_origin', '%{origin}e', '%{http_origin}e']);

export const settingWithoutValue: CauseRow = {
  id: 'setting-without-value', owner: 'api-server', source: corsSpec,
  short: () => 'The allowed origin is a setting that nobody set',
  explain: (scene) => {
    const found = compared(scene)?.found;
    return found !== undefined && (found === '' || placeholders.has(found.toLowerCase()) || found.startsWith('[object') || /^(\$\{|\{\{|%\()[^/]{1,80}$/.test(found))
      ? `The server sends ${found === '' ? 'an empty value' : shortened(found)} as allowed origin. Probably a setting has no value: set it to ${scene.block.at.origin}.`
      : null;
  },
  evidence: asked,
};

export const developmentPage: CauseRow = {
  id: 'development-page', owner: 'page', source: issue('vitejs/vite/issues/3649'),
  short: () => 'The page is in development, and another origin is allowed',
  explain: (scene) => {
    const values = compared(scene);
    const allowed = values && parseUrl(values.found);
    return allowed && isLoopback(new URL(values.origin).hostname) && /^https?:$/.test(allowed.protocol) && !isLoopback(allowed.hostname) && !values.found.includes('*')
      ? `The page runs on this machine, at ${values.origin}, and ${scene.host} allows ${shortened(values.found)}. Let the development server pass the requests on, or allow this origin on a test server.`
      : null;
  },
  evidence: asked,
  fix: ({ block }) => `In the development server, pass this path on to ${new URL(block.hop.url).origin} (Vite: server.proxy), and request it from the page's own origin.`,
  code: ({ block }) => {
    const target = pastableOrigin(block.hop.url);
    // A key of Vite's that begins with ^ would be a regular expression; one that begins with a slash is a prefix.
    const [prefix] = /^\/[\w-]+/.exec(new URL(block.hop.url).pathname) ?? ['/api'];
    return target && `server: { proxy: { '${prefix}': { target: '${target}', changeOrigin: true } } }`;
  },
};

const previewHosts: readonly string[] = ['vercel.app', 'netlify.app', 'pages.dev', 'workers.dev', 'onrender.com', 'herokuapp.com', 'web.app', 'amplifyapp.com', 'azurestaticapps.net', 'surge.sh', 'up.railway.app', 'fly.dev'];

export const previewPage: CauseRow = {
  id: 'preview-page', owner: 'api-server', source: issue('twentyhq/twenty/pull/23774'),
  short: () => 'The page is a preview, and another origin is allowed',
  explain: (scene) => {
    const values = compared(scene);
    const domain = values && previewHosts.find((host) => isBelow(new URL(values.origin).hostname, host));
    return values && domain && parseUrl(values.found)?.host
      ? `The page is at a host of ${domain}, which is often a preview with a name of its own, and ${scene.host} allows ${shortened(values.found)}. Match previews by a list of your own, and answer with the one that asked.`
      : null;
  },
  evidence: asked,
};

export const severalOriginsInOneHeader: CauseRow = {
  id: 'several-origins-in-one-header', owner: 'api-server', source: issue('cloudendpoints/endpoints-tools/issues/58'),
  short: () => 'The server sends a list of origins',
  explain: (scene) => (severalOrigins(scene)?.lines === 1 && !isSentTwice(scene)
    ? 'The server sends its whole list of origins. It has to choose the one that asked.'
    : null),
  evidence: asked,
};

export const originNotAllowed: CauseRow = {
  id: 'origin-not-allowed', owner: 'api-server', source: issue('ForestAdmin/agent-nodejs/pull/1868'),
  short: null,
  explain: ({ block, host }) => (failsOn(block, 'InvalidAllowOriginValue', 'AllowOriginMismatch') && block.at.origin !== 'null'
    ? `${host} allows another origin. Add ${block.at.origin} to its list.`
    : null),
  evidence: asked,
};

export const htmlInsteadOfData: CauseRow = {
  id: 'html-instead-of-data', owner: 'client-code', source: corsSpec,
  short: () => 'A web page came back instead of data',
  explain: ({ exchange, block, response, host }) => (exchange.type === 'xmlhttprequest' && !isPreflight(block) && response.status >= 200 && response.status <= 299
    && failsOn(block, 'MissingAllowOriginHeader') && /^content-type: text\/html/i.test(lineOf(response.headers, 'content-type') ?? '')
    ? `${host} answered with a web page, not with data. Usually the path is wrong, or a login or a start page stands there for every unknown path. Check the URL first.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'Content-Type'),
  fix: () => 'Open the URL in a tab and compare it with the API\'s documentation.',
};

export const noCorsHeaders: CauseRow = {
  id: 'no-cors-headers', owner: 'api-server', source: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/CORSMissingAllowOrigin',
  short: null,
  explain: ({ block, host }) => (failsOn(block, 'MissingAllowOriginHeader')
    ? `${host} sends no CORS headers here. If the server is yours, allow the origin; if not, call it from your own server.`
    : null),
  evidence: ({ response }) => `${statusAnd(response, 'Server')} · no ${acao}`,
  fix: () => 'If the server is not yours, let your own server ask it, and request your own server from the page.',
};
