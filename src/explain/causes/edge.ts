import { contains, get, values } from '../../fetch/header-list.ts';
import { parseUrl } from '../../fetch/url.ts';
import { failsOn, hidesError, isBelow, isPreflight, issue, lineOf, statusAnd } from './signs.ts';
import type { CauseRow, Scene } from './cause.ts';

/** Whether something answered without CORS headers and with another status than success. */
const isBareRefusal = ({ block, response }: Scene): boolean =>
  failsOn(block, 'MissingAllowOriginHeader') && response.status >= 300 || block.error.code === 'PreflightInvalidStatus';

const has = ({ response }: Scene, name: Lowercase<string>): boolean => contains(response.headers, name);
const server = ({ response }: Scene): string => get(response.headers, 'server') ?? '';

export const botChallenge: CauseRow = {
  id: 'bot-challenge', owner: 'proxy', source: 'https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/',
  short: ({ response }) => `A ${response.status} hides behind CORS: a bot check answered`,
  explain: (scene) => (isBareRefusal(scene) && get(scene.response.headers, 'cf-mitigated') === 'challenge'
    ? `Cloudflare answered for ${scene.host} with a challenge page, which no script can solve. Exempt the API's paths and OPTIONS from the challenge.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'cf-mitigated', 'CF-Ray'),
  fix: () => 'Add a rule in Cloudflare that skips challenges for the API\'s paths.',
};

const gatewayStatuses: ReadonlyMap<number, string> = new Map([
  [502, 'the application behind it is down or answered nonsense'], [503, 'the application behind it is not available'], [504, 'the application behind it took too long'],
  [520, 'the application behind it answered nonsense'], [521, 'the application behind it is down'], [522, 'the application behind it cannot be reached'],
  [523, 'the application behind it cannot be reached'], [524, 'the application behind it took too long'], [525, 'TLS between it and the application failed'],
  [526, 'the certificate of the application behind it is not valid'], [530, 'the application behind it cannot be found'],
]);

export const gatewayError: CauseRow = {
  id: 'gateway-error', owner: 'proxy', source: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.6.3',
  short: ({ response }) => `A ${response.status} hides behind CORS: a proxy answered`,
  explain: (scene) => {
    const reason = gatewayStatuses.get(scene.response.status);
    if (!reason || !(hidesError(scene) || (isPreflight(scene.block) && isBareRefusal(scene)))) return null;
    const who = server(scene) === '' ? 'A proxy' : `${lineOf(scene.response.headers, 'Server')?.slice('Server: '.length) ?? ''}, a proxy,`;
    return `${who} probably answered ${scene.response.status} for ${scene.host}: ${reason}. CORS only hides it. Look at the application first.`;
  },
  evidence: ({ response }) => statusAnd(response, 'Server', 'Via', 'CF-Ray'),
  fix: () => 'Start the application, or look in its log. Then let the proxy add the CORS headers to its own error pages.',
};

export const apiGatewayAnswered: CauseRow = {
  id: 'api-gateway-answered', owner: 'proxy', source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html',
  short: ({ response }) => `A ${response.status} hides behind CORS: API Gateway answered`,
  explain: (scene) => {
    if (!isBareRefusal(scene) || scene.response.status < 400 || !(has(scene, 'x-amz-apigw-id') || has(scene, 'x-amzn-errortype') || has(scene, 'apigw-requestid'))) return null;
    return has(scene, 'x-amzn-errortype')
      ? `API Gateway itself answered ${scene.response.status}, so your function never ran. Add CORS headers to the gateway responses DEFAULT_4XX and DEFAULT_5XX.`
      : `${scene.response.status} came through API Gateway without CORS headers. Return them from the function, errors included, and add them to the gateway responses.`;
  },
  evidence: ({ response }) => statusAnd(response, 'x-amzn-ErrorType', 'x-amz-apigw-id', 'apigw-requestid'),
};

const googleHosts: readonly string[] = ['run.app', 'cloudfunctions.net', 'appspot.com'];

export const cloudRunRefused: CauseRow = {
  id: 'cloud-run-refused', owner: 'proxy', source: 'https://cloud.google.com/run/docs/authenticating/public',
  short: ({ response }) => `A ${response.status} hides behind CORS: Google Cloud answered`,
  explain: (scene) => {
    const { status } = scene.response;
    if (!isBareRefusal(scene) || !googleHosts.some((domain) => isBelow(scene.hostname, domain))) return null;
    if (status === 401 || status === 403) return `Google Cloud usually answers ${status} for ${scene.host} itself, before your code runs. Let everybody invoke the service, and check who calls in your code.`;
    return status === 404 ? `${scene.host} answered 404. Usually the function's name or region is another, or its last deployment failed.` : null;
  },
  evidence: ({ response, host }) => `${host} · ${statusAnd(response, 'Server', 'x-cloud-trace-context')}`,
  fix: ({ response }) => (response.status === 404 ? 'Check the function\'s name and region in the URL.' : 'Give allUsers the role Cloud Run Invoker.'),
};

export const edgeFunctionWithoutOptions: CauseRow = {
  id: 'edge-function-without-options', owner: 'api-server', source: 'https://supabase.com/docs/guides/functions/cors',
  short: ({ response }) => `A ${response.status}: the edge function does not answer for CORS`,
  explain: (scene) => {
    const { block, response, hostname } = scene;
    const isFunction = (isBelow(hostname, 'supabase.co') && parseUrl(block.hop.url)?.pathname.startsWith('/functions/')) || isBelow(hostname, 'functions.supabase.co');
    if (!isFunction || !isBareRefusal(scene)) return null;
    return isPreflight(block)
      ? `The Supabase function answered the preflight with ${response.status}. Answer OPTIONS in its first lines, before it reads the body; a 500 or 546 usually means that it crashed.`
      : `The Supabase function answered ${response.status} without CORS headers. Put them on every Response that it returns, errors included.`;
  },
  evidence: ({ response, host }) => `${host} · ${statusAnd(response, 'x-deno-execution-id', 'sb-request-id')}`,
};

