import { describe, expect, it } from 'vitest';
import { type CorsErrorCode, corsErrorCodes } from '../../src/fetch/network-error.ts';
import { type Evidence, corsErrors, mdnPage } from '../../src/explain/cors-errors.ts';

const evidence: Evidence = { origin: 'https://app.example', host: 'api.example', method: 'PUT', parameter: 'x-parameter', found: 'x-found' };

/** https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors */
const mdnReasons: ReadonlySet<string> = new Set([
  'CORSAllowOriginNotMatchingOrigin', 'CORSDidNotSucceed', 'CORSDisabled', 'CORSExternalRedirectNotAllowed', 'CORSInvalidAllowHeader',
  'CORSInvalidAllowMethod', 'CORSMethodNotFound', 'CORSMissingAllowCredentials', 'CORSMissingAllowHeaderFromPreflight', 'CORSMissingAllowOrigin',
  'CORSMultipleAllowOriginNotAllowed', 'CORSNotSupportingCredentials', 'CORSOriginHeaderNotAdded', 'CORSPreflightDidNotSucceed', 'CORSRequestNotHttp',
]);

describe.each(corsErrorCodes)('the words about %s', (code) => {
  const row = corsErrors[code];
  const sentences = { title: row.title(evidence), reason: row.reason(evidence), summary: row.summary(evidence), detail: row.detail };

  it('are sentences, in sentence case', () => {
    for (const [name, text] of Object.entries(sentences)) expect(text, `the ${name} of ${code} begins with a capital, a value or a name`).toMatch(/^[A-Z]|^(no-cors|https:|api\.|x-)/);
    expect(sentences.title, `the title of ${code} is a title: no full stop`).not.toMatch(/\.$/);
    expect(sentences.summary, `the summary of ${code} ends with a full stop`).toMatch(/\.$/);
    expect(sentences.detail, `the detail of ${code} ends with a full stop`).toMatch(/\.$/);
    expect(sentences.reason.length, `the reason of ${code} is the few words of a row`).toBeLessThan(65);
  });

  it('say nothing in code where a header was absent', () => {
    const absent: Evidence = { ...evidence, found: null };
    for (const text of [row.title(absent), row.reason(absent), row.summary(absent)]) expect(text).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it('hold a value as it came', () => {
    const hostile = '<img src=x onerror=alert(1)>$&\u202e';
    const text = row.summary({ ...evidence, found: hostile, parameter: hostile });
    if (text.includes('img')) expect(text).toContain(hostile);
  });

  it('lead to the standard, and to a page of MDN that exists', () => {
    expect(row.spec).toMatch(/^https:\/\/(fetch\.spec\.whatwg\.org\/#[\w-]+|wicg\.github\.io\/local-network-access\/)$/);
    if (row.firefox !== '') expect(mdnReasons, `Firefox has no reason ${row.firefox}: correct the row of ${code}`).toContain(row.firefox);
    expect(mdnPage(code)).toMatch(/^https:\/\/developer\.mozilla\.org\/en-US\/docs\/Web\/HTTP\/Guides\/CORS(\/Errors\/CORS\w+)?$/);
  });
});

describe('the phase of a code', () => {
  it.each(corsErrorCodes.filter((code) => code.includes('Preflight')))('%s is decided on the preflight', (code) => {
    expect(corsErrors[code].phase).toBe('preflight');
    expect(corsErrors[code].reason(evidence)).toMatch(/^Preflight: /);
  });

  const twins = corsErrorCodes.filter((code) => (corsErrorCodes as readonly string[]).includes(`Preflight${code}`));
  it('there are six that each response has', () => expect(twins).toHaveLength(6));
  it.each(twins)('%s says the same as its twin on a preflight, and that nothing was sent', (code) => {
    const twin = corsErrors[`Preflight${code}` as CorsErrorCode];
    expect(corsErrors[code].phase).toBe('actual');
    expect(twin.title(evidence)).toBe(corsErrors[code].title(evidence));
    expect(twin.firefox).toBe(corsErrors[code].firefox);
    expect(twin.summary(evidence)).toContain(corsErrors[code].summary(evidence));
    expect(twin.summary(evidence)).toMatch(/preflight.*PUT was never sent\.$/);
  });
});
