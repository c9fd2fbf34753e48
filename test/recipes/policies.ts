import type { CorsPolicy } from '../../src/fix/cors-policy.ts';

const nothing: CorsPolicy = { origins: '*', credentialed: false, methods: [], requestHeaders: [], exposedHeaders: [], maxAge: null };

/** The policies that every recipe renders, named by what they stress. Each one is valid. */
export const policies = {
  'anonymous-any-origin': { ...nothing, requestHeaders: ['content-type'], maxAge: 600 },
  'one-origin': { ...nothing, origins: ['https://app.example'] },
  'credentialed-two-origins': {
    origins: ['https://app.example', 'https://admin.example'],
    credentialed: true,
    methods: ['PUT', 'DELETE'],
    requestHeaders: ['authorization', 'content-type'],
    exposedHeaders: ['etag'],
    maxAge: 600,
  },
  'many-methods': {
    ...nothing,
    origins: ['https://app.example'],
    methods: ['PUT', 'DELETE', 'PATCH', 'patch', 'OPTIONS', 'PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'LOCK', 'UNLOCK', 'REPORT', 'SEARCH'],
    maxAge: 7200,
  },
  'many-headers': {
    ...nothing,
    origins: ['https://app.example'],
    requestHeaders: [
      'authorization', 'content-type', 'baggage', 'sentry-trace', 'traceparent', 'tracestate', 'x-client-info',
      'x-csrf-token', 'x-datadog-parent-id', 'x-requested-with', 'x-request-id', 'if-match', 'if-none-match', 'idempotency-key',
    ],
    maxAge: 7200,
  },
  'exposed-headers': {
    ...nothing,
    origins: ['https://app.example'],
    exposedHeaders: ['content-disposition', 'etag', 'link', 'location', 'ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'x-request-id'],
  },
  'no-max-age': { ...nothing, origins: ['https://app.example'], methods: ['PUT'] },
  'day-long-max-age': { ...nothing, origins: ['https://app.example'], methods: ['PUT'], maxAge: 86_400 },
  'localhost-ports': {
    ...nothing,
    origins: ['http://localhost:3000', 'http://localhost:5173', 'http://127.0.0.1:5173', 'http://[::1]:5173'],
    credentialed: true,
    methods: ['PUT'],
    maxAge: 0,
  },
  'extension-origins': {
    ...nothing,
    origins: ['chrome-extension://abcdefghijklmnopabcdefghijklmnop', 'moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e'],
  },
  // Longer than nginx' hash has room for by default.
  'long-origin': { ...nothing, origins: ['https://feature-cors-inspector-recipes-of-a-long-branch-name.preview.app.example:8443'] },
  'hostile-tokens': {
    ...nothing,
    origins: ['https://app.example'],
    methods: ["M'`$%|#!*^~", '$M'],
    requestHeaders: ["x-'`$%|#!*^~", '$0', '%o', "'", '#'],
    exposedHeaders: ["y-'`$%|#!*^~", '%e', '$1'],
    maxAge: 1,
  },
} satisfies Record<string, CorsPolicy>;
