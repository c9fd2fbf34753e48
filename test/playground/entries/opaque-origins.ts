import { allowOrigin, allowCredentials, ok, varyOrigin, type Theme } from '../entry.ts';

export const opaqueOriginsTheme: Theme = {
  title: 'Pages whose origin is null',
  entries: (at) => [
    {
      id: 'sandboxed-frame-blocked',
      title: 'A sandboxed frame, and a server that knows the page',
      explanation: 'Without `allow-same-origin` a sandboxed frame has an origin of its own that is written `null`.',
      request: { kind: 'fetch', from: 'sandboxed frame' },
      response: ok(allowOrigin(at.app), varyOrigin),
      expect: { outcome: 'blocked', code: 'AllowOriginMismatch', parameter: at.app, firefox: 'CORSAllowOriginNotMatchingOrigin', cause: 'opaque-origin' },
    },
    {
      id: 'sandboxed-frame-under-wildcard',
      title: 'A sandboxed frame, and a server that allows anybody',
      explanation: 'The wildcard covers an opaque origin too; for public data that is the right way.',
      request: { kind: 'fetch', from: 'sandboxed frame' },
      response: ok(allowOrigin('*')),
      expect: { outcome: 'allowed' },
    },
    {
      id: 'null-allowed',
      title: 'The server allows `null`',
      explanation: 'Any site can put a frame into a sandbox and so become `null`: with credentials this hands everybody the user\'s data.',
      request: { kind: 'fetch', to: 'crossSiteApi', from: 'sandboxed frame', credentials: 'include' },
      response: ok(allowOrigin('null'), allowCredentials(), varyOrigin),
      expect: { outcome: 'allowed', risks: ['null-allowed-with-credentials'] },
    },
  ],
};
