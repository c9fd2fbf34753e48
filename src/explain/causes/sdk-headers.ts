import { below } from './paste.ts';

/** Where a library is told which servers get its headers. */
interface Remedy {
  /** The setting that keeps the headers away from a server, or why they are needed. */
  readonly remedy: string;
  /** The setting as code: the page's own origin still gets the headers, the server does not. Both are origins that may stand in code. */
  readonly setting?: (origins: { readonly page: string; readonly server: string }) => string;
}

/** Request headers that a library or a platform's client adds on its own. */
export interface SdkHeader extends Remedy {
  /** Byte-lowercase; an entry that ends in `*` means every name that begins so. */
  readonly name: string;
  readonly addedBy: string;
}

/** https://docs.sentry.io/platforms/javascript/tracing/distributed-tracing/dealing-with-cors-issues/ */
const sentry: Remedy = {
  remedy: 'Take the server out of tracePropagationTargets in Sentry.init. Keep the others that you list.',
  setting: ({ page }) => `tracePropagationTargets: [${below(page)}]`,
};
/** The page's own origin always gets them. https://open-telemetry.github.io/opentelemetry-js/types/_opentelemetry_sdk-trace-web.PropagateTraceHeaderCorsUrls.html */
const openTelemetry: Remedy = {
  remedy: 'Take the server out of propagateTraceHeaderCorsUrls, in the instrumentation of fetch and in that of XMLHttpRequest. Keep the others that you list.',
  setting: () => 'propagateTraceHeaderCorsUrls: []',
};
/** A string means every URL that begins so. https://docs.datadoghq.com/real_user_monitoring/correlate_with_other_telemetry/apm/ */
const datadog: Remedy = {
  remedy: 'Take the server out of allowedTracingUrls in datadogRum.init. Keep the others that you list.',
  setting: ({ page }) => `allowedTracingUrls: [${below(page)}]`,
};
const supabase: Remedy = { remedy: 'The Supabase client needs it: allow authorization, x-client-info, apikey and content-type.' };
/** https://learn.microsoft.com/azure/azure-monitor/app/javascript-sdk-configuration */
const azure: Remedy = {
  remedy: 'Add the host to correlationHeaderExcludedDomains, or leave enableCorsCorrelation off.',
  setting: ({ server }) => `correlationHeaderExcludedDomains: ['${new URL(server).hostname}']`,
};
/** The page's own origin always gets them. https://docs.newrelic.com/docs/browser/new-relic-browser/browser-pro-features/browser-data-distributed-tracing/ */
const newRelic: Remedy = {
  remedy: 'Take the server out of distributed_tracing.allowed_origins. Keep the others that you list.',
  setting: () => 'distributed_tracing: { enabled: true, allowed_origins: [] }',
};
/** The page's own origin always gets them. https://www.elastic.co/docs/reference/apm/agents/rum-js/distributed-tracing */
const elastic: Remedy = {
  remedy: 'Take the server out of distributedTracingOrigins. Keep the others that you list.',
  setting: () => 'distributedTracingOrigins: []',
};
/** Called __add_tracing_headers and then addTracingHeaders before. https://github.com/PostHog/posthog-js/releases/tag/posthog-js%401.380.0 */
const postHog: Remedy = {
  remedy: 'Take the server out of tracing_headers, which older versions call __add_tracing_headers. Keep the others that you list.',
  setting: ({ page }) => `tracing_headers: ['${new URL(page).hostname}']`,
};
const awsSdk: Remedy = { remedy: 'The SDK needs it: allow it, and for a bucket do so in its CORS rule.' };
const ownOriginOnly: Remedy = { remedy: 'Send it to your own origin only.' };
const fromOwnOrigin: Remedy = { remedy: 'Serve the pages that it loads from the page\'s own origin.' };
/** https://fetch.spec.whatwg.org/#concept-request-cache-mode */
const cacheOption: Remedy = { remedy: 'Use the cache option of fetch, which needs no header.', setting: () => 'cache: "no-store"' };

