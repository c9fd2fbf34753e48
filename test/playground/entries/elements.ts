import { allowMethods, allowOrigin, noContent, ok, varyOrigin, type Theme } from '../entry.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';

export const elementsTheme: Theme = {
  title: 'Fonts, images, scripts, streams and beacons',
  entries: (at) => [
    {
      id: 'font-without-headers',
      title: 'A font from another origin',
      explanation: 'Fonts are always loaded with CORS: a file server that never heard of it cannot deliver one.',
      request: { kind: 'font' },
      response: { status: 200, headers: [['Content-Type', 'font/woff2']], body: 'wOF2' },
      expect: { outcome: 'blocked', code: 'MissingAllowOriginHeader', firefox: 'CORSMissingAllowOrigin', cause: 'font-needs-cors' },
    },
    {
      id: 'crossorigin-image-blocked',
      title: 'An image with the `crossorigin` attribute',
      explanation: 'Without the attribute the image would be shown; with it, the page asks to read the pixels and needs permission.',
      request: { kind: 'image' },
      response: { status: 200, headers: [['Content-Type', 'image/svg+xml']], body: svg },
      expect: { outcome: 'blocked', code: 'MissingAllowOriginHeader', firefox: 'CORSMissingAllowOrigin', cause: 'element-asks-for-cors' },
    },
    {
      id: 'crossorigin-image-allowed',
      title: 'An image whose pixels may be read',
      explanation: 'With `crossorigin` and the wildcard the image may be drawn on a canvas and read back.',
      request: { kind: 'image', to: 'crossSiteApi' },
      response: { status: 200, headers: [['Content-Type', 'image/svg+xml'], allowOrigin('*')], body: svg },
      expect: { outcome: 'allowed' },
    },
    {
      id: 'plain-image',
      title: 'An image without the attribute',
      explanation: 'A no-cors request: the image is shown, its pixels stay hidden, and no CORS header is needed.',
      request: { kind: 'image', withoutCrossorigin: true },
      response: { status: 200, headers: [['Content-Type', 'image/svg+xml']], body: svg },
      expect: { outcome: 'allowed', page: 'opaque', mode: 'no-cors' },
    },
    {
      id: 'module-script-blocked',
      title: 'A module script from another origin',
      explanation: 'Classic scripts may come from anywhere; module scripts are loaded with CORS.',
      request: { kind: 'module script' },
      response: { status: 200, headers: [['Content-Type', 'text/javascript']], body: 'export {};' },
      expect: { outcome: 'blocked', code: 'MissingAllowOriginHeader', firefox: 'CORSMissingAllowOrigin', cause: 'element-asks-for-cors' },
    },
    {
      id: 'module-script-allowed',
      title: 'A module script that may be loaded',
      explanation: 'Public code on a content delivery network is served with the wildcard.',
      request: { kind: 'module script', to: 'crossSiteApi' },
      response: { status: 200, headers: [['Content-Type', 'text/javascript'], allowOrigin('*')], body: 'export {};' },
      expect: { outcome: 'allowed' },
    },
    {
      id: 'event-source-with-credentials',
      title: 'An EventSource with credentials',
      explanation: 'A stream is judged once, when its headers come: the wildcard ends it before the first event.',
      request: { kind: 'event-source', credentials: 'include' },
      response: { status: 200, headers: [['Content-Type', 'text/event-stream'], allowOrigin('*')], body: 'data: hello\n\n' },
      expect: { outcome: 'blocked', code: 'WildcardOriginNotAllowed', firefox: 'CORSNotSupportingCredentials', cause: 'wildcard-with-credentials' },
    },
    {
      id: 'event-source-allowed',
      title: 'An EventSource that may be read',
      explanation: 'Without credentials an event stream needs what any other response needs.',
      request: { kind: 'event-source' },
      response: { status: 200, headers: [['Content-Type', 'text/event-stream'], allowOrigin(at.app), varyOrigin], body: 'data: hello\n\n' },
      expect: { outcome: 'allowed' },
    },
    {
      id: 'json-beacon',
      title: 'A beacon with JSON',
      explanation: 'sendBeacon returns true and always sends credentials; JSON makes it ask first, and nobody sees that it was refused.',
      request: { kind: 'beacon', headers: { 'Content-Type': 'application/json' }, body: '{}' },
      preflight: noContent(allowOrigin('*'), allowMethods('POST'), ['Access-Control-Allow-Headers', 'content-type']),
      response: ok(allowOrigin('*')),
      expect: {
        outcome: 'blocked',
        page: 'sent',
        code: 'PreflightWildcardOriginNotAllowed',
        firefox: 'CORSNotSupportingCredentials',
        preflight: 'network',
        cause: 'wildcard-with-credentials',
      },
    },
  ],
};
