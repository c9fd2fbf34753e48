import { parseUrl } from '../../fetch/url.ts';
import { isBelow } from './signs.ts';

/** Hosts of identity providers: nobody else's API is there. */
const providers: readonly string[] = [
  'login.microsoftonline.com', 'login.live.com', 'b2clogin.com', 'ciamlogin.com', 'accounts.google.com', 'auth0.com', 'okta.com', 'oktapreview.com',
  'okta-emea.com', 'amazoncognito.com', 'onelogin.com', 'cloudflareaccess.com', 'auth.tunnels.api.visualstudio.com', 'clerk.accounts.dev', 'workos.com',
];

/** Words that a path or a host has when it is for signing in. */
const loginWords = /(^|[^a-z])(log-?in|sign-?in|oauth2?|openid-connect|saml2?|sso|authorize)([^a-z]|$)/i;

/** Whether a URL looks like the page at which people sign in. */
export function isLoginUrl(url: string): boolean {
  const parsed = parseUrl(url);
  if (!parsed) return false;
  const { hostname, pathname } = parsed;
  return providers.some((domain) => isBelow(hostname, domain)) || loginWords.test(pathname) || loginWords.test(hostname.split('.', 1)[0] ?? '');
}
