import { describe, expect, it } from 'vitest';
import { type BrowserProfile, browserProfiles } from '../../src/fetch/browser-profile.ts';
import { type Phase, corsCheck } from '../../src/fetch/cors-check.ts';
import type { CorsErrorCode } from '../../src/fetch/network-error.ts';
import type { CredentialsMode } from '../../src/fetch/request.ts';
import { headers } from '../header-text.ts';

/** The codes of the actual response; on a preflight each has `Preflight` before it. */
type Code = 'MissingAllowOriginHeader' | 'WildcardOriginNotAllowed' | 'MultipleAllowOriginValues' | 'InvalidAllowOriginValue' | 'AllowOriginMismatch' | 'InvalidAllowCredentials';

interface Row {
  readonly name: string;
  readonly origin?: string;
  readonly lines: readonly string[];
  /** What each credentials mode gives: nothing, or the codes in order, the second one being what blocks next. */
  readonly omit: readonly Code[];
  readonly include: readonly Code[];
  /** Where Firefox judges otherwise. */
  readonly firefox?: { readonly omit: readonly Code[]; readonly include: readonly Code[] };
  readonly source: string;
}

const app = 'https://app.example';
const acao = (value: string): string => `Access-Control-Allow-Origin: ${value}`;
const acac = (value: string): string => `Access-Control-Allow-Credentials: ${value}`;

const standard = 'https://fetch.spec.whatwg.org/#concept-cors-check';
const wpt = 'cors/origin.htm';
const credentialsFlag = 'cors/credentials-flag.htm';
const measured = 'measured in Chromium and Firefox';

const notTrue = ['InvalidAllowCredentials'] as const;
const mismatch = { omit: ['AllowOriginMismatch'], include: ['AllowOriginMismatch', 'InvalidAllowCredentials'] } as const;
const invalid = { omit: ['InvalidAllowOriginValue'], include: ['InvalidAllowOriginValue', 'InvalidAllowCredentials'], firefox: mismatch } as const;
const multiple = { omit: ['MultipleAllowOriginValues'], include: ['MultipleAllowOriginValues', 'InvalidAllowCredentials'] } as const;
const severalInOneLine = { ...multiple, firefox: mismatch } as const;

