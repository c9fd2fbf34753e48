import { hostOf, parseUrl } from '../../fetch/url.ts';
import type { Exchange } from '../../exchange/exchange.ts';
import { lastHop } from '../../exchange/exchange.ts';
import type { Diagnosis } from '../diagnosis.ts';
import { extensionRewritesHeaders } from './browser.ts';
import { cachedForAnotherOrigin, cachedWithoutHeaders } from './caches.ts';
import { type Cause, type CauseRow, type OpenScene, type Scene, causeOf } from './cause.ts';
import { headerAddedByLibrary, methodInLowerCase, refusalWithoutHeaders, responseHeaderSentAsRequestHeader } from './client-code.ts';
import { credentialsNotAllowed, credentialsValueNotTrue, wildcardListWithCredentials, wildcardWithCredentials } from './credentials.ts';
import { apiGatewayAnswered, botChallenge, bucketInOtherRegion, bucketWithoutRule, cloudRunRefused, edgeFunctionWithoutOptions, gatewayError, guardedPreview, tunnelWarningPage } from './edge.ts';
import { elementAsksForCors, fontNeedsCors } from './elements.ts';
import { headerMisspelt, headerNotAllowed, methodNotAllowed, unreadableList } from './grants.ts';
import { bodyTooLarge, errorResponse, nginxWithoutAlways, rateLimited } from './hidden-errors.ts';
import { extensionAddsWildcard, headerSentTwice } from './layers.ts';
import {
  developmentPage, htmlInsteadOfData, loopbackNamesDiffer, noCorsHeaders, originDiffersInPort, originDiffersInScheme, originDiffersInWww, originInQuotes, originInUpperCase,
  originIsPattern, originNotAllowed, originWithPath, originWithSlash, originWithoutScheme, previewPage, settingWithoutValue, severalOriginsInOneHeader,
} from './origin.ts';
import { opaqueOrigin } from './page.ts';
import {
  headersOnlyOnPreflight, optionsAnsweredWithoutCors, preflightCrashes, preflightNeedsLogin, preflightNotAnswered, preflightRedirected, preflightRedirectedToLogin, stalePreflight,
} from './preflight.ts';
import { credentialsInRedirect, originLostInRedirect, redirectToOtherScheme, redirectWithoutHeaders, redirectedToLogin } from './redirects.ts';

/**
 * In order of what to tell first: what the client does to itself, what answered instead of the application, the error
 * that hides behind CORS, the preflight's own troubles, what spoiled the headers, and last what the failed check says.
 */
export const causes: readonly CauseRow[] = [
  responseHeaderSentAsRequestHeader,
  botChallenge, tunnelWarningPage, guardedPreview, redirectedToLogin, preflightRedirectedToLogin,
  bucketInOtherRegion, bucketWithoutRule, cloudRunRefused, edgeFunctionWithoutOptions, apiGatewayAnswered,
  rateLimited, bodyTooLarge, gatewayError, nginxWithoutAlways, errorResponse,
  preflightNeedsLogin, preflightCrashes, preflightNotAnswered, preflightRedirected, optionsAnsweredWithoutCors,
  originLostInRedirect, redirectWithoutHeaders, opaqueOrigin,
  headerSentTwice, severalOriginsInOneHeader,
  cachedWithoutHeaders, cachedForAnotherOrigin,
  originWithSlash, originInUpperCase, originWithPath, originWithoutScheme, originInQuotes, originDiffersInScheme, originDiffersInPort, originDiffersInWww, loopbackNamesDiffer,
  settingWithoutValue, originIsPattern, developmentPage, previewPage,
  credentialsValueNotTrue, wildcardListWithCredentials,
  methodInLowerCase, headerMisspelt, headerAddedByLibrary,
  headersOnlyOnPreflight, fontNeedsCors, elementAsksForCors, htmlInsteadOfData,
  wildcardWithCredentials, credentialsNotAllowed, originNotAllowed, methodNotAllowed, headerNotAllowed, unreadableList, credentialsInRedirect, redirectToOtherScheme, noCorsHeaders,
  stalePreflight, extensionAddsWildcard, refusalWithoutHeaders,
];

/** The same for exchanges that were not blocked. Nothing ordinary has one. */
export const openCauses: readonly CauseRow<OpenScene>[] = [extensionRewritesHeaders];

/** Every cause that fits an exchange. The first one is the one to tell. */
export function causesOf(exchange: Exchange, diagnosis: Pick<Diagnosis, 'outcome' | 'mode' | 'judged' | 'block' | 'failure'>): readonly Cause[] {
  const { block, failure } = diagnosis;
  if (failure) {
    const { kind, owner, summary, netError, fix, code } = failure;
    return [{ id: kind, owner, summary: `This is not CORS: ${summary}`, short: null, evidence: netError === '' ? 'The redirect was not followed' : netError, fix, code }];
  }
  if (block) {
    const { host } = block.evidence;
    const scene: Scene = { exchange, block, response: block.at.response, host, hostname: parseUrl(block.hop.url)?.hostname ?? '' };
    return causes.flatMap((row) => causeOf(row, scene));
  }
  const scene: OpenScene = { exchange, diagnosis, host: hostOf(lastHop(exchange).url) };
  return openCauses.flatMap((row) => causeOf(row, scene));
}

