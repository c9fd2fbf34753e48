import { type Header, type HeaderList, values } from '../fetch/header-list.ts';
import type { Exchange } from '../exchange/exchange.ts';

/** What kind of machine signed: the code that makes the answer, or what stands in front of it. */
export type Layer = 'application' | 'server' | 'cdn';

/** A server that responses can be recognised to come from. A sign is a guess: anybody can send any header. */
export interface ServerRow {
  readonly name: string;
  readonly layer: Layer;
  /** In lower case; a recipe whose fingerprints begin one of these is for this server. */
  readonly fingerprint: string;
  /** Header names, byte-lowercase, with the lowercase beginning of the value; an empty one means any value. */
  readonly signs: readonly (readonly [name: string, begins: string, certainty: Certainty])[];
}

export type Certainty = 'likely' | 'possible';

/** Adding one is adding its row. */
export const servers: readonly ServerRow[] = [
  { name: 'Express', layer: 'application', fingerprint: 'express', signs: [['x-powered-by', 'express', 'likely'], ['set-cookie', 'connect.sid=', 'possible']] },
  { name: 'Next.js', layer: 'application', fingerprint: 'next.js', signs: [['x-powered-by', 'next.js', 'likely'], ['x-nextjs-cache', '', 'likely']] },
  { name: 'Nuxt', layer: 'application', fingerprint: 'nuxt', signs: [['x-powered-by', 'nuxt', 'likely']] },
  { name: 'ASP.NET Core', layer: 'application', fingerprint: 'kestrel', signs: [['server', 'kestrel', 'likely'], ['set-cookie', '.aspnetcore.', 'likely']] },
  { name: 'ASP.NET', layer: 'application', fingerprint: 'asp.net', signs: [['x-powered-by', 'asp.net', 'likely'], ['x-aspnet-version', '', 'likely'], ['set-cookie', 'asp.net_sessionid=', 'likely']] },
  { name: 'Spring or another Java server', layer: 'application', fingerprint: 'spring', signs: [['x-application-context', '', 'likely'], ['set-cookie', 'jsessionid=', 'possible']] },
  { name: 'Tomcat', layer: 'application', fingerprint: 'tomcat', signs: [['server', 'apache-coyote', 'likely'], ['server', 'apache tomcat', 'likely']] },
  { name: 'Jetty', layer: 'application', fingerprint: 'jetty', signs: [['server', 'jetty', 'likely']] },
  { name: 'Laravel', layer: 'application', fingerprint: 'laravel', signs: [['set-cookie', 'laravel_session=', 'likely']] },
  { name: 'PHP', layer: 'application', fingerprint: 'php', signs: [['x-powered-by', 'php', 'likely'], ['set-cookie', 'phpsessid=', 'possible']] },
  { name: 'Uvicorn, for FastAPI or Starlette', layer: 'application', fingerprint: 'uvicorn', signs: [['server', 'uvicorn', 'likely'], ['server', 'hypercorn', 'possible']] },
  { name: 'Django', layer: 'application', fingerprint: 'wsgiserver', signs: [['server', 'wsgiserver', 'likely'], ['set-cookie', 'csrftoken=', 'possible']] },
  { name: 'Flask', layer: 'application', fingerprint: 'werkzeug', signs: [['server', 'werkzeug', 'likely']] },
  { name: 'Gunicorn, for a Python application', layer: 'application', fingerprint: 'gunicorn', signs: [['server', 'gunicorn', 'likely']] },
  { name: 'Rails', layer: 'application', fingerprint: 'rails', signs: [['server', 'puma', 'possible'], ['x-runtime', '', 'possible']] },
  { name: 'Phoenix', layer: 'application', fingerprint: 'cowboy', signs: [['server', 'cowboy', 'possible']] },
  { name: 'Ktor', layer: 'application', fingerprint: 'ktor', signs: [['server', 'ktor', 'likely']] },
  { name: 'Deno', layer: 'application', fingerprint: 'deno', signs: [['server', 'deno/', 'likely'], ['x-deno-execution-id', '', 'likely']] },
  { name: 'Supabase function', layer: 'application', fingerprint: 'supabase', signs: [['x-served-by', 'supabase-edge-runtime', 'likely'], ['sb-request-id', '', 'likely']] },
  { name: 'AWS API Gateway', layer: 'application', fingerprint: 'api-gateway', signs: [['x-amz-apigw-id', '', 'likely'], ['apigw-requestid', '', 'likely']] },
  { name: 'Amazon S3', layer: 'application', fingerprint: 'amazons3', signs: [['server', 'amazons3', 'likely']] },
  { name: 'Google Cloud Storage', layer: 'application', fingerprint: 'uploadserver', signs: [['server', 'uploadserver', 'likely'], ['x-goog-generation', '', 'likely']] },
  { name: 'Azure Blob Storage', layer: 'application', fingerprint: 'windows-azure-blob', signs: [['server', 'windows-azure-blob', 'likely'], ['x-ms-blob-type', '', 'likely']] },
  { name: 'Google Cloud', layer: 'application', fingerprint: 'google', signs: [['server', 'google frontend', 'likely'], ['x-cloud-trace-context', '', 'possible']] },
  { name: 'Azure App Service', layer: 'application', fingerprint: 'azure', signs: [['set-cookie', 'arraffinity=', 'likely'], ['x-ms-request-id', '', 'possible']] },
  { name: 'Vercel', layer: 'cdn', fingerprint: 'vercel', signs: [['server', 'vercel', 'likely'], ['x-vercel-id', '', 'likely']] },
  { name: 'Netlify', layer: 'cdn', fingerprint: 'netlify', signs: [['server', 'netlify', 'likely'], ['x-nf-request-id', '', 'likely']] },
  { name: 'nginx', layer: 'server', fingerprint: 'nginx', signs: [['server', 'nginx', 'likely'], ['server', 'openresty', 'likely']] },
  { name: 'Apache', layer: 'server', fingerprint: 'apache', signs: [['server', 'apache', 'likely']] },
  { name: 'Caddy', layer: 'server', fingerprint: 'caddy', signs: [['server', 'caddy', 'likely'], ['via', '1.1 caddy', 'likely']] },
  { name: 'lighttpd', layer: 'server', fingerprint: 'lighttpd', signs: [['server', 'lighttpd', 'likely']] },
  { name: 'IIS', layer: 'server', fingerprint: 'microsoft-iis', signs: [['server', 'microsoft-iis', 'likely']] },
  { name: 'LiteSpeed', layer: 'server', fingerprint: 'litespeed', signs: [['server', 'litespeed', 'likely']] },
  { name: 'Envoy', layer: 'server', fingerprint: 'envoy', signs: [['server', 'envoy', 'likely'], ['server', 'istio-envoy', 'likely'], ['x-envoy-upstream-service-time', '', 'likely']] },
  { name: 'Kong', layer: 'server', fingerprint: 'kong', signs: [['server', 'kong', 'likely'], ['via', '1.1 kong', 'likely'], ['x-kong-request-id', '', 'likely']] },
  { name: 'AWS load balancer', layer: 'server', fingerprint: 'awselb', signs: [['server', 'awselb', 'likely'], ['set-cookie', 'awsalb', 'likely']] },
  { name: 'Varnish', layer: 'cdn', fingerprint: 'varnish', signs: [['via', '1.1 varnish', 'likely'], ['x-varnish', '', 'likely']] },
  { name: 'Cloudflare', layer: 'cdn', fingerprint: 'cloudflare', signs: [['server', 'cloudflare', 'likely'], ['cf-ray', '', 'likely']] },
  { name: 'CloudFront', layer: 'cdn', fingerprint: 'cloudfront', signs: [['server', 'cloudfront', 'likely'], ['x-amz-cf-id', '', 'likely']] },
  { name: 'Fastly', layer: 'cdn', fingerprint: 'fastly', signs: [['x-served-by', 'cache-', 'likely'], ['x-fastly-request-id', '', 'likely']] },
  { name: 'Akamai', layer: 'cdn', fingerprint: 'akamai', signs: [['server', 'akamaighost', 'likely'], ['x-akamai-transformed', '', 'likely']] },
];

