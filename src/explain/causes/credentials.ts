import { get } from '../../fetch/header-list.ts';
import { failsOn, isPreflight, issue, lineOf, shortened } from './signs.ts';
import type { CauseRow, Scene } from './cause.ts';

const dropThem = 'If the response needs no cookies, leave credentials: "include" or withCredentials out of the client code.';

const evidence = ({ response }: Scene): string => [lineOf(response.headers, 'Access-Control-Allow-Origin'), lineOf(response.headers, 'Access-Control-Allow-Credentials') ?? 'no Access-Control-Allow-Credentials'].join(' · ');

export const wildcardWithCredentials: CauseRow = {
  id: 'wildcard-with-credentials', owner: 'api-server', source: issue('kubernetes/ingress-nginx/issues/2535'),
  short: null,
  explain: ({ block, host }) => (failsOn(block, 'WildcardOriginNotAllowed')
    ? `${host} allows any origin, and the request carries credentials. Name the origin, or drop the credentials in the client code.`
    : null),
  evidence,
  fix: () => dropThem,
  code: () => 'credentials: "omit"',
};

export const credentialsValueNotTrue: CauseRow = {
  id: 'credentials-value-not-true', owner: 'api-server', source: 'https://fetch.spec.whatwg.org/#http-access-control-allow-credentials',
  short: ({ block }) => `Allow-Credentials is ${shortened(block.error.found ?? '')}, not true`,
  explain: ({ block, host }) => (failsOn(block, 'InvalidAllowCredentials') && block.error.found !== null
    ? `${host} sends ${block.error.found === '' ? 'an empty value' : shortened(block.error.found)} as Access-Control-Allow-Credentials. Only true counts, in lower case and once.`
    : null),
  evidence,
};

export const credentialsNotAllowed: CauseRow = {
  id: 'credentials-not-allowed', owner: 'api-server', source: issue('Azure/azure-functions-host/issues/620'),
  short: null,
  explain: ({ block, host }) => (failsOn(block, 'InvalidAllowCredentials')
    ? `${host} does not allow credentials with the exact value true${isPreflight(block) ? ' on the preflight' : ''}.`
    : null),
  evidence,
  fix: () => dropThem,
  code: () => 'credentials: "omit"',
};

/** Beside credentials `*` is a name like any other. https://fetch.spec.whatwg.org/#cors-preflight-fetch-0 */
export const wildcardListWithCredentials: CauseRow = {
  id: 'wildcard-list-with-credentials', owner: 'api-server', source: issue('fruitcake/php-cors/issues/35'),
  short: ({ block }) => `Preflight: * does not cover ${shortened(block.error.parameter)} with credentials`,
  explain: ({ block, response, host }) => {
    const name = block.error.code === 'MethodDisallowedByPreflightResponse' ? 'access-control-allow-methods' : block.error.code === 'HeaderDisallowedByPreflightResponse' ? 'access-control-allow-headers' : null;
    return name !== null && get(response.headers, name) === '*'
      ? `${host} allows *, and the request carries credentials. Then * is a plain name and no wildcard: list ${shortened(block.error.parameter)} by name.`
      : null;
  },
  evidence: ({ response }) => [lineOf(response.headers, 'Access-Control-Allow-Methods'), lineOf(response.headers, 'Access-Control-Allow-Headers')].filter((line) => line !== null).join(' · '),
  fix: () => dropThem,
  code: () => 'credentials: "omit"',
};
