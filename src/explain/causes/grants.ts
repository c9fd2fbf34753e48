import { splitHeaderValue, get } from '../../fetch/header-list.ts';
import { mdnPageOf } from '../cors-errors.ts';
import { issue, lineOf, shortened } from './signs.ts';
import type { CauseRow, Scene } from './cause.ts';

const allowed = (header: string) => ({ response }: Scene): string => lineOf(response.headers, header) ?? `no ${header}`;

/** Names that are one but for hyphens, underscores, spaces and case. */
const bare = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');

export const headerMisspelt: CauseRow = {
  id: 'header-misspelt', owner: 'api-server', source: issue('axios/axios/issues/71'),
  short: ({ block, response }) => `Preflight: ${shortened(block.error.parameter)} is spelt ${shortened(similar(block.error.parameter, response) ?? '')}`,
  explain: ({ block, response, host }) => {
    const other = block.error.code === 'HeaderDisallowedByPreflightResponse' ? similar(block.error.parameter, response) : null;
    return other === null ? null : `${host} allows ${shortened(other)}, and the script sends ${shortened(block.error.parameter)}. One of the two is misspelt.`;
  },
  evidence: allowed('Access-Control-Allow-Headers'),
  fix: ({ block, response }) => `If the server is right, send ${shortened(similar(block.error.parameter, response) ?? '')} in the client code.`,
};

/** The allowed name that is nearly this one; null: none is. */
function similar(name: string, { headers }: Scene['response']): string | null {
  const wanted = bare(name);
  return splitHeaderValue(get(headers, 'access-control-allow-headers') ?? '').find((item) => bare(item) === wanted && item.toLowerCase() !== name) ?? null;
}

export const methodNotAllowed: CauseRow = {
  id: 'method-not-allowed', owner: 'api-server', source: mdnPageOf('CORSMethodNotFound'),
  short: null,
  explain: ({ block, host }) => (block.error.code === 'MethodDisallowedByPreflightResponse'
    ? `${host} does not list ${block.error.parameter} in Access-Control-Allow-Methods.`
    : null),
  evidence: allowed('Access-Control-Allow-Methods'),
};

export const headerNotAllowed: CauseRow = {
  id: 'header-not-allowed', owner: 'api-server', source: mdnPageOf('CORSMissingAllowHeaderFromPreflight'),
  short: null,
  explain: ({ block, host }) => (block.error.code === 'HeaderDisallowedByPreflightResponse'
    ? `${host} does not list ${[block.error, ...block.otherErrors].filter(({ code }) => code === block.error.code).map(({ parameter }) => parameter).join(', ')} in Access-Control-Allow-Headers.`
    : null),
  evidence: allowed('Access-Control-Allow-Headers'),
};

export const unreadableList: CauseRow = {
  id: 'unreadable-list', owner: 'api-server', source: mdnPageOf('CORSInvalidAllowHeader'),
  short: null,
  explain: ({ block }) => (/^InvalidAllow(Methods|Headers)Preflight/.test(block.error.code)
    ? `The server sends a list that is none: ${block.error.found ?? ''}. Put commas between the names and nothing around them.`
    : null),
  evidence: (scene) => allowed(scene.block.error.code.startsWith('InvalidAllowMethods') ? 'Access-Control-Allow-Methods' : 'Access-Control-Allow-Headers')(scene),
};