/** Tunnels and previews that want somebody to sign in, or to click, before they pass anything on. */
const guardedHosts: readonly { readonly domain: string; readonly name: string; readonly remedy: string }[] = [
  { domain: 'app.github.dev', name: 'GitHub Codespaces', remedy: 'Set the port\'s visibility to Public in the Ports tab.' },
  { domain: 'devtunnels.ms', name: 'Dev Tunnels', remedy: 'Allow anonymous access to the tunnel.' },
  { domain: 'gitpod.io', name: 'Gitpod', remedy: 'Make the port public.' },
  { domain: 'csb.app', name: 'CodeSandbox', remedy: 'Make the sandbox public.' },
  { domain: 'cloudworkstations.dev', name: 'Cloud Workstations', remedy: 'Enable CORS preflight for the port.' },
  { domain: 'vercel.app', name: 'Vercel\'s Deployment Protection', remedy: 'Add the path to the OPTIONS allowlist of Deployment Protection, or use the production domain.' },
  { domain: 'netlify.app', name: 'Netlify\'s site protection', remedy: 'Take the password protection away from the API.' },
  { domain: 'loca.lt', name: 'localtunnel', remedy: 'Send the header bypass-tunnel-reminder, and allow it.' },
];

const guard = ({ hostname }: Scene) => guardedHosts.find(({ domain }) => isBelow(hostname, domain));

export const guardedPreview: CauseRow = {
  id: 'guarded-preview', owner: 'proxy', source: issue('gitpod-io/gitpod/issues/14576'),
  short: (scene) => `${guard(scene)?.name ?? 'The tunnel'} wants a login first`,
  explain: (scene) => {
    const known = guard(scene);
    const { status } = scene.response;
    const isRefused = status === 401 || status === 403 || status === 511 || (status >= 300 && status < 400);
    return known && isRefused && (isBareRefusal(scene) || scene.block.error.code === 'PreflightDisallowedRedirect')
      ? `${known.name} probably answered for ${scene.host}, not your application: it wants a login first, and a preflight has none. ${known.remedy}`
      : null;
  },
  evidence: ({ response, host }) => `${host} · ${statusAnd(response, 'Location', 'Server')}`,
  fix: (scene) => guard(scene)?.remedy ?? '',
};

const ngrokHosts: readonly string[] = ['ngrok.io', 'ngrok.app', 'ngrok.dev', 'ngrok-free.app', 'ngrok-free.dev'];

export const tunnelWarningPage: CauseRow = {
  id: 'tunnel-warning-page', owner: 'proxy', source: 'https://ngrok.com/docs/errors/err_ngrok_6024/',
  short: () => 'ngrok answered instead of your server',
  explain: (scene) => {
    const code = get(scene.response.headers, 'ngrok-error-code');
    if (!failsOn(scene.block, 'MissingAllowOriginHeader') || (code === null && !ngrokHosts.some((domain) => isBelow(scene.hostname, domain)))) return null;
    if (code === 'ERR_NGROK_6024') return 'ngrok answered with its warning page instead of your server. Send the header ngrok-skip-browser-warning with any value, and allow it in your server.';
    return code === null ? null : `ngrok answered with ${code} instead of your server. Check that the tunnel and the server behind it run.`;
  },
  evidence: ({ response }) => statusAnd(response, 'ngrok-error-code'),
  fix: ({ response }) => (get(response.headers, 'ngrok-error-code') === 'ERR_NGROK_6024' ? 'Send ngrok-skip-browser-warning: 1 with each request.' : 'Start the tunnel and the server again.'),
};

const isAmazonS3 = (scene: Scene): boolean => server(scene) === 'AmazonS3' || values(scene.response.headers, 'x-amz-bucket-region').length > 0;

export const bucketInOtherRegion: CauseRow = {
  id: 'bucket-in-other-region', owner: 'client-code', source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html',
  short: () => 'The bucket is in another region',
  explain: (scene) => (isAmazonS3(scene) && (scene.response.status === 301 || scene.response.status === 307)
    ? `S3 redirects because the bucket is in another region${has(scene, 'x-amz-bucket-region') ? `, ${get(scene.response.headers, 'x-amz-bucket-region') ?? ''}` : ''}. Use the regional host name of the bucket, also where the URL is signed.`
    : null),
  evidence: ({ response }) => statusAnd(response, 'Server', 'x-amz-bucket-region', 'Location'),
  fix: ({ response }) => `Set the region ${get(response.headers, 'x-amz-bucket-region') ?? 'of the bucket'} in the client that makes the URL.`,
};

export const bucketWithoutRule: CauseRow = {
  id: 'bucket-without-rule', owner: 'api-server', source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/cors-troubleshooting.html',
  short: () => 'No CORS rule of the bucket fits',
  explain: (scene) => {
    if (!isAmazonS3(scene) || !failsOn(scene.block, 'MissingAllowOriginHeader') || (scene.response.status >= 300 && scene.response.status < 400)) return null;
    if (isPreflight(scene.block)) return `S3 refused the preflight: no CORS rule of the bucket fits this origin, method and headers. Add a rule that names all three.`;
    return scene.response.status >= 400
      ? `S3 answered ${scene.response.status}, and CORS hides it: usually the signature, a permission or the name is wrong. A CORS rule that fits would show the error.`
      : `S3 sent the object without CORS headers: no CORS rule of the bucket fits this origin and method.`;
  },
  evidence: ({ response }) => statusAnd(response, 'Server', 'x-amz-request-id'),
};