/** A server that took part in an answer, and the header line that says so. */
export interface GuessedServer {
  readonly server: ServerRow;
  readonly certainty: Certainty;
  readonly seen: Header;
}

/** Every server that signed this answer, each once, by its surest sign. */
export function serversIn(headers: HeaderList): readonly GuessedServer[] {
  return servers.flatMap((server): readonly GuessedServer[] => {
    const found = server.signs.flatMap(([name, begins, certainty]): readonly GuessedServer[] => {
      const value = values(headers, name as Lowercase<string>).find((candidate) => candidate.slice(0, begins.length).toLowerCase() === begins);
      // A cookie's value is the user's own.
      return value === undefined ? [] : [{ server, certainty, seen: [name, name === 'set-cookie' ? `${begins}…` : value] }];
    });
    const best = found.find(({ certainty }) => certainty === 'likely') ?? found[0];
    return best && !(server.fingerprint === 'apache' && /^apache(-coyote| tomcat)/i.test(best.seen[1])) ? [best] : [];
  });
}

const nearness: Readonly<Record<Layer, number>> = { application: 0, server: 1, cdn: 2 };

/**
 * The servers behind the exchange's answers, the one to configure first: what an application says of itself is nearer to
 * the code than what stands in front of it says.
 */
export function guessServers({ hops }: Exchange): readonly GuessedServer[] {
  const headers = hops.flatMap(({ preflight, response }) => [
    ...(response?.headers ?? []),
    ...(preflight?.from === 'network' ? preflight.response?.headers ?? [] : []),
  ]);
  const rank = ({ server, certainty }: GuessedServer): number => nearness[server.layer] + (certainty === 'possible' ? 3 : 0);
  return [...serversIn(headers)].sort((a, b) => rank(a) - rank(b));
}
