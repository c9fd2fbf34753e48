/** Request headers that a library or a platform's client adds on its own. */
export interface SdkHeader {
  /** Byte-lowercase; an entry that ends in `*` means every name that begins so. */
  readonly name: string;
  readonly addedBy: string;
  /** The setting that keeps it away from a server, or why it is needed. */
  readonly remedy: string;
}

const sentry = 'Take the server out of tracePropagationTargets in Sentry.init.';
const openTelemetry = 'Take the server out of propagateTraceHeaderCorsUrls.';
const datadog = 'Take the server out of allowedTracingUrls in datadogRum.init.';
const supabase = 'The Supabase client needs it: allow authorization, x-client-info, apikey and content-type.';
const azure = 'Set disableCorsCorrelation or add the host to correlationHeaderExcludedDomains.';
const newRelic = 'Take the server out of distributed_tracing.allowed_origins.';

/** Adding one is adding its row. */
export const sdkHeaders: readonly SdkHeader[] = [
  { name: 'sentry-trace', addedBy: 'Sentry', remedy: sentry },
  { name: 'baggage', addedBy: 'Sentry or OpenTelemetry', remedy: sentry },
  { name: 'traceparent', addedBy: 'OpenTelemetry or another tracing library', remedy: openTelemetry },
  { name: 'tracestate', addedBy: 'OpenTelemetry or another tracing library', remedy: openTelemetry },
  { name: 'b3', addedBy: 'Zipkin or OpenTelemetry', remedy: openTelemetry },
  { name: 'x-b3-*', addedBy: 'Zipkin or OpenTelemetry', remedy: openTelemetry },
  { name: 'x-datadog-*', addedBy: 'Datadog', remedy: datadog },
  { name: 'newrelic', addedBy: 'New Relic', remedy: newRelic },
  { name: 'x-newrelic-*', addedBy: 'New Relic', remedy: newRelic },
  { name: 'request-id', addedBy: 'Application Insights', remedy: azure },
  { name: 'request-context', addedBy: 'Application Insights', remedy: azure },
  { name: 'elastic-apm-traceparent', addedBy: 'Elastic APM', remedy: 'Take the server out of distributedTracingOrigins.' },
  { name: 'uber-trace-id', addedBy: 'Jaeger', remedy: 'Keep the tracer from this server.' },
  { name: 'x-posthog-*', addedBy: 'PostHog', remedy: 'Take the server out of __add_tracing_headers.' },
  { name: 'x-instana-*', addedBy: 'Instana', remedy: 'Take the server out of allowedOrigins.' },
  { name: 'x-dtpc', addedBy: 'Dynatrace', remedy: 'Keep Dynatrace\'s agent from this server.' },
  { name: 'x-rq-*', addedBy: 'Requestly, a browser extension', remedy: 'Switch Requestly off for this page.' },
  { name: 'x-client-info', addedBy: 'Supabase', remedy: supabase },
  { name: 'apikey', addedBy: 'Supabase', remedy: supabase },
  { name: 'x-supabase-*', addedBy: 'Supabase', remedy: supabase },
  { name: 'x-firebase-*', addedBy: 'Firebase', remedy: 'The Firebase client needs it: allow it on a server of your own.' },
  { name: 'x-goog-*', addedBy: 'a Google client library', remedy: 'The library needs it: allow it on a server of your own.' },
  { name: 'x-amz-*', addedBy: 'the AWS SDK', remedy: 'The SDK needs it: allow it, and for a bucket do so in its CORS rule.' },
  { name: 'amz-sdk-*', addedBy: 'the AWS SDK', remedy: 'The SDK needs it: allow it, and for a bucket do so in its CORS rule.' },
  { name: 'x-ms-*', addedBy: 'an Azure client library', remedy: 'The library needs it: allow it in the CORS rule of the service.' },
  { name: 'ngrok-skip-browser-warning', addedBy: 'code that skips ngrok\'s warning page', remedy: 'Allow it, or send it only through the tunnel.' },
  { name: 'mcp-session-id', addedBy: 'an MCP client', remedy: 'The protocol needs it: allow it, and expose it.' },
  { name: 'mcp-protocol-version', addedBy: 'an MCP client', remedy: 'The protocol needs it: allow it.' },
  { name: 'x-stainless-*', addedBy: 'the SDK of an AI service', remedy: 'Call such a service from your own server: a page would show its key to everybody.' },
  { name: 'x-requested-with', addedBy: 'jQuery or another AJAX library', remedy: 'Leave it out of requests to other origins.' },
  { name: 'x-csrf-token', addedBy: 'a web framework against request forgery', remedy: 'Send it to your own origin only.' },
  { name: 'x-xsrf-token', addedBy: 'a web framework against request forgery', remedy: 'Send it to your own origin only.' },
  { name: 'x-csrftoken', addedBy: 'a web framework against request forgery', remedy: 'Send it to your own origin only.' },
  { name: 'x-inertia*', addedBy: 'Inertia', remedy: 'Inertia speaks to its own origin only: follow such a link with a plain visit.' },
  { name: 'hx-*', addedBy: 'htmx', remedy: 'Allow the hx- headers, or request your own origin.' },
  { name: 'next-router-*', addedBy: 'the Next.js router', remedy: 'Serve the pages that it loads from the page\'s own origin.' },
  { name: 'rsc', addedBy: 'the Next.js router', remedy: 'Serve the pages that it loads from the page\'s own origin.' },
  { name: 'x-apollo-*', addedBy: 'Apollo Client', remedy: 'Allow it: Apollo uses it against request forgery.' },
  { name: 'apollographql-client-*', addedBy: 'Apollo Client', remedy: 'Allow it, or leave the client\'s name out.' },
  { name: 'x-sveltekit-*', addedBy: 'SvelteKit', remedy: 'Request your own origin.' },
  { name: 'dnt', addedBy: 'a script that passes on Do Not Track', remedy: 'Leave it out: the browser sends its own.' },
  { name: 'cache-control', addedBy: 'a script or a service worker that wants no cached copy', remedy: 'Use the cache option of fetch, which needs no header.' },
  { name: 'pragma', addedBy: 'a script or a service worker that wants no cached copy', remedy: 'Use the cache option of fetch, which needs no header.' },
];

const exact: ReadonlyMap<string, SdkHeader> = new Map(sdkHeaders.filter(({ name }) => !name.endsWith('*')).map((row) => [row.name, row]));
const prefixes = sdkHeaders.filter(({ name }) => name.endsWith('*')).map((row) => ({ prefix: row.name.slice(0, -1), row }));

/** Who adds a request header of this byte-lowercase name on its own; null: nobody is known to. */
export const sdkHeader = (name: string): SdkHeader | null => exact.get(name) ?? prefixes.find(({ prefix }) => name.startsWith(prefix))?.row ?? null;