const rows: readonly Row[] = [
  { name: 'no header', lines: [], omit: ['MissingAllowOriginHeader'], include: ['MissingAllowOriginHeader', 'InvalidAllowCredentials'], source: standard },
  { name: 'no Allow-Origin beside Allow-Credentials', lines: [acac('true')], omit: ['MissingAllowOriginHeader'], include: ['MissingAllowOriginHeader'], source: standard },
  { name: 'a name that only resembles it', lines: [`Access-Control-Allow-Origins: ${app}`], omit: ['MissingAllowOriginHeader'], include: ['MissingAllowOriginHeader', 'InvalidAllowCredentials'], source: standard },
  { name: 'the header sent as a request header has no part in it', lines: ['Origin: *'], omit: ['MissingAllowOriginHeader'], include: ['MissingAllowOriginHeader', 'InvalidAllowCredentials'], source: standard },

  { name: 'the wildcard', lines: [acao('*')], omit: [], include: ['WildcardOriginNotAllowed', 'InvalidAllowCredentials'], source: standard },
  { name: 'the wildcard beside Allow-Credentials', lines: [acao('*'), acac('true')], omit: [], include: ['WildcardOriginNotAllowed'], source: standard },
  { name: 'the wildcard with white space around it', lines: [acao(' \t* ')], omit: [], include: ['WildcardOriginNotAllowed', 'InvalidAllowCredentials'], source: wpt },
  { name: 'two wildcards in one', lines: [acao('**')], ...invalid, source: wpt },
  { name: 'a quoted wildcard', lines: [acao('"*"')], ...invalid, source: wpt },
  { name: 'a wildcard in apostrophes', lines: [acao("'*'")], ...invalid, source: wpt },
  { name: 'the wildcard twice in one line', lines: [acao('* *')], ...severalInOneLine, source: wpt },
  { name: 'the wildcard in two lines', lines: [acao('*'), acao('*')], ...multiple, source: wpt },
  { name: 'two lines with names in lower case, as HTTP/2 has them', lines: [acao('*').toLowerCase(), acao('*').toLowerCase()], ...severalInOneLine, source: measured },
  { name: 'two lines of which one has its name in lower case', lines: [acao('*').toLowerCase(), acao('*')], ...severalInOneLine, source: measured },
  { name: 'the wildcard and an empty line', lines: [acao('*'), acao('')], ...multiple, source: wpt },

  { name: 'the origin', lines: [acao(app), acac('true')], omit: [], include: [], source: standard },
  { name: 'names in lower case', lines: [acao(app).toLowerCase(), acac('true').toLowerCase()], omit: [], include: [], source: standard },
  { name: 'white space around the origin', lines: [acao(` ${app} \t `), acac('true')], omit: [], include: [], source: wpt },
  { name: 'the origin twice in one line', lines: [acao(`${app}, ${app}`)], ...severalInOneLine, source: measured },
  { name: 'two origins with a comma and no space', lines: [acao(`${app},https://b.example`)], ...severalInOneLine, source: measured },
  { name: 'two origins with a space', lines: [acao(`${app} https://b.example`)], ...severalInOneLine, source: measured },
  { name: 'the origin in two lines', lines: [acao(app), acao(app)], ...multiple, source: wpt },
  { name: 'another origin in a second line', lines: [acao(app), 'Vary: Origin', acao('https://b.example')], ...multiple, source: measured },

  { name: 'lines named in lower case', lines: [acao(app).toLowerCase(), acao(app)], ...multiple, firefox: mismatch, source: measured },
  { name: 'a slash at the end', lines: [acao(`${app}/`)], ...mismatch, source: wpt },
  { name: 'a question mark at the end', lines: [acao(`${app}?`)], ...mismatch, source: wpt },
  { name: 'a number sign at the end', lines: [acao(`${app}#`)], ...mismatch, source: wpt },
  { name: 'a path', lines: [acao(`${app}/page`)], ...mismatch, source: wpt },
  { name: 'the default port', lines: [acao(`${app}:443`)], ...mismatch, source: wpt },
  { name: 'another port', lines: [acao(`${app}:8443`)], ...mismatch, source: standard },
  { name: 'another scheme', lines: [acao('http://app.example')], ...mismatch, source: standard },
  { name: 'a subdomain', lines: [acao('https://www.app.example')], ...mismatch, source: wpt },
  { name: 'a pattern', lines: [acao('https://*.example')], ...mismatch, source: wpt },
  { name: 'upper case', lines: [acao('HTTPS://APP.EXAMPLE')], ...mismatch, source: wpt },
  { name: 'one slash', lines: [acao('https:/app.example')], ...mismatch, source: wpt },
  { name: 'what parses as a scheme', lines: [acao('localhost:3000')], ...mismatch, source: measured },
  { name: 'a host alone', lines: [acao('app.example')], ...invalid, source: wpt },
  { name: 'a host behind two slashes', lines: [acao('//app.example')], ...invalid, source: wpt },
  { name: 'a scheme alone', lines: [acao('https://')], ...invalid, source: measured },
  { name: 'an empty value', lines: [acao('')], ...invalid, source: wpt },
  { name: 'null', lines: [acao('null')], ...mismatch, source: wpt },
  { name: 'null in upper case', lines: [acao('NULL')], ...invalid, source: measured },
  { name: 'a NUL after the origin, which the URL parser takes away', lines: [acao(`${app}\0`)], ...mismatch, source: wpt },
  { name: 'bytes that are UTF-8', lines: [acao('https://b\xc3\xbccher.example')], ...mismatch, source: measured },
  { name: 'bytes that are not', lines: [acao('\xff')], ...invalid, source: measured },

  { name: 'an opaque origin and null', origin: 'null', lines: [acao('null'), acac('true')], omit: [], include: [], source: standard },
  { name: 'an opaque origin and the wildcard', origin: 'null', lines: [acao('*')], omit: [], include: ['WildcardOriginNotAllowed', 'InvalidAllowCredentials'], source: standard },
  { name: 'an opaque origin and a tuple', origin: 'null', lines: [acao(app)], ...mismatch, source: standard },
  { name: 'an opaque origin and Null', origin: 'null', lines: [acao('Null')], ...invalid, source: measured },

  { name: 'no Allow-Credentials', lines: [acao(app)], omit: [], include: notTrue, source: standard },
  { name: 'an empty Allow-Credentials', lines: [acao(app), acac('')], omit: [], include: notTrue, source: standard },
  { name: 'white space around true', lines: [acao(app), acac(' true\t')], omit: [], include: [], source: standard },
  { name: 'true twice', lines: [acao(app), acac('true'), acac('true')], omit: [], include: notTrue, source: measured },
  ...['TRUE', 'True', '"true"', 'false', '1', '0'].map((value) => ({
    name: `${value} instead of true`, lines: [acao(app), acac(value)], omit: [], include: notTrue, source: credentialsFlag,
  })),
];

const profileNames: readonly BrowserProfile['name'][] = ['standard', 'chromium', 'firefox'];
const modes: readonly CredentialsMode[] = ['omit', 'include'];

