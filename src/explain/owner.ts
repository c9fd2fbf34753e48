/** Who has to change something. */
export type Owner = 'api-server' | 'proxy' | 'page' | 'client-code' | 'browser' | 'network';

/** As the panel calls them. */
export const ownerNames: Readonly<Record<Owner, string>> = {
  'api-server': 'API server',
  'proxy': 'Proxy or CDN',
  'page': 'Page',
  'client-code': 'Client code',
  'browser': 'This browser',
  'network': 'Network',
};
