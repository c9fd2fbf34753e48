import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { type CorsErrorCode, corsErrorCodes } from '../../src/fetch/network-error.ts';
import { corsErrors } from '../../src/explain/cors-errors.ts';
import { type Outcome, diagnose } from '../../src/explain/diagnosis.ts';
import { steps } from '../../src/explain/steps.ts';
import { type Story, acac, acah, acam, acao, actual, api, app, blocked, cookie, exchangeOf, location, named, preflight, redirected, vary } from './story.ts';

interface Conclusion {
  readonly outcome: Outcome;
  readonly basis: string;
  readonly basisBecause: string;
  readonly mode: string;
  readonly modeBecause: string;
  readonly credentials: string;
  readonly credentialsBecause: string;
  /** The code with its parameter, if it has one, in parentheses; null: not blocked. */
  readonly error: string | null;
  readonly alternatives: readonly string[];
  readonly otherErrors: readonly string[];
  readonly firefox: string;
  readonly failure: string | null;
  readonly causes: readonly string[];
  readonly risks: readonly string[];
}

const profiles = {
  chromium: browserProfiles.chromium,
  firefox: browserProfiles.firefox,
  /** As its extension API lets the panel see it. */
  'firefox-panel': { ...browserProfiles.firefox, multipleAllowOriginValues: 'merged-lines' },
} as const;

interface Row {
  readonly name: string;
  readonly story: Story;
  readonly profile?: keyof typeof profiles;
  /** Whatever is said here has to be so. */
  readonly expected: Partial<Conclusion>;
  /** Causes and risks that are nearly there and must not be claimed. `causes.test.ts` has those of each cause. */
  readonly nearMissOf?: readonly string[];
}

