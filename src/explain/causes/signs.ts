import { type HeaderList, get, values } from '../../fetch/header-list.ts';
import type { SeenResponse } from '../../exchange/exchange.ts';
import { requestedHeaderNames } from '../../exchange/preflight-request.ts';
import type { Block } from '../diagnosis.ts';
import { redactUrl } from '../redact.ts';
import type { Scene } from './cause.ts';

/** What is wrong with the origin that a response allows; the preflight's codes begin with `Preflight`. */
export type OriginFault = 'MissingAllowOriginHeader' | 'MultipleAllowOriginValues' | 'InvalidAllowOriginValue' | 'AllowOriginMismatch' | 'WildcardOriginNotAllowed' | 'InvalidAllowCredentials';

/** Whether the block is one of these, on the preflight or on the response. */
export const failsOn = ({ error }: Block, ...faults: readonly OriginFault[]): boolean =>
  faults.some((fault) => error.code === fault || error.code === `Preflight${fault}`);

export const isPreflight = ({ at }: Block): boolean => at.phase === 'preflight';

/** Whether an error response came without the header, so that a script cannot see the error. */
export const hidesError = ({ block, response }: Scene): boolean =>
  !isPreflight(block) && response.status >= 400 && failsOn(block, 'MissingAllowOriginHeader');

/** The origins that the response allows, where one is due and several came: in several lines, or merged into one. */
export function severalOrigins({ block, response }: Scene): { readonly lines: number; readonly origins: readonly string[] } | null {
  const lines = values(response.headers, 'access-control-allow-origin');
  if (!failsOn(block, 'MultipleAllowOriginValues', 'AllowOriginMismatch', 'InvalidAllowOriginValue')) return null;
  const origins = lines.flatMap((line) => line.split(/[\s,]+/)).filter((item) => item !== '');
  return origins.length > 1 && origins.every((item) => item === '*' || item === 'null' || /^[a-z][a-z0-9+.-]*:\/\//i.test(item)) ? { lines: lines.length, origins } : null;
}

const longestValue = 120;

/** A value as far as it fits into a sentence. */
export const shortened = (value: string): string => (value.length > longestValue ? `${value.slice(0, longestValue)}…` : value);

/** `Name: value` as evidence; null: the header is absent. */
export function lineOf(headers: HeaderList, name: string): string | null {
  const value = get(headers, name.toLowerCase() as Lowercase<string>);
  return value === null ? null : `${name}: ${shortened(redactUrl(value))}`;
}

/** The status and those of the headers that are there. */
export const statusAnd = ({ status, headers }: SeenResponse, ...names: readonly string[]): string =>
  [`Status ${status}`, ...names.map((name) => lineOf(headers, name)).filter((line) => line !== null)].join(' · ');

/** The names that the preflight asked for. */
export function askedNames({ hop: { preflight } }: Block): readonly string[] {
  return preflight?.from === 'network' ? requestedHeaderNames(preflight.requestHeaders ?? []) : [];
}

/** Whether a host is this domain or below it. */
export const isBelow = (hostname: string, domain: string): boolean => hostname === domain || hostname.endsWith(`.${domain}`);

export const issue = (path: string): string => `https://github.com/${path}`;
