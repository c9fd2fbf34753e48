import { expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { firefoxReasonsOf } from '../../src/explain/firefox-reasons.ts';
import { type Answer, type Story, app, exchangeOf } from './story.ts';

const acao = (value: string): string => `Access-Control-Allow-Origin: ${value}`;
const acac = 'Access-Control-Allow-Credentials: true';
const refused = 'NS_ERROR_DOM_BAD_URI';

const withheld = (...answer: Answer): Story => ({ hops: [{ sent: ['Cookie: a=b'], answer }], end: 'withheld' });
const preflighted = (...answer: Answer): Story => ({ hops: [{ method: 'PUT', sent: ['X-A: 1'], preflight: { asks: 'x-a', answer } }], end: refused });

/** https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors lists these 15. */
const stories: Readonly<Record<string, Story>> = {
  CORSDisabled: { hops: [{ method: 'PUT' }], end: refused },
  CORSDidNotSucceed: { hops: [{}], end: 'NS_ERROR_CONNECTION_REFUSED' },
  CORSOriginHeaderNotAdded: { hops: [{}], end: refused },
  CORSExternalRedirectNotAllowed: preflighted(302, acao(app), acac, 'Location: /b'),
  CORSRequestNotHttp: { hops: [{ answer: [302, acao(app), acac, 'Location: ftp://b.example/'] }], end: 'NS_ERROR_DOM_BAD_URI' },
  CORSMissingAllowOrigin: withheld(200),
  CORSMultipleAllowOriginNotAllowed: withheld(200, acao(app), acao('https://b.example')),
  CORSAllowOriginNotMatchingOrigin: withheld(200, acao('https://b.example')),
  CORSNotSupportingCredentials: withheld(200, acao('*')),
  CORSMethodNotFound: preflighted(204, acao(app), acac),
  CORSMissingAllowCredentials: withheld(200, acao(app)),
  CORSPreflightDidNotSucceed: preflighted(404, acao(app), acac),
  CORSInvalidAllowMethod: preflighted(204, acao(app), acac, 'Access-Control-Allow-Methods: PUT;GET'),
  CORSInvalidAllowHeader: preflighted(204, acao(app), acac, 'Access-Control-Allow-Methods: PUT', 'Access-Control-Allow-Headers: x;a'),
  CORSMissingAllowHeaderFromPreflight: preflighted(204, acao(app), acac, 'Access-Control-Allow-Methods: PUT'),
};

it('knows the fifteen', () => expect(Object.keys(stories)).toHaveLength(15));

it.each(Object.keys(stories))('%s is named, with the page of MDN about it', (name) => {
  const exchange = exchangeOf(stories[name] ?? expect.fail());
  const { firefox } = browserProfiles;
  const reasons = firefoxReasonsOf(exchange, diagnose(exchange, firefox), firefox);
  const page = `https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS/Errors/${name}`;
  const [first, ...others] = reasons;
  if (first?.isSure) expect({ first, others }).toMatchObject({ first: { name, page }, others: [] });
  else expect(reasons).toContainEqual({ name, page, isSure: false, remedy: expect.stringMatching(/\.$/) });
});

it.each<readonly [name: string, story: Story]>([
  ['a response that passes', { hops: [{ answer: [200, acao('*')] }], end: 'readable' }],
  ['a request that the page gave up', { hops: [{}], end: 'NS_BINDING_ABORTED' }],
  ['a request under way', { end: 'pending' }],
])('no reason is given for %s', (_, story) => {
  const exchange = exchangeOf(story);
  expect(firefoxReasonsOf(exchange, diagnose(exchange, browserProfiles.firefox), browserProfiles.firefox)).toEqual([]);
});