describe('the CORS check', () => {
  it.each(rows)('$name ($source)', ({ origin = app, lines, omit, include, firefox = { omit, include } }) => {
    for (const profile of profileNames) {
      const expected = profile === 'firefox' ? firefox : { omit, include };
      for (const credentials of modes) {
        expect(codes('actual', profile, origin, credentials, lines), `${profile}, ${credentials}`).toEqual(expected[credentials]);
        expect(codes('preflight', profile, origin, credentials, lines), `${profile}, ${credentials}, on a preflight`)
          .toEqual(expected[credentials].map((code) => `Preflight${code}`));
      }
    }
  });

  it('names both of its halves in order, whether they pass or not', () => {
    const steps = (phase: Phase): readonly string[] =>
      corsCheck({ origin: app, credentials: 'omit' }, { status: 200, headers: [] }, phase, browserProfiles.standard).map(({ id }) => id);
    expect(steps('preflight')).toEqual(['preflight-allow-origin', 'preflight-allow-credentials']);
    expect(steps('actual')).toEqual(['allow-origin', 'allow-credentials']);
  });
});

describe('lines that are only seen joined', () => {
  const rows = [
    { name: 'one value', lines: [acao('a')], expected: 'AllowOriginMismatch' },
    { name: 'a comma without a space, which joins no lines', lines: [acao('a,b')], expected: 'AllowOriginMismatch' },
    { name: 'two values', lines: [acao('a, b')], expected: 'MultipleAllowOriginValues' },
    { name: 'two values under a name in lower case, of which Firefox counts at most one', lines: [acao('a, b').toLowerCase()], expected: 'AllowOriginMismatch' },
    { name: 'three values under a name in lower case, of which Firefox may count two', lines: [acao('a, b, c').toLowerCase()], expected: 'MultipleAllowOriginValues' },
  ];
  it.each(rows)('$name', ({ lines, expected }) => {
    const [step] = corsCheck({ origin: app, credentials: 'omit' }, { status: 200, headers: headers(...lines) }, 'actual', { ...browserProfiles.firefox, multipleAllowOriginValues: 'merged-lines' });
    expect(step?.errors.map(({ code }) => code)).toEqual([expected]);
  });
});

describe('the evidence of its errors', () => {
  const evidence = [
    { name: 'nothing was there', lines: [], credentials: 'omit', expected: { parameter: '', header: 'Access-Control-Allow-Origin', found: null, needed: `${app} or *` } },
    { name: 'the value and what is needed with credentials', lines: [acao('https://b.example')], credentials: 'include', expected: { parameter: 'https://b.example', header: 'Access-Control-Allow-Origin', found: 'https://b.example', needed: app } },
    { name: 'lines joined as the browser joins them', lines: [acao('a'), acao('b')], credentials: 'omit', expected: { parameter: 'a, b', found: 'a, b' } },
    { name: 'the wildcard, which Chrome reports without parameter', lines: [acao('*')], credentials: 'include', expected: { parameter: '', found: '*', needed: app } },
    { name: 'UTF-8 as text, and the bytes as they came', lines: [acao('https://b\xc3\xbccher.example')], credentials: 'omit', expected: { parameter: 'https://b\u00fccher.example', found: 'https://b\xc3\xbccher.example' } },
    { name: 'other bytes, which Chrome does not report', lines: [acao('\xff')], credentials: 'omit', expected: { parameter: '', found: '\xff' } },
    { name: 'another value than true', lines: [acao(app), acac('yes')], credentials: 'include', expected: { parameter: 'yes', header: 'Access-Control-Allow-Credentials', found: 'yes', needed: 'true' } },
    { name: 'no Allow-Credentials', lines: [acao(app)], credentials: 'include', expected: { parameter: '', header: 'Access-Control-Allow-Credentials', found: null, needed: 'true' } },
  ] as const;
  it.each(evidence)('$name (measured in Chromium)', ({ lines, credentials, expected }) => {
    const [error] = errors('actual', 'chromium', app, credentials, lines);
    expect(error).toMatchObject(expected);
  });
});

function errors(phase: Phase, profile: BrowserProfile['name'], origin: string, credentials: CredentialsMode, lines: readonly string[]) {
  return corsCheck({ origin, credentials }, { status: 200, headers: headers(...lines) }, phase, browserProfiles[profile]).flatMap((step) => step.errors);
}

function codes(phase: Phase, profile: BrowserProfile['name'], origin: string, credentials: CredentialsMode, lines: readonly string[]): readonly CorsErrorCode[] {
  return errors(phase, profile, origin, credentials, lines).map(({ code }) => code);
}