/** Adding one is adding its row. */
export const sdkHeaders: readonly SdkHeader[] = [
  { name: 'sentry-trace', addedBy: 'Sentry', ...sentry },
  { name: 'baggage', addedBy: 'Sentry or OpenTelemetry', ...sentry },
  { name: 'traceparent', addedBy: 'OpenTelemetry or another tracing library', ...openTelemetry },
  { name: 'tracestate', addedBy: 'OpenTelemetry or another tracing library', ...openTelemetry },
  { name: 'b3', addedBy: 'Zipkin or OpenTelemetry', ...openTelemetry },
  { name: 'x-b3-*', addedBy: 'Zipkin or OpenTelemetry', ...openTelemetry },
  { name: 'x-datadog-*', addedBy: 'Datadog', ...datadog },
  { name: 'newrelic', addedBy: 'New Relic', ...newRelic },
  { name: 'x-newrelic-*', addedBy: 'New Relic', ...newRelic },
  { name: 'request-id', addedBy: 'Application Insights', ...azure },
  { name: 'request-context', addedBy: 'Application Insights', ...azure },
  { name: 'elastic-apm-traceparent', addedBy: 'Elastic APM', ...elastic },
  { name: 'uber-trace-id', addedBy: 'Jaeger', remedy: 'Keep the tracer from this server.' },
  { name: 'x-posthog-*', addedBy: 'PostHog', ...postHog },
  { name: 'x-instana-*', addedBy: 'Instana', remedy: 'Take the server out of allowedOrigins.' },
  { name: 'x-dtpc', addedBy: 'Dynatrace', remedy: 'Keep Dynatrace\'s agent from this server.' },
  { name: 'x-rq-*', addedBy: 'Requestly, a browser extension', remedy: 'Switch Requestly off for this page.' },
  { name: 'x-client-info', addedBy: 'Supabase', ...supabase },
  { name: 'apikey', addedBy: 'Supabase', ...supabase },
  { name: 'x-supabase-*', addedBy: 'Supabase', ...supabase },
  { name: 'x-firebase-*', addedBy: 'Firebase', remedy: 'The Firebase client needs it: allow it on a server of your own.' },
  { name: 'x-goog-*', addedBy: 'a Google client library', remedy: 'The library needs it: allow it on a server of your own.' },
  { name: 'x-amz-*', addedBy: 'the AWS SDK', ...awsSdk },
  { name: 'amz-sdk-*', addedBy: 'the AWS SDK', ...awsSdk },
  { name: 'x-ms-*', addedBy: 'an Azure client library', remedy: 'The library needs it: allow it in the CORS rule of the service.' },
  { name: 'ngrok-skip-browser-warning', addedBy: 'code that skips ngrok\'s warning page', remedy: 'Allow it, or send it only through the tunnel.' },
  { name: 'mcp-session-id', addedBy: 'an MCP client', remedy: 'The protocol needs it: allow it, and expose it.' },
  { name: 'mcp-protocol-version', addedBy: 'an MCP client', remedy: 'The protocol needs it: allow it.' },
  { name: 'x-stainless-*', addedBy: 'the SDK of an AI service', remedy: 'Call such a service from your own server: a page would show its key to everybody.' },
  { name: 'x-requested-with', addedBy: 'jQuery or another AJAX library', remedy: 'Leave it out of requests to other origins.' },
  { name: 'x-csrf-token', addedBy: 'a web framework against request forgery', ...ownOriginOnly },
  { name: 'x-xsrf-token', addedBy: 'a web framework against request forgery', ...ownOriginOnly },
  { name: 'x-csrftoken', addedBy: 'a web framework against request forgery', ...ownOriginOnly },
  { name: 'x-inertia*', addedBy: 'Inertia', remedy: 'Inertia speaks to its own origin only: follow such a link with a plain visit.' },
  { name: 'hx-*', addedBy: 'htmx', remedy: 'Allow the hx- headers, or request your own origin.' },
  { name: 'next-router-*', addedBy: 'the Next.js router', ...fromOwnOrigin },
  { name: 'rsc', addedBy: 'the Next.js router', ...fromOwnOrigin },
  { name: 'x-apollo-*', addedBy: 'Apollo Client', remedy: 'Allow it: Apollo uses it against request forgery.' },
  { name: 'apollographql-client-*', addedBy: 'Apollo Client', remedy: 'Allow it, or leave the client\'s name out.' },
  { name: 'x-sveltekit-*', addedBy: 'SvelteKit', remedy: 'Request your own origin.' },
  { name: 'dnt', addedBy: 'a script that passes on Do Not Track', remedy: 'Leave it out: the browser sends its own.' },
  { name: 'cache-control', addedBy: 'a script or a service worker that wants no cached copy', ...cacheOption },
  { name: 'pragma', addedBy: 'a script or a service worker that wants no cached copy', ...cacheOption },
];

const exact: ReadonlyMap<string, SdkHeader> = new Map(sdkHeaders.filter(({ name }) => !name.endsWith('*')).map((row) => [row.name, row]));
const prefixes = sdkHeaders.filter(({ name }) => name.endsWith('*')).map((row) => ({ prefix: row.name.slice(0, -1), row }));

/** Who adds a request header of this byte-lowercase name on its own; null: nobody is known to. */
export const sdkHeader = (name: string): SdkHeader | null => exact.get(name) ?? prefixes.find(({ prefix }) => name.startsWith(prefix))?.row ?? null;
