import { allowCredentials, allowMethods, allowOrigin, noContent, ok, varyOrigin, type Theme } from '../entry.ts';

export const allowCredentialsTheme: Theme = {
  title: 'Credentials',
  entries: (at) => [
    {
      id: 'missing-allow-credentials',
      title: 'Access-Control-Allow-Credentials is missing',
      explanation: 'The origin is right, but the page sent its cookies along, and the server does not say that it expects them.',
      request: { kind: 'fetch', credentials: 'include' },
      response: ok(allowOrigin(at.app), varyOrigin),
      expect: { outcome: 'blocked', code: 'InvalidAllowCredentials', firefox: 'CORSMissingAllowCredentials' },
    },
    {
      id: 'missing-allow-credentials-cross-site',
      title: 'The same without a cookie',
      explanation: 'What counts is the credentials mode `include`, not whether the site has a cookie to send.',
      request: { kind: 'fetch', to: 'crossSiteApi', credentials: 'include' },
      response: ok(allowOrigin(at.app), varyOrigin),
      expect: { outcome: 'blocked', code: 'InvalidAllowCredentials', firefox: 'CORSMissingAllowCredentials' },
    },
    {
      id: 'allow-credentials-in-capitals',
      title: '`True` is not `true`',
      explanation: 'The value is compared byte for byte; a Boolean printed by Python is written with a capital letter.',
      request: { kind: 'fetch', to: 'crossSiteApi', credentials: 'include' },
      response: ok(allowOrigin(at.app), allowCredentials('True'), varyOrigin),
      expect: { outcome: 'blocked', code: 'InvalidAllowCredentials', parameter: 'True', firefox: 'CORSMissingAllowCredentials' },
    },
    {
      id: 'allow-credentials-twice',
      title: 'Access-Control-Allow-Credentials twice',
      explanation: 'Two lines are joined to `true, true`, which is not `true`.',
      request: { kind: 'fetch', credentials: 'include' },
      response: ok(allowOrigin(at.app), allowCredentials(), allowCredentials(), varyOrigin),
      expect: { outcome: 'blocked', code: 'InvalidAllowCredentials', parameter: 'true, true', firefox: 'CORSMissingAllowCredentials' },
    },
    {
      id: 'missing-allow-origin-with-credentials',
      title: 'Nothing is allowed, and credentials are sent',
      explanation: 'The browser names one failure at a time: after the origin, the credentials would be next.',
      request: { kind: 'fetch', to: 'crossSiteApi', credentials: 'include' },
      response: ok(),
      expect: {
        outcome: 'blocked',
        code: 'MissingAllowOriginHeader',
        firefox: 'CORSMissingAllowOrigin',
        otherErrors: ['InvalidAllowCredentials'],
      },
    },
    {
      id: 'xhr-with-credentials',
      title: 'withCredentials on an XMLHttpRequest',
      explanation: '`withCredentials` is XMLHttpRequest\'s word for the credentials mode `include`, with the same demands.',
      request: { kind: 'xhr', credentials: 'include' },
      response: ok(allowOrigin('*')),
      expect: { outcome: 'blocked', code: 'WildcardOriginNotAllowed', firefox: 'CORSNotSupportingCredentials' },
    },
    {
      id: 'credentials-only-on-the-preflight',
      title: 'Only the preflight allows credentials',
      explanation: 'Both responses must allow them: middleware that answers OPTIONS does not speak for the route behind it.',
      request: { kind: 'fetch', to: 'crossSiteApi', method: 'PUT', credentials: 'include' },
      preflight: noContent(allowOrigin(at.app), allowCredentials(), allowMethods('PUT'), varyOrigin),
      response: ok(allowOrigin(at.app), varyOrigin),
      expect: { outcome: 'blocked', code: 'InvalidAllowCredentials', firefox: 'CORSMissingAllowCredentials', preflight: 'network' },
    },
  ],
};