const outcomes: readonly Row[] = [
  { name: 'a response that passes', story: { hops: [{ answer: [200, acao('*')] }] }, expected: { outcome: 'allowed', error: null, failure: null, causes: [], risks: [] } },
  { name: 'an error response that passes', story: { hops: [{ answer: [500, acao('*')] }] }, expected: { outcome: 'allowed', causes: [] } },
  { name: 'a no-cors response, which needs no permission', story: { hops: [{ sentOrigin: null, answer: [200] }] }, expected: { outcome: 'allowed', mode: 'no-cors', causes: [] } },
  { name: 'a response that fails, of a request under way', story: { hops: [{ answer: [200] }], end: 'pending' }, expected: { outcome: 'pending', error: null, causes: [] } },
  { name: 'nothing but a beginning', story: { hops: [{ sent: null }], end: 'pending' }, expected: { outcome: 'pending' } },
  { name: 'a blocked request of which no response was seen', story: { hops: [{}], end: blocked }, expected: { outcome: 'unknown', error: null, failure: null, causes: [] } },
  { name: 'a failed request whose response passes', story: { hops: [{ answer: [200, ...named] }], end: blocked }, expected: { outcome: 'unknown', error: null } },
  { name: 'a failed no-cors request', story: { hops: [{ sent: ['Sec-Fetch-Mode: no-cors'], sentOrigin: null, answer: [200] }], end: blocked }, expected: { outcome: 'unknown', mode: 'no-cors', error: null } },
  { name: 'a cached preflight, which nobody saw refuse', story: { hops: [{ method: 'PUT', preflight: 'cache' }], end: blocked }, expected: { outcome: 'unknown', mode: 'cors' } },
  { name: 'a preflight without response', story: { hops: [{ method: 'PUT', sent: null, preflight: { error: 'net::ERR_EMPTY_RESPONSE' } }], end: 'net::ERR_EMPTY_RESPONSE' }, expected: { outcome: 'failed', failure: 'reset' } },
  { name: 'a failure after the response began, which CORS had let pass', story: { hasStarted: true, hops: [{ answer: [200, acao('*')] }], end: blocked }, expected: { outcome: 'failed', failure: 'other', error: null, credentials: 'omit' } },
  { name: 'an aborted request whose response would fail', story: { hops: [{ answer: [200] }], end: 'net::ERR_ABORTED' }, expected: { outcome: 'failed', failure: 'aborted', error: null } },
  { name: 'a redirect of which nothing more was seen', story: { hops: [{ answer: [302, acao('*'), location('/b')], to: 'https://api.example/b' }], end: 'net::ERR_ABORTED' }, expected: { outcome: 'unknown' } },
  { name: 'a redirect that the script refused', story: { hops: [{ answer: [302, acao('*'), location('/b')], to: 'https://api.example/b' }], end: 'refused' }, expected: { outcome: 'failed', failure: 'redirect-refused', causes: ['redirect-refused'] } },
  { name: 'a redirect that fails and that the script would have refused', story: { hops: [{ answer: [302, location('/b')] }], end: blocked }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader' } },
  { name: 'Firefox\'s error of a blocked request', profile: 'firefox', story: { hops: [{ answer: [200] }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader' } },
  { name: 'Firefox\'s refused preflight', profile: 'firefox', story: { hops: [{ method: 'PUT', preflight: { answer: [404] } }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { outcome: 'blocked', error: 'PreflightMissingAllowOriginHeader' } },
];

const unshown = 'The file does not tell what became of this request, and the headers alone do not show it.';

/** Exchanges from a file that does not tell how they ended. */
const untold: readonly Row[] = [
  { name: 'a response that fails', story: { hops: [{ answer: [200] }], end: 'untold' }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader', basis: 'computed', basisBecause: 'The file does not tell what became of this request. The verdict follows from the headers.' } },
  { name: 'a response that passes', story: { hops: [{ answer: [200, ...named] }], end: 'untold' }, expected: { outcome: 'allowed', basis: 'computed' } },
  { name: 'a response that passes without credentials alone, and nothing shows them', story: { hops: [{ answer: [200, acao('*')] }], end: 'untold' }, expected: { outcome: 'unknown', error: null, basis: 'unknown', basisBecause: unshown } },
  { name: 'a response that passes, of a request that may be no-cors', story: { hops: [{ method: 'POST', answer: [200, ...named] }], end: 'untold' }, expected: { outcome: 'unknown', mode: 'unknown' } },
  { name: 'a no-cors response, which something else may have stopped', story: { hops: [{ sentOrigin: null, answer: [200] }], end: 'untold' }, expected: { outcome: 'unknown', mode: 'no-cors', basisBecause: unshown } },
  { name: 'no response', story: { hops: [{}], end: 'untold' }, expected: { outcome: 'unknown', error: null, failure: null } },
  { name: 'a preflight that fails', profile: 'firefox', story: { hops: [{ method: 'PUT', preflight: { answer: [404] } }], end: 'untold' }, expected: { outcome: 'blocked', error: 'PreflightMissingAllowOriginHeader', basis: 'computed' } },
  { name: 'a preflight that passes, and no response', profile: 'firefox', story: { hops: [{ method: 'PUT', preflight: { answer: [204, ...named, acam('PUT')] } }], end: 'untold' }, expected: { outcome: 'unknown', error: null } },
  { name: 'a preflight without an answer', story: { hops: [{ method: 'PUT', sent: null, preflight: {} }], end: 'untold' }, expected: { outcome: 'unknown', failure: null } },
  { name: 'a redirect that fails', story: { hops: [{ answer: [302, location('/b')] }], end: 'untold' }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader' } },
  { name: 'a redirect that passes, and nothing after it', story: { hops: [{ answer: [302, ...named, location('/b')] }], end: 'untold' }, expected: { outcome: 'unknown', error: null } },
  { name: 'a redirect that passes and leads where no fetch goes, and that nobody may have followed', story: { hops: [{ answer: [302, ...named, location('ftp://files.example/')] }], end: 'untold' }, expected: { outcome: 'unknown', error: null } },
];

const withheld: readonly Row[] = [
  { name: 'a response that passes and was read', profile: 'firefox', story: { hops: [{ answer: [200, ...named] }], end: 'readable' }, expected: { outcome: 'allowed', basis: 'observed', basisBecause: 'Resource Timing shows that the page could read the response.' } },
  { name: 'a response that fails and was withheld', profile: 'firefox', story: { hops: [{ answer: [200] }], end: 'withheld' }, expected: { outcome: 'blocked', mode: 'cors', error: 'MissingAllowOriginHeader', basis: 'observed', basisBecause: 'Resource Timing shows that the page could not read the response.' } },
  { name: 'two witnesses who agree, in Chromium', story: { hops: [{ answer: [200, ...named] }], end: 'readable' }, expected: { outcome: 'allowed', basis: 'observed', basisBecause: 'The browser reported how the request ended, and Resource Timing agrees.' } },
  { name: 'two witnesses who contradict each other, in Chromium', story: { hops: [{ answer: [200, ...named] }], end: 'withheld' }, expected: { outcome: 'allowed', basis: 'unknown', basisBecause: 'The browser reported the request as completed, and Resource Timing says that the page could not read the response. One of them is wrong.' } },
  { name: 'a no-cors response in Chromium, which is always withheld', story: { hops: [{ sentOrigin: null, answer: [200] }], end: 'withheld' }, expected: { outcome: 'allowed', mode: 'no-cors', basis: 'observed' } },
  { name: 'a response that fails, of which nobody knows whether it was read', profile: 'firefox', story: { hops: [{ answer: [200] }] }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader', basis: 'computed', basisBecause: 'The browser did not tell whether the page got this response. The verdict follows from the headers.' } },
  { name: 'a response that passes either way, of which nobody knows whether it was read', profile: 'firefox', story: { hops: [{ answer: [200, ...named] }] }, expected: { outcome: 'allowed', basis: 'computed' } },
  { name: 'a response that passes without credentials alone, and nothing shows them', profile: 'firefox', story: { hops: [{ answer: [200, acao('*')] }] }, expected: { outcome: 'unknown', error: null, basis: 'unknown', basisBecause: 'Nothing that was seen shows the outcome.' } },
  { name: 'a wildcard that was read', profile: 'firefox', story: { hops: [{ answer: [200, acao('*')] }], end: 'readable' }, expected: { outcome: 'allowed', credentials: 'omit' } },
  { name: 'a wildcard that was withheld', profile: 'firefox', story: { hops: [{ answer: [200, acao('*')] }], end: 'withheld' }, expected: { outcome: 'blocked', credentials: 'include', error: 'WildcardOriginNotAllowed', firefox: 'CORSNotSupportingCredentials' } },
  { name: 'a wildcard beside a cookie', profile: 'firefox', story: { hops: [{ sent: [cookie], answer: [200, acao('*')] }] }, expected: { outcome: 'blocked', error: 'WildcardOriginNotAllowed', basis: 'computed' } },
  { name: 'a no-cors response, which is always withheld', profile: 'firefox', story: { hops: [{ sentOrigin: null, answer: [200] }], end: 'withheld' }, expected: { outcome: 'allowed', mode: 'no-cors', basis: 'observed', basisBecause: 'No script can read the response of a no-cors request, whatever its headers.' } },
  { name: 'a withheld POST, whose mode may be no-cors', profile: 'firefox', story: { hops: [{ method: 'POST', answer: [200] }], end: 'withheld' }, expected: { outcome: 'unknown', mode: 'unknown', error: null } },
  { name: 'a POST that passes, withheld all the same', profile: 'firefox', story: { hops: [{ method: 'POST', answer: [200, ...named] }], end: 'withheld' }, expected: { outcome: 'allowed', mode: 'no-cors', modeBecause: 'The browser withheld a response that every CORS request may read.' } },
  { name: 'a request under way when nothing was heard', profile: 'firefox', story: { hops: [{ answer: [200] }], end: 'unseen' }, expected: { outcome: 'unknown', error: null, failure: null, basis: 'unknown', basisBecause: 'For a while nothing was heard of the network, and this request was under way.' } },
  { name: 'a completed request whose response was not seen', profile: 'firefox', story: { hops: [{}] }, expected: { outcome: 'unknown', error: null } },
  { name: 'a redirect that fails, which Firefox reports all the same', profile: 'firefox', story: { hops: [{ answer: [302, location('/b')], to: 'https://api.example/b' }], end: 'NS_ERROR_UNEXPECTED' }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader', basis: 'computed', basisBecause: 'The browser did not tell why it did not follow the redirect. The verdict follows from the headers.' } },
  { name: 'the same redirect by another name', profile: 'firefox', story: { hops: [{ answer: [302, location('/b')], to: 'https://api.example/b' }], end: 'NS_ERROR_NET_ON_RECEIVING_FROM' }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader' } },
  { name: 'a redirect that passes and was not followed', profile: 'firefox', story: { hops: [{ answer: [302, ...named, location('/b')], to: 'https://api.example/b' }], end: 'NS_ERROR_UNEXPECTED' }, expected: { outcome: 'unknown', error: null } },
  { name: 'a redirect that completed, handed to the script or refused', profile: 'firefox', story: { hops: [{ answer: [302, ...named, location('/b')] }], end: 'readable' }, expected: { outcome: 'unknown', error: null, basis: 'unknown', basisBecause: 'The redirect was not followed. Whether the script got it or an error leaves no trace.' } },
  { name: 'a redirect that completed and was withheld', profile: 'firefox', story: { hops: [{ answer: [302, location('/b')] }], end: 'withheld' }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader' } },
  { name: 'where a redirect leads that nobody followed', profile: 'firefox', story: { hops: [{ sent: [cookie], answer: [302, acao('*'), location('data:,x')] }], end: 'withheld' }, expected: { outcome: 'blocked', error: 'WildcardOriginNotAllowed', otherErrors: ['InvalidAllowCredentials'] } },
  { name: 'the same error without a redirect', profile: 'firefox', story: { hops: [{ answer: [200] }], end: 'NS_ERROR_UNEXPECTED' }, expected: { outcome: 'failed' } },
  { name: 'several values, which may have been one line', profile: 'firefox-panel', story: { hops: [{ answer: [200, acao(`${app}, ${app}`)] }], end: 'withheld' }, expected: { outcome: 'blocked', error: `MultipleAllowOriginValues (${app}, ${app})`, alternatives: ['AllowOriginMismatch'], firefox: 'CORSMultipleAllowOriginNotAllowed' } },
  { name: 'the same of a preflight', profile: 'firefox-panel', story: { hops: [{ method: 'PUT', preflight: { answer: [204, acao('*, *')] } }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { outcome: 'blocked', error: 'PreflightMultipleAllowOriginValues (*, *)', alternatives: ['PreflightAllowOriginMismatch'] } },
  { name: 'several values that were one line, or there would be a space', profile: 'firefox-panel', story: { hops: [{ answer: [200, acao(`${app},*`)] }], end: 'withheld' }, expected: { outcome: 'blocked', error: `AllowOriginMismatch (${app},*)`, alternatives: [] } },
  { name: 'a preflight that got no answer, whose request Firefox reports as refused', profile: 'firefox', story: { hops: [{ method: 'PUT', preflight: { error: 'NS_ERROR_NET_RESET' } }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { outcome: 'failed', failure: 'reset', error: null } },
  { name: 'a cookie for the page\'s own origin, which redirects', profile: 'firefox', story: { hops: [{ url: `${app}/a`, sent: [cookie], answer: [302, location(api)], to: api }, { answer: [200, acao('*')] }], end: 'readable' }, expected: { outcome: 'allowed', credentials: 'omit' } },
  { name: 'a POST that passes with headers that were tried out, withheld all the same', profile: 'firefox', story: { trial: 'changed', hops: [{ method: 'POST', answer: [200, ...named] }], end: 'withheld' }, expected: { outcome: 'unknown', mode: 'unknown', error: null } },
  { name: 'a request that was under way when a trial ended', story: { trial: 'unclear', hops: [{}], end: blocked }, expected: { outcome: 'unknown', error: null, basis: 'unknown', basisBecause: 'A trial began or ended while this request was under way, so nothing shows which headers the browser judged.' } },
  { name: 'a response under way', profile: 'firefox', story: { hops: [{ answer: [200] }], end: 'pending' }, expected: { outcome: 'pending', basis: 'unknown', basisBecause: 'The request is still under way.' } },
];

const unsent = 'The request was never sent, so nothing shows whether it would carry credentials.';

const inferences: readonly Row[] = [
  // Mode
  { name: 'a preflight', story: { hops: [{ method: 'PUT', preflight: { answer: [204, acao('*'), acam('PUT')] }, answer: [200, acao('*')] }] }, expected: { mode: 'cors', modeBecause: 'Only a request whose mode is cors has a preflight.' } },
  { name: 'a cached preflight', story: { hops: [{ method: 'PUT', preflight: 'cache', answer: [200, acao('*')] }] }, expected: { mode: 'cors', modeBecause: 'Only a request whose mode is cors has a preflight.' } },
  { name: 'a font', story: { type: 'font', hops: [{ sentOrigin: null, answer: [200, acao('*')] }] }, expected: { mode: 'cors', modeBecause: 'Fonts are always loaded with the mode cors.', credentials: 'omit' } },
  { name: 'a font that was never sent', story: { type: 'font', hops: [{ sent: null }], end: 'net::ERR_NAME_NOT_RESOLVED' }, expected: { mode: 'cors', credentials: 'omit', credentialsBecause: 'Fonts are loaded from other origins without credentials.' } },
  { name: 'Sec-Fetch-Mode: cors', story: { hops: [{ method: 'POST', sent: ['Sec-Fetch-Mode: cors'], answer: [200, acao('*')] }] }, expected: { mode: 'cors', modeBecause: 'The request says Sec-Fetch-Mode: cors.' } },
  { name: 'Sec-Fetch-Mode: no-cors beside an Origin', story: { hops: [{ method: 'POST', sent: ['Sec-Fetch-Mode: no-cors'], answer: [200] }] }, expected: { mode: 'no-cors', modeBecause: 'The request says Sec-Fetch-Mode: no-cors.' } },
  { name: 'a GET with Origin', story: { hops: [{ answer: [200, acao('*')] }] }, expected: { mode: 'cors', modeBecause: 'A GET request carries Origin only when its mode is cors.' } },
  { name: 'a HEAD without Origin', story: { hops: [{ method: 'HEAD', sentOrigin: null, answer: [200] }] }, expected: { mode: 'no-cors', modeBecause: 'A HEAD request to another origin without Origin has the mode no-cors.' } },
  { name: 'a POST, which carries Origin in every mode', story: { hops: [{ method: 'POST', answer: [200, acao('*')] }] }, expected: { mode: 'unknown', modeBecause: 'The request shows no sign of its mode.' } },
  { name: 'a POST whose response passed without permission', story: { hops: [{ method: 'POST', answer: [200] }] }, expected: { outcome: 'allowed', mode: 'no-cors', modeBecause: 'The browser let a response pass that no CORS request may read.' } },
  { name: 'a POST whose response was withheld', story: { hops: [{ method: 'POST', answer: [200] }], end: blocked }, expected: { outcome: 'blocked', mode: 'cors', modeBecause: 'The browser withheld a response that fails the CORS check.' } },
  { name: 'a request that was never sent', story: { hops: [{ sent: null }], end: 'net::ERR_CONNECTION_REFUSED' }, expected: { mode: 'unknown' } },
  {
    name: 'a GET to the page\'s own origin, without Origin, that is redirected to another',
    story: { origin: 'http://app.example', hops: [{ url: 'http://app.example/a', sentOrigin: null, answer: [302, location('http://api.example/b')], to: 'http://api.example/b' }, { url: 'http://api.example/b', answer: [200] }], end: blocked },
    expected: { outcome: 'blocked', mode: 'cors', modeBecause: 'A GET request carries Origin only when its mode is cors.', error: 'MissingAllowOriginHeader' },
  },

  // What the page said, when it was asked
  { name: 'a POST that the page says is no-cors', story: { asked: { mode: 'no-cors' }, hops: [{ method: 'POST', answer: [200, ...named] }] }, expected: { mode: 'no-cors', modeBecause: 'The page said so: mode is no-cors.' } },
  { name: 'a POST by XMLHttpRequest', story: { asked: { api: 'xhr', mode: null }, hops: [{ method: 'POST', answer: [200, ...named] }] }, expected: { mode: 'cors', modeBecause: 'The page asked with XMLHttpRequest, whose mode is always cors.' } },
  { name: 'a page that says another mode than the request', story: { asked: { mode: 'no-cors' }, hops: [{ sent: ['Sec-Fetch-Mode: cors'], answer: [200, ...named] }] }, expected: { mode: 'cors', modeBecause: 'The request says Sec-Fetch-Mode: cors. The page said something else.' } },
  { name: 'a page that says no-cors of a request with a preflight', story: { asked: { mode: 'no-cors' }, hops: [{ method: 'PUT', sent: null, preflight: { answer: [204] } }], end: blocked }, expected: { outcome: 'blocked', mode: 'cors', modeBecause: 'Only a request whose mode is cors has a preflight. The page said something else.' } },
  { name: 'a page that says cors of what only a no-cors request gets', story: { asked: { mode: 'cors' }, hops: [{ method: 'POST', answer: [200] }] }, expected: { outcome: 'allowed', mode: 'no-cors', modeBecause: 'The browser let a response pass that no CORS request may read. The page said something else.' } },
  { name: 'a preflight that refuses each credentials mode in its own way, and a page that says include', story: { asked: { credentials: 'include' }, hops: [{ method: 'PUT', sent: null, preflight: { answer: [204, acao(app)] } }], end: blocked }, expected: { credentials: 'include', credentialsBecause: 'The page said so: credentials is include.', error: 'PreflightInvalidAllowCredentials', alternatives: [] } },
  { name: 'the same by XMLHttpRequest without credentials', story: { asked: { api: 'xhr' }, hops: [{ method: 'PUT', sent: null, preflight: { answer: [204, acao(app)] } }], end: blocked }, expected: { credentials: 'omit', credentialsBecause: 'The page said so: withCredentials is false.', error: 'MethodDisallowedByPreflightResponse (PUT)', alternatives: [] } },
  { name: 'a page that says omit of a request with a cookie', story: { asked: { credentials: 'omit' }, hops: [{ sent: [cookie], answer: [200, ...named] }] }, expected: { credentials: 'include', credentialsBecause: 'The request carries Cookie. The page said something else.' } },
  { name: 'a page that says include of a request that carries none', story: { asked: { credentials: 'include' }, hops: [{ sent: ['Sec-Fetch-Site: cross-site'], answer: [200, ...named] }] }, expected: { credentials: 'omit', credentialsBecause: 'The cross-site request carries no Sec-Fetch-Storage-Access, so it has no credentials. The page said something else.' } },
  { name: 'a page that says include of what only a request without credentials may read', story: { asked: { credentials: 'include' }, hops: [{ answer: [200, acao('*')] }] }, expected: { outcome: 'allowed', credentials: 'omit', credentialsBecause: 'The browser did what it does only when a request carries no credentials. The page said something else.' } },
  { name: 'an image of the same site whose element asks with credentials', story: { type: 'image', asked: { api: 'element', credentials: 'include' }, hops: [{ sent: ['Sec-Fetch-Site: same-site'], answer: [200] }], end: blocked }, expected: { mode: 'cors', credentials: 'include', credentialsBecause: 'The page said so: crossorigin is use-credentials.', alternatives: [] } },
  { name: 'an image of the same site whose element asks without', story: { type: 'image', asked: { api: 'element' }, hops: [{ sent: ['Sec-Fetch-Site: same-site'], answer: [200] }], end: blocked }, expected: { mode: 'cors', credentials: 'omit', credentialsBecause: 'The page said so: crossorigin is not use-credentials.', alternatives: [] } },
  { name: 'an image whose element asks with CORS, before it is sent', story: { type: 'image', asked: { api: 'element' }, hops: [{ sent: null }], end: 'pending' }, expected: { mode: 'cors', modeBecause: 'The page has an element that asks with crossorigin or as a module: its mode is always cors.' } },
  { name: 'an element that the page says asks with CORS, of a request that does not', story: { type: 'image', asked: { api: 'element' }, hops: [{ sent: ['Sec-Fetch-Mode: no-cors'], sentOrigin: null, answer: [200] }] }, expected: { mode: 'no-cors', modeBecause: 'The request says Sec-Fetch-Mode: no-cors. The page said something else.' } },
  { name: 'a redirect that the page says it wants to see', profile: 'firefox', story: { asked: { redirect: 'manual' }, hops: [{ answer: [302, ...named, location('/b')] }], end: 'readable' }, expected: { outcome: 'allowed', error: null } },
  { name: 'a redirect without a target, which a page that follows them gets', profile: 'firefox', story: { asked: {}, hops: [{ answer: [302, ...named] }], end: 'readable' }, expected: { outcome: 'allowed', error: null } },
  { name: 'a redirect that passes, which the page says it refuses', profile: 'firefox', story: { asked: { redirect: 'error' }, hops: [{ answer: [302, ...named, location('/b')] }], end: 'refused' }, expected: { outcome: 'failed', failure: 'redirect-refused', basis: 'computed', basisBecause: 'The browser did not tell what became of the redirect. The page said that it takes none.' } },
  { name: 'a redirect that fails, which the page would have refused', profile: 'firefox', story: { asked: { redirect: 'error' }, hops: [{ answer: [302, location('data:,x')] }], end: 'refused' }, expected: { outcome: 'blocked', error: 'MissingAllowOriginHeader', failure: null } },
  { name: 'a redirect that was not followed, although the page says it follows them', profile: 'firefox', story: { asked: {}, hops: [{ answer: [302, ...named, location('/b')] }], end: 'readable' }, expected: { outcome: 'unknown', error: null } },

  // Credentials
  { name: 'a cookie', story: { hops: [{ sent: [cookie], answer: [200, ...named] }] }, expected: { credentials: 'include', credentialsBecause: 'The request carries Cookie.' } },
  { name: 'a cookie on one hop', story: { hops: [{ answer: [302, ...named, location('/b')] }, { sent: [cookie], answer: [200, ...named] }] }, expected: { credentials: 'include' } },
  { name: 'Sec-Fetch-Storage-Access', story: { hops: [{ sent: ['Sec-Fetch-Site: cross-site', 'Sec-Fetch-Storage-Access: none'], answer: [200, ...named] }] }, expected: { credentials: 'include', credentialsBecause: 'The request carries Sec-Fetch-Storage-Access, which only a request with credentials does.' } },
  { name: 'a cross-site request without it', story: { hops: [{ sent: ['Sec-Fetch-Site: cross-site'], answer: [200, ...named] }] }, expected: { credentials: 'omit', credentialsBecause: 'The cross-site request carries no Sec-Fetch-Storage-Access, so it has no credentials.' } },
  { name: 'a cross-site request without it, of a kind that never has it', story: { isUnmarked: true, hops: [{ sent: ['Sec-Fetch-Site: cross-site'], answer: [200, ...named] }] }, expected: { credentials: 'unknown', credentialsBecause: 'The request shows no sign of its credentials mode.' } },
  { name: 'a same-site request without it', story: { hops: [{ sent: ['Sec-Fetch-Site: same-site'], answer: [200, ...named] }] }, expected: { credentials: 'unknown', credentialsBecause: 'The request shows no sign of its credentials mode.' } },
  { name: 'a beacon', story: { type: 'ping', hops: [{ method: 'POST', answer: [200, ...named] }] }, expected: { credentials: 'include', credentialsBecause: 'A beacon is always sent with credentials.' } },
  { name: 'a response that only a request without credentials may read', story: { hops: [{ answer: [200, acao('*')] }] }, expected: { outcome: 'allowed', credentials: 'omit', credentialsBecause: 'The browser did what it does only when a request carries no credentials.' } },
  { name: 'a response that was withheld, although anyone may read it', story: { hops: [{ answer: [200, acao('*')] }, { answer: [200, acao('*')] }] , end: 'completed' }, expected: { outcome: 'allowed', credentials: 'omit' } },
  { name: 'a response that is blocked only with credentials', story: { hops: [{ method: 'POST', answer: [200, acao(app)] }], end: blocked }, expected: { outcome: 'blocked', error: 'InvalidAllowCredentials', credentials: 'include', credentialsBecause: 'The browser did what it does only when a request carries credentials.' } },
  { name: 'a preflight that refuses, so that nothing was sent', story: { hops: [{ method: 'PUT', sent: null, preflight: { answer: [204, ...named] } }], end: blocked }, expected: { credentials: 'unknown', credentialsBecause: unsent, error: 'MethodDisallowedByPreflightResponse (PUT)', alternatives: [] } },
  {
    name: 'a preflight that refuses each credentials mode in its own way', story: { hops: [{ method: 'PUT', sent: null, preflight: { answer: [204, acao(app)] } }], end: blocked },
    expected: { outcome: 'blocked', credentials: 'unknown', error: 'MethodDisallowedByPreflightResponse (PUT)', alternatives: ['PreflightInvalidAllowCredentials'], otherErrors: [] },
  },
  {
    name: 'a preflight that refuses each in its own way, with a cookie on the hop before', story: { hops: [{ method: 'PUT', sent: [cookie], preflight: { answer: [204, ...named, acam('PUT')] }, answer: [307, ...named, location('/b')] }, { method: 'PUT', sent: null, preflight: { answer: [204, acao(app)] } }], end: blocked },
    expected: { outcome: 'blocked', credentials: 'include', error: 'PreflightInvalidAllowCredentials', alternatives: [], otherErrors: ['MethodDisallowedByPreflightResponse'] },
  },
];

const errors: readonly Row[] = [
  // The preflight
  { name: 'a preflight that needs a login', story: preflight('PUT', undefined, 401), expected: { error: 'PreflightMissingAllowOriginHeader', otherErrors: ['PreflightInvalidStatus', 'MethodDisallowedByPreflightResponse'], firefox: 'CORSMissingAllowOrigin', causes: ['preflight-needs-login', 'no-cors-headers'] }, nearMissOf: ['preflight-not-answered'] },
  { name: 'a preflight that nobody answers', story: preflight('PUT', undefined, 404), expected: { error: 'PreflightMissingAllowOriginHeader', causes: ['preflight-not-answered', 'no-cors-headers'] }, nearMissOf: ['preflight-needs-login'] },
  { name: 'a preflight with the headers and no ok status', story: preflight('PUT', undefined, 405, acao('*'), acam('PUT')), expected: { error: 'PreflightInvalidStatus', firefox: 'CORSPreflightDidNotSucceed', causes: ['preflight-not-answered'], alternatives: ['PreflightWildcardOriginNotAllowed'] }, nearMissOf: ['no-cors-headers'] },
  { name: 'a preflight answered with 304', story: preflight('PUT', undefined, 304, ...named, acam('PUT')), expected: { error: 'PreflightInvalidStatus', causes: ['preflight-not-answered'] } },
  { name: 'a 401 of the actual request, which is no preflight', story: actual([401]), expected: { error: 'MissingAllowOriginHeader', causes: ['error-response', 'no-cors-headers'] }, nearMissOf: ['preflight-needs-login', 'preflight-not-answered'] },
  { name: 'a preflight that is redirected', story: preflight('PUT', undefined, 301, location('https://api.example/a/')), expected: { error: 'PreflightDisallowedRedirect', otherErrors: ['PreflightMissingAllowOriginHeader', 'MethodDisallowedByPreflightResponse'], firefox: 'CORSMissingAllowOrigin', causes: ['preflight-redirected'] } },
  { name: 'a preflight that is redirected, in Firefox, which says so only if the request follows redirects', profile: 'firefox', story: { hops: [{ method: 'PUT', preflight: { answer: [301, ...named, location('/b')] } }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { error: 'PreflightDisallowedRedirect', firefox: 'CORSExternalRedirectNotAllowed', alternatives: ['PreflightInvalidStatus'], causes: ['preflight-redirected'] } },
  { name: 'the same of a page that asked to follow', profile: 'firefox', story: { asked: {}, hops: [{ method: 'PUT', preflight: { answer: [301, ...named, location('/b')] } }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { error: 'PreflightDisallowedRedirect', alternatives: [] } },
  { name: 'the same of an XMLHttpRequest, which always follows', profile: 'firefox', story: { asked: { api: 'xhr', redirect: null }, hops: [{ method: 'PUT', preflight: { answer: [301, ...named, location('/b')] } }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { error: 'PreflightDisallowedRedirect', alternatives: [] } },
  { name: 'the same of a page that asked not to follow', profile: 'firefox', story: { asked: { redirect: 'manual' }, hops: [{ method: 'PUT', preflight: { answer: [301, ...named, location('/b')] } }], end: 'NS_ERROR_DOM_BAD_URI' }, expected: { error: 'PreflightInvalidStatus', firefox: 'CORSPreflightDidNotSucceed', alternatives: [], causes: ['preflight-redirected'] } },
  { name: 'the same in Chromium, which always says so', story: { asked: { redirect: 'manual' }, hops: [{ method: 'PUT', sent: null, preflight: { answer: [301, ...named, location('/b')] } }], end: blocked }, expected: { error: 'PreflightDisallowedRedirect', alternatives: [], causes: ['preflight-redirected'] } },
  { name: 'a preflight that is redirected and allows the origin', story: preflight('PUT', undefined, 301, ...named, acam('PUT'), location('/b')), expected: { error: 'PreflightDisallowedRedirect', firefox: 'CORSExternalRedirectNotAllowed', causes: ['preflight-redirected'] } },
  { name: 'a preflight with the status of a redirect and no Location', story: preflight('PUT', undefined, 302, ...named, acam('PUT')), expected: { error: 'PreflightInvalidStatus' }, nearMissOf: ['preflight-redirected'] },
  { name: 'a method that is not allowed', story: preflight('PATCH', undefined, 204, ...named, acam('GET, PUT')), expected: { error: 'MethodDisallowedByPreflightResponse (PATCH)', firefox: 'CORSMethodNotFound', causes: ['method-not-allowed'] }, nearMissOf: ['method-in-lower-case'] },
  { name: 'a method in lower case', story: preflight('patch', undefined, 204, ...named, acam('PATCH')), expected: { error: 'MethodDisallowedByPreflightResponse (patch)', causes: ['method-in-lower-case', 'method-not-allowed'] } },
  { name: 'methods that cannot be read', story: preflight('PUT', undefined, 204, ...named, acam('PUT;DELETE')), expected: { error: 'InvalidAllowMethodsPreflightResponse', otherErrors: ['MethodDisallowedByPreflightResponse'], firefox: 'CORSInvalidAllowMethod', causes: ['unreadable-list'] }, nearMissOf: ['method-not-allowed'] },
  { name: 'headers that cannot be read', story: preflight('GET', 'x-a', 204, ...named, acah('x-a: *')), expected: { error: 'InvalidAllowHeadersPreflightResponse', firefox: 'CORSInvalidAllowHeader', causes: ['unreadable-list'] }, nearMissOf: ['header-not-allowed', 'header-added-by-library'] },
  { name: 'headers that cannot be read, and a method that is missing', story: preflight('PUT', 'x-a', 204, ...named, acah('x a')), expected: { error: 'InvalidAllowHeadersPreflightResponse', firefox: 'CORSMethodNotFound' } },
  { name: 'empty items, which can be read', story: preflight('PUT', 'x-a', 204, ...named, acam(',PUT,'), acah(',')), expected: { error: 'HeaderDisallowedByPreflightResponse (x-a)', causes: ['header-not-allowed'] }, nearMissOf: ['unreadable-list'] },
  { name: 'a header that is not allowed', story: preflight('GET', 'x-a,x-b', 204, ...named, acah('x-c')), expected: { error: 'HeaderDisallowedByPreflightResponse (x-a)', otherErrors: ['HeaderDisallowedByPreflightResponse'], firefox: 'CORSMissingAllowHeaderFromPreflight', causes: ['header-not-allowed'] }, nearMissOf: ['header-added-by-library', 'response-header-sent-as-request-header'] },
  { name: 'headers in the order of the network log', story: { hops: [{ sent: null, order: ['accept', 'x-b', 'x-a'], preflight: { asks: 'x-a,x-b', answer: [204, ...named] } }], end: blocked }, expected: { error: 'HeaderDisallowedByPreflightResponse (x-b)' } },
  { name: 'a header of a tracing library', story: preflight('GET', 'traceparent', 204, ...named), expected: { error: 'HeaderDisallowedByPreflightResponse (traceparent)', causes: ['header-added-by-library', 'header-not-allowed'] } },
  { name: 'a response header as request header', story: preflight('GET', 'access-control-allow-origin', 204, ...named, acah('content-type')), expected: { error: 'HeaderDisallowedByPreflightResponse (access-control-allow-origin)', causes: ['response-header-sent-as-request-header', 'header-not-allowed'] } },
  { name: 'a header that only resembles a response header', story: preflight('GET', 'x-access-control-allow-origin', 204, ...named), expected: { causes: ['header-not-allowed'] }, nearMissOf: ['response-header-sent-as-request-header'] },

  // The origin
  { name: 'a preflight without Allow-Origin', story: preflight('PUT', undefined, 204), expected: { error: 'PreflightMissingAllowOriginHeader', causes: ['no-cors-headers'] } },
  { name: 'a response without Allow-Origin', story: actual([200]), expected: { error: 'MissingAllowOriginHeader', firefox: 'CORSMissingAllowOrigin', causes: ['no-cors-headers'], otherErrors: [] }, nearMissOf: ['error-response'] },
  { name: 'an error response without Allow-Origin', story: actual([500]), expected: { error: 'MissingAllowOriginHeader', causes: ['error-response', 'no-cors-headers'] } },
  { name: 'an error response for another origin', story: actual([500, acao('https://b.example')]), expected: { error: 'AllowOriginMismatch (https://b.example)', causes: ['origin-not-allowed'] }, nearMissOf: ['error-response', 'no-cors-headers', 'origin-nearly-right'] },
  { name: 'a preflight for another origin', story: preflight('PUT', undefined, 204, acao('https://b.example'), acac, acam('PUT')), expected: { error: 'PreflightAllowOriginMismatch (https://b.example)', firefox: 'CORSAllowOriginNotMatchingOrigin', causes: ['origin-not-allowed'] } },
  { name: 'an Origin that an extension has rewritten to what is none', story: { hops: [{ sentOrigin: 'rewritten', answer: [200, acao('https://b.example')] }], end: blocked }, expected: { error: 'AllowOriginMismatch (https://b.example)', causes: ['origin-not-allowed'] } },
  { name: 'a value that is no origin', story: actual([200, acao('"*"')]), expected: { error: 'InvalidAllowOriginValue ("*")', firefox: 'CORSAllowOriginNotMatchingOrigin', causes: ['origin-in-quotes', 'origin-not-allowed'] } },
  { name: 'a preflight with a value that is no origin', story: preflight('PUT', undefined, 204, acao('app'), acam('PUT')), expected: { error: 'PreflightInvalidAllowOriginValue (app)' } },
  { name: 'two origins in one line', story: actual([200, acao(`${app}, https://b.example`)]), expected: { error: `MultipleAllowOriginValues (${app}, https://b.example)`, firefox: 'CORSAllowOriginNotMatchingOrigin', causes: ['several-origins-in-one-header'] }, nearMissOf: ['header-sent-twice', 'origin-not-allowed'] },
  { name: 'the origin in two lines', story: actual([200, acao(app), acao(app)]), expected: { error: `MultipleAllowOriginValues (${app}, ${app})`, firefox: 'CORSMultipleAllowOriginNotAllowed', causes: ['header-sent-twice'] }, nearMissOf: ['several-origins-in-one-header'] },
  { name: 'a preflight with the origin in two lines', story: preflight('PUT', undefined, 204, acao('*'), acao('*'), acam('PUT')), expected: { error: 'PreflightMultipleAllowOriginValues (*, *)', firefox: 'CORSMultipleAllowOriginNotAllowed' } },
  { name: 'a page without an origin', story: { origin: 'null', ...actual([200]) }, expected: { error: 'MissingAllowOriginHeader', causes: ['opaque-origin', 'no-cors-headers'] } },
  { name: 'a page without an origin, with credentials', story: { origin: 'null', ...actual([200, acao('*'), acac], cookie) }, expected: { error: 'WildcardOriginNotAllowed', causes: ['wildcard-with-credentials'] }, nearMissOf: ['opaque-origin'] },

  // Credentials
  { name: 'the wildcard with credentials', story: actual([200, acao('*'), acac], cookie), expected: { error: 'WildcardOriginNotAllowed', firefox: 'CORSNotSupportingCredentials', causes: ['wildcard-with-credentials'], otherErrors: [] }, nearMissOf: ['credentials-not-allowed', 'origin-not-allowed'] },
  { name: 'the wildcard with credentials and without Allow-Credentials', story: actual([200, acao('*')], cookie), expected: { error: 'WildcardOriginNotAllowed', otherErrors: ['InvalidAllowCredentials'] } },
  { name: 'the wildcard without credentials', story: { hops: [{ answer: [200, acao('*')] }] }, expected: { outcome: 'allowed', causes: [] }, nearMissOf: ['wildcard-with-credentials'] },
  { name: 'no Allow-Credentials', story: actual([200, acao(app)], cookie), expected: { error: 'InvalidAllowCredentials', firefox: 'CORSMissingAllowCredentials', causes: ['credentials-not-allowed'] } },
  { name: 'another word than true', story: actual([200, acao(app), 'Access-Control-Allow-Credentials: True'], cookie), expected: { error: 'InvalidAllowCredentials (True)' } },
  { name: 'a preflight that allows any origin to a beacon', story: { type: 'ping', ...preflight('POST', 'content-type', 204, acao('*'), acah('content-type')) }, expected: { error: 'PreflightWildcardOriginNotAllowed', firefox: 'CORSNotSupportingCredentials', credentials: 'include', causes: ['wildcard-with-credentials'] } },
  { name: 'a preflight that allows no credentials', story: { type: 'ping', ...preflight('POST', 'content-type', 204, acao(app), acah('content-type')) }, expected: { error: 'PreflightInvalidAllowCredentials', causes: ['credentials-not-allowed'] } },

  // Redirects
  { name: 'a redirect to a login page', story: redirected('https://login.example/start', [200]), expected: { error: 'MissingAllowOriginHeader', causes: ['redirected-to-login', 'origin-lost-in-redirect', 'no-cors-headers'] } },
  { name: 'a redirect to a page that only resembles one', story: redirected('https://b.example/loginform', [200]), expected: { causes: ['origin-lost-in-redirect', 'no-cors-headers'] }, nearMissOf: ['redirected-to-login'] },
  { name: 'a redirect within the server, which keeps the origin', story: redirected('https://api.example/b', [200], app), expected: { causes: ['no-cors-headers'] }, nearMissOf: ['origin-lost-in-redirect'] },
  { name: 'a redirect to a server that allows the page but not null', story: redirected('https://b.example/b', [200, acao(app)]), expected: { error: `AllowOriginMismatch (${app})`, causes: ['origin-lost-in-redirect'] }, nearMissOf: ['origin-not-allowed'] },
  { name: 'a redirect back to the page\'s own origin', story: redirected('https://app.example/b', [200]), expected: { error: 'MissingAllowOriginHeader', causes: ['origin-lost-in-redirect', 'no-cors-headers'] } },
  { name: 'a redirect that itself fails the check', story: { hops: [{ answer: [302, location('https://b.example/b')] }], end: blocked }, expected: { error: 'MissingAllowOriginHeader' } },
  { name: 'a redirect to a URL with a password', story: { hops: [{ answer: [302, acao('*'), location('https://me:pw@b.example/')] }], end: blocked }, expected: { outcome: 'blocked', error: 'RedirectContainsCredentials', firefox: 'CORSDidNotSucceed', causes: ['credentials-in-redirect'] } },
  { name: 'a redirect from the page\'s own origin to a URL with a password', story: { hops: [{ url: `${app}/a`, sentOrigin: null, sent: ['Sec-Fetch-Mode: cors'], answer: [302, location('https://me:pw@b.example/')] }], end: blocked }, expected: { outcome: 'blocked', error: 'RedirectContainsCredentials' } },
  { name: 'a redirect to a path with an @', story: { hops: [{ answer: [302, ...named, location('/me:pw@b')], to: 'https://api.example/me:pw@b' }], end: 'refused' }, expected: { outcome: 'failed', failure: 'redirect-refused' }, nearMissOf: ['credentials-in-redirect', 'redirect-to-other-scheme'] },
  { name: 'a redirect to another scheme', story: { hops: [{ answer: [302, acao('*'), location('ftp://files.example/x')], to: 'ftp://files.example/x' }], end: 'unfollowed' }, expected: { outcome: 'blocked', error: 'CorsDisabledScheme', firefox: 'CORSRequestNotHttp', causes: ['redirect-to-other-scheme'] } },
];

const risks: readonly Row[] = [
  { name: 'null with credentials', story: { origin: 'null', hops: [{ answer: [200, acao('null'), acac, vary] }] }, expected: { outcome: 'allowed', risks: ['null-allowed-with-credentials'] }, nearMissOf: ['null-allowed'] },
  { name: 'null without', story: { origin: 'null', hops: [{ answer: [200, acao('null'), vary] }] }, expected: { risks: ['null-allowed'] }, nearMissOf: ['null-allowed-with-credentials'] },
  { name: 'an http origin with credentials, over https', story: { origin: 'http://app.example', hops: [{ answer: [200, acao('http://app.example'), acac, vary] }] }, expected: { risks: ['insecure-origin-with-credentials'] } },
  { name: 'an http origin with credentials, over http', story: { origin: 'http://app.example', hops: [{ url: 'http://api.example/a', answer: [200, acao('http://app.example'), acac, vary] }] }, expected: { risks: [] }, nearMissOf: ['insecure-origin-with-credentials'] },
  { name: 'an http origin without credentials', story: { origin: 'http://app.example', hops: [{ answer: [200, acao('http://app.example'), vary] }] }, expected: { risks: [] }, nearMissOf: ['insecure-origin-with-credentials'] },
  { name: 'localhost, which no network can take over', story: { origin: 'http://localhost:3000', hops: [{ answer: [200, acao('http://localhost:3000'), acac, vary] }] }, expected: { risks: [] }, nearMissOf: ['insecure-origin-with-credentials'] },
  { name: 'a name below localhost', story: { origin: 'http://app.localhost:3000', hops: [{ answer: [200, acao('http://app.localhost:3000'), acac, vary] }] }, expected: { risks: [] }, nearMissOf: ['insecure-origin-with-credentials'] },
  { name: 'a host that only begins like localhost', story: { origin: 'http://localhost.example', hops: [{ answer: [200, acao('http://localhost.example'), acac, vary] }] }, expected: { risks: ['insecure-origin-with-credentials'] } },
  { name: 'an origin without Vary', story: { hops: [{ answer: [200, acao(app)] }] }, expected: { risks: ['no-vary-origin'] } },
  { name: 'Vary with another name', story: { hops: [{ answer: [200, acao(app), 'Vary: Accept, X-Origin'] }] }, expected: { risks: ['no-vary-origin'] } },
  { name: 'Vary with several names, in any case', story: { hops: [{ answer: [200, acao(app), 'Vary: Accept', 'vary: ORIGIN'] }] }, expected: { risks: [] }, nearMissOf: ['no-vary-origin'] },
  { name: 'Vary: *', story: { hops: [{ answer: [200, acao(app), 'Vary: *'] }] }, expected: { risks: [] }, nearMissOf: ['no-vary-origin'] },
  { name: 'any origin without Vary', story: { hops: [{ answer: [200, acao('*')] }] }, expected: { risks: [] }, nearMissOf: ['no-vary-origin', 'wildcard-claims-credentials'] },
  { name: 'a preflight without Vary, which no cache keeps', story: { hops: [{ method: 'PUT', preflight: { answer: [204, acao(app), acam('PUT')] }, answer: [200, ...named] }] }, expected: { risks: [] }, nearMissOf: ['no-vary-origin'] },
  { name: 'a no-cors response', story: { hops: [{ sent: ['Sec-Fetch-Mode: no-cors'], answer: [200, acao(app), acac] }] }, expected: { risks: [] }, nearMissOf: ['no-vary-origin'] },
  { name: 'any origin beside Allow-Credentials', story: { hops: [{ answer: [200, acao('*'), acac] }] }, expected: { outcome: 'allowed', risks: ['wildcard-claims-credentials'] } },
];

const rows: readonly Row[] = [...outcomes, ...untold, ...withheld, ...inferences, ...errors, ...risks];

function conclude({ story, profile = 'chromium' }: Row): Conclusion {
  const { outcome, basis, mode, credentials, block, failure, causes, risks: found } = diagnose(exchangeOf(story), profiles[profile]);
  return {
    outcome, basis: basis.value, basisBecause: basis.because, mode: mode.value, modeBecause: mode.because, credentials: credentials.value, credentialsBecause: credentials.because,
    error: block && (block.error.parameter === '' ? block.error.code : `${block.error.code} (${block.error.parameter})`),
    alternatives: block?.alternatives.map(({ code }) => code) ?? [], otherErrors: block?.otherErrors.map(({ code }) => code) ?? [], firefox: block?.firefox ?? '',
    failure: failure?.kind ?? null, causes: causes.map(({ id }) => id), risks: found.map(({ id }) => id),
  };
}

describe.each([['outcomes', outcomes], ['outcomes that a file does not tell', untold], ['outcomes where a withheld response is completed, too', withheld], ['mode and credentials', inferences], ['errors and causes', errors], ['risks', risks]] as const)('%s', (_, group) => {
  it.each(group)('$name', (row) => {
    const found = conclude(row);
    expect(found).toMatchObject(row.expected);
    for (const id of row.nearMissOf ?? []) expect([...found.causes, ...found.risks]).not.toContain(id);
  });
});

describe('every row of the core has a case here', () => {
  const conclusions = (): readonly Conclusion[] => rows.map(conclude);
  const source = (file: string): string => readFileSync(new URL(`../../src/explain/${file}`, import.meta.url), 'utf8');
  const idsIn = (file: string, next: string): readonly string[] => [...source(file).matchAll(new RegExp(`id: '([\\w-]+)', ${next}`, 'g'))].map(([, id = '']) => id);
  const nearMisses = new Set(rows.flatMap(({ nearMissOf = [] }) => nearMissOf));

  const missing = (ids: readonly string[], of: (conclusion: Conclusion) => readonly string[]): readonly string[] => {
    const found = new Set(conclusions().flatMap(of));
    return ids.filter((id) => !found.has(id));
  };

  /** Names of the protocol that no recorded exchange can lead to, and why. */
  const neverConcluded: ReadonlyMap<CorsErrorCode, string> = new Map([
    ['DisallowedByMode', 'refused before anything is sent, so there is no event'],
    ['InvalidResponse', 'no current browser reports it'],
    ['NoCorsRedirectModeNotFollow', 'refused before anything is sent'],
    ['PreflightMissingAllowExternal', 'no current browser reports it'],
    ['PreflightInvalidAllowExternal', 'no current browser reports it'],
    ['InsecureLocalNetwork', 'has a network error of its own: local-network-access'],
    ['InvalidLocalNetworkAccess', 'has a network error of its own: local-network-access'],
    ['LocalNetworkAccessPermissionDenied', 'has a network error of its own: local-network-access'],
  ]);

  it('risks', () => {
    const ids = idsIn('risks.ts', 'severity');
    expect(ids.length).toBeGreaterThan(3);
    expect(missing(ids, (conclusion) => conclusion.risks), 'add a row to "risks" for each of these').toEqual([]);
    expect(ids.filter((id) => !nearMisses.has(id)), 'add a row that nearly has each of these risks, and name it in nearMissOf').toEqual([]);
  });

  it('errors', () => {
    const found = new Set(conclusions().map(({ error }) => error?.split(' ')[0]));
    const without = corsErrorCodes.filter((code) => !found.has(code) && !neverConcluded.has(code));
    expect(without, 'add a row to "errors" for each of these, or say in neverConcluded why none can be').toEqual([]);
    expect([...neverConcluded.keys()].filter((code) => found.has(code)), 'a row has each of these: take them out of neverConcluded').toEqual([]);
  });

  it('Firefox\'s reasons', () => {
    const found = new Set(conclusions().map(({ firefox }) => firefox));
    const reasons = new Set(corsErrorCodes.filter((code) => !neverConcluded.has(code)).map((code) => corsErrors[code].firefox));
    expect([...reasons].filter((reason) => !found.has(reason)), 'add a row to "errors" whose firefox is each of these').toEqual([]);
  });

  it('steps', () => {
    const failed = new Set(rows.flatMap(({ story, profile = 'chromium' }) =>
      diagnose(exchangeOf(story), profiles[profile]).judged.flatMap((judged) => judged.steps.filter((step) => step.errors.length > 0).map(({ id }) => id))));
    expect(Object.keys(steps).filter((id) => !(failed as ReadonlySet<string>).has(id)), 'add a row in which each of these steps fails').toEqual([]);
  });

  it('reasons for a mode, for credentials and for an outcome', () => {
    const said = conclusions().flatMap(({ modeBecause, credentialsBecause, basisBecause }) => [modeBecause, credentialsBecause, basisBecause]);
    const sentences = [...`${source('infer.ts')}${source('basis.ts')}${source('diagnosis.ts')}`.matchAll(/'([A-Z][^'\n]* [^'\n]*\.)'|`([A-Z][^`\n]* [^`\n]*\.)`/g)].map(([, plain, template]) => plain ?? template ?? '');
    expect(sentences.length).toBeGreaterThan(10);
    const unsaid = sentences.filter((sentence) => {
      const pattern = new RegExp(`^${sentence.split(/\$\{\w+\}/).map((part) => part.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')).join('.*')}$`);
      return !said.some((because) => pattern.test(because));
    });
    expect(unsaid, 'add a row to "mode and credentials" or to "outcomes" in which each of these is the reason').toEqual([]);
  });
});

it('is made of the exchange of the story', () => {
  expect(exchangeOf({}).hops[0]).toMatchObject({ url: api, method: 'GET', requestHeaders: [['Origin', app]] });
});
