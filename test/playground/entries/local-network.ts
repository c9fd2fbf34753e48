import { allowOrigin, ok, varyOrigin, type Theme } from '../entry.ts';

export const localNetworkTheme: Theme = {
  title: 'The local network',
  entries: (at) => [
    {
      id: 'public-page-to-loopback',
      title: 'A page from the internet reaches for this machine',
      explanation: 'Chrome asks the user before a public page may reach a private address; a foreign frame is refused at once.',
      request: { kind: 'fetch', from: 'public frame' },
      response: ok(allowOrigin('*')),
      expect: {
        outcome: 'failed',
        code: 'LocalNetworkAccessPermissionDenied',
        netError: 'net::ERR_BLOCKED_BY_LOCAL_NETWORK_ACCESS_CHECKS',
        cause: 'local-network-access',
      },
    },
    {
      id: 'wrong-address-space',
      title: 'The server is not where the page said it would be',
      explanation: 'The page asked for `targetAddressSpace: \'local\'`, but the host name led to this very machine.',
      request: { kind: 'fetch', targetAddressSpace: 'local' },
      response: ok(allowOrigin(at.app), varyOrigin),
      expect: { outcome: 'unknown', code: 'InvalidLocalNetworkAccess' },
    },
  ],
};
