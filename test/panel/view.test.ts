import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { draftFor, keepDraft } from '../../extension/panel/edited-policies.ts';
import { answerOf } from '../../extension/panel/view/answer.ts';
import { courseOf } from '../../extension/panel/view/course.ts';
import { type Line, diagramOf } from '../../extension/panel/view/diagram.ts';
import { difference } from '../../extension/panel/view/difference.ts';
import { emphasize } from '../../extension/panel/view/emphasis.ts';
import { gapSentences } from '../../extension/panel/view/gap-sentences.ts';
import { columns } from '../../extension/panel/view/columns.ts';
import { type Filter, listView, noFilter, sentenceOf } from '../../extension/panel/view/list-view.ts';
import { glossary } from '../../extension/panel/view/glossary.ts';
import { marksOf } from '../../extension/panel/view/marks.ts';
import { termsOf } from '../../extension/panel/view/policy-terms.ts';
import { type PolicyDraft, changesIn, draftOf, policyOf } from '../../extension/panel/view/policy-draft.ts';
import { guessRecipe } from '../../extension/panel/view/recipe-choice.ts';
import { type Row, createDescriber, firstSentence } from '../../extension/panel/view/row.ts';
import { readResponse, textOf } from '../../extension/panel/view/response-text.ts';
import { sectionName } from '../../extension/panel/view/section-name.ts';
import { tokensOf } from '../../extension/panel/view/snippet.ts';
import { timeOf } from '../../extension/panel/view/time.ts';
import { timingOf } from '../../extension/panel/view/timing.ts';
import { failures, readingAbout } from '../../src/explain/net-errors.ts';
import { type CorsPolicy, browserProfiles, corsErrorCodes, corsErrors, createRecorder, policyFor, recipes, shorten, steps, visible } from '../../src/index.ts';
import { eventsOf, eventsOfCase, stories } from '../gallery/exchanges.ts';

const describeRow = createDescriber(browserProfiles.chromium);

function rowsOf(events: ReturnType<typeof eventsOfCase>): readonly Row[] {
  const recorder = createRecorder(browserProfiles.chromium);
  events.forEach(recorder.push);
  return recorder.exchanges().map(describeRow);
}

function rowOf(story: string): Row {
  const [row] = rowsOf(eventsOfCase(story));
  if (!row) throw new Error(`The story ${story} makes no exchange.`);
  return row;
}

const session = rowsOf(eventsOfCase('session'));

describe('the character difference', () => {
  const rows: readonly (readonly [name: string, a: string, b: string, differing: readonly [string, string]])[] = [
    ['a port', 'http://localhost:5173', 'http://localhost:3000', ['5173', '3000']],
    ['a slash at the end', 'https://shop.example', 'https://shop.example/', ['', '/']],
    ['a scheme', 'https://shop.example', 'http://shop.example', ['s', '']],
    ['the same', 'true', 'true', ['', '']],
    ['nothing in common', 'true', 'no', ['true', 'no']],
    ['an empty one', '', 'true', ['', 'true']],
    ['a repeated character', 'aa', 'aaa', ['', 'a']],
    ['characters of two units that share one', '😀', '😁', ['😀', '😁']],
  ];
  test.each(rows)('%s', (_, a, b, differing) => {
    expect(difference(a, b).map((marked) => marked.differing)).toEqual(differing);
  });

  it('loses nothing and marks nothing that is common to both ends', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const [left, right] = difference(a, b);
      expect(left.before + left.differing + left.after).toBe(a);
      expect(right.before + right.differing + right.after).toBe(b);
      expect(left.before).toBe(right.before);
      expect(left.after).toBe(right.after);
    }));
  });
});

describe('how long it took', () => {
  const rows: readonly (readonly [story: string, expected: string | null])[] = [
    ['allowed-after-preflight', '83 ms: preflight 31 ms, PATCH 42 ms'],
    ['header-not-allowed', '35 ms: preflight 31 ms'],
    ['redirected-to-login', '89 ms: GET 42 ms, GET 42 ms'],
    ['name-not-resolved', '1 ms'],
    ['pending', null],
  ];
  test.each(rows)('%s', (story, expected) => expect(timingOf(rowOf(story).exchange)).toBe(expected));
});

describe('what cannot be seen', () => {
  const rows: readonly (readonly [name: string, text: string, shown: string])[] = [
    ['plain text stays', 'https://shop.example, é, 漢字, 😀', 'https://shop.example, é, 漢字, 😀'],
    ['a bidi override', 'a\u202eb', 'a‹U+202E›b'],
    ['a zero-width space', 'a\u200bb', 'a‹U+200B›b'],
    ['a no-break space', 'a\u00a0b', 'a‹U+00A0›b'],
    ['a control', 'a\tb\u0000', 'a‹U+0009›b‹U+0000›'],
    ['half a surrogate pair', 'a\ud800', 'a‹U+D800›'],
    ['a space stays', 'a b', 'a b'],
  ];
  test.each(rows)('%s', (_, text, shown) => expect(visible(text)).toBe(shown));
});

it('cuts a long text in its middle and says how much is gone', () => {
  expect(shorten('x'.repeat(240))).toBe('x'.repeat(240));
  expect(shorten(`begin${'x'.repeat(9990)}end..`, 10)).toBe('beginx … 9,990 more characters … nd..');
});

describe('the values in a sentence', () => {
  const marked = (sentence: string, ...values: string[]): string =>
    emphasize(sentence, values).map(({ text, isValue }) => (isValue ? `[${text}]` : text)).join('');
  const rows: readonly (readonly [name: string, marked: string, expected: string])[] = [
    ['a value', marked('Allow the header x-id', 'x-id'), 'Allow the header [x-id]'],
    ['not a part of a word', marked('Allow GETTER and GET', 'GET'), 'Allow GETTER and [GET]'],
    ['the longer of two', marked('at https://a.example/x', 'https://a.example', 'https://a.example/x'), 'at [https://a.example/x]'],
    ['every occurrence', marked('* and *', '*'), '[*] and [*]'],
    ['no value', marked('Nothing', ''), 'Nothing'],
  ];
  test.each(rows)('%s', (_, actual, expected) => expect(actual).toBe(expected));

  it('loses nothing', () => {
    fc.assert(fc.property(fc.string(), fc.array(fc.string(), { maxLength: 4 }), (sentence, values) => {
      expect(emphasize(sentence, values).map(({ text }) => text).join('')).toBe(sentence);
    }));
  });
});

describe('the list', () => {
  const shown = (filter: Partial<Filter>): readonly string[] =>
    listView(session, { ...noFilter, ...filter }).rows.map(({ exchange }) => exchange.id);

  const rows: readonly (readonly [name: string, filter: Partial<Filter>, expected: readonly string[]])[] = [
    ['a path', { text: '/v1/me' }, ['wildcard-with-credentials']],
    ['upper case', { text: '/V1/ME' }, ['wildcard-with-credentials']],
    ['a method', { text: 'delete' }, ['error-hides-behind-cors']],
    ['every word has to occur', { text: 'put x-cart-id' }, ['header-not-allowed']],
    ['an error code', { text: 'WildcardOrigin' }, ['wildcard-with-credentials']],
    ['an origin', { text: 'localhost:5173' }, ['other-port']],
    ['a reason', { text: 'login page' }, ['redirected-to-login']],
    ['the last hop of a redirect', { text: 'id.shop.example' }, ['redirected-to-login']],
    ['an outcome', { quick: 'failed' }, ['blocked-by-extension', 'name-not-resolved']],
    ['what is risky', { quick: 'risky' }, ['allowed-with-risk']],
    ['an outcome and a text', { quick: 'allowed', text: 'profile' }, ['allowed-after-preflight', 'allowed-from-cache']],
    ['what is nowhere', { text: 'nowhere' }, []],
    ['a state', { text: 'is:not-cors' }, ['blocked-by-extension', 'name-not-resolved']],
    ['one of several states', { text: 'is:pending is:not-cors method:post' }, ['blocked-by-extension']],
    ['what went through a redirect', { text: 'is:redirected' }, ['redirected-to-login']],
    ['a risk', { text: 'is:risky' }, ['allowed-with-risk']],
    ['a whole method', { text: 'method:pu' }, []],
    ['a method and a part of a domain', { text: 'METHOD:PUT domain:shop' }, ['header-not-allowed']],
    ['a code of either browser', { text: 'code:CORSNotSupportingCredentials' }, ['wildcard-with-credentials']],
    ['a network error', { text: 'code:name_not_resolved' }, ['name-not-resolved']],
    ['the page\'s origin', { text: 'origin:localhost' }, ['other-port']],
    ['what is excluded', { text: 'is:not-cors -metrics' }, ['name-not-resolved']],
    ['an excluded property', { text: 'is:not-cors -method:POST' }, ['name-not-resolved']],
    ['words that belong together', { text: '"hides behind"' }, ['error-hides-behind-cors']],
    ['a quote that does not end', { text: '"https' }, []],
    ['a host with its port, which is no property', { text: 'localhost:5173' }, ['other-port']],
    ['the name of a property that every object has', { text: 'constructor:x' }, []],
    ['a property that is still being typed', { text: 'is:not-cors method:' }, ['blocked-by-extension', 'name-not-resolved']],
  ];
  test.each(rows)('is filtered by %s', (_, filter, expected) => expect(shown(filter)).toEqual(expected));

  it('says what a property takes that it was not given', () => {
    expect(listView(session, { ...noFilter, text: 'is:bad is:worse' }).problems).toEqual(['is: takes blocked, allowed, not-cors, pending, unknown, risky, preflighted, redirected.']);
  });

  test.each(columns.flatMap(({ id, key }) => [false, true].map((isDescending) => ({ by: id, isDescending, key }))))('is sorted by $by, descending: $isDescending, within and among the servers', ({ by, isDescending, key }) => {
    const { groups } = listView(session, noFilter, { by, isDescending });
    for (const rows of [...groups.map((group) => group.rows), groups.flatMap((group) => group.rows.slice(0, 1))]) {
      const keys = rows.map(key);
      expect(keys).toEqual([...keys].sort((a, b) => (a === b ? 0 : (a < b) === isDescending ? 1 : -1)));
    }
  });

  it('counts the outcomes of what matches the text, whatever outcome is chosen', () => {
    const { counts } = listView(session, { text: 'chat.vendor', quick: 'pending' });
    expect(counts).toEqual({ all: 2, allowed: 0, blocked: 0, failed: 0, pending: 1, unknown: 1, risky: 0 });
  });

  it('groups by the server that has to change, in the order of the first request', () => {
    expect(listView(session, noFilter).groups.map(({ server }) => server)).toEqual([
      'https://api.shop.example', 'https://login.shop.example', 'https://id.shop.example', 'https://cdn.assets.example',
      'https://metrics.vendor.example', 'https://apii.shop.example', 'https://chat.vendor.example',
    ]);
  });

  const sentences: readonly (readonly [ids: readonly string[], sentence: string])[] = [
    [['header-not-allowed'], '1 request · blocked'],
    [['allowed-from-cache', 'allowed-after-preflight'], '2 requests · all allowed'],
    [['header-not-allowed', 'wildcard-with-credentials', 'allowed-from-cache'], '3 requests · 2 blocked'],
    [['pending', 'not-explained'], '2 requests · 1 unknown · 1 pending'],
    [['blocked-by-extension'], '1 request · not CORS'],
    [['allowed-with-risk', 'no-cors-image'], '2 requests · all allowed · 1 at risk'],
  ];
  test.each(sentences)('says of %j: %s', (ids, sentence) => expect(sentenceOf(ids.map(rowOf))).toBe(sentence));

  it('says that several requests are blocked for one reason', () => {
    const story = stories['header-not-allowed'];
    if (!story) throw new Error('The story is gone.');
    expect(sentenceOf(rowsOf([...eventsOf('1', story), ...eventsOf('2', { ...story, url: `${story.url}0` })]))).toBe('2 requests · all blocked · one cause');
  });
});

test.each([
  ['header-not-allowed', 'blocked', 'never'],
  ['error-hides-behind-cors', 'passed', 'blocked'],
  ['wildcard-with-credentials', null, 'blocked'],
  ['allowed-after-preflight', 'passed', 'passed'],
  ['allowed-from-cache', 'cache', 'passed'],
  ['no-cors-image', null, 'unchecked'],
  ['name-not-resolved', null, 'not-cors'],
  ['not-explained', null, 'unknown'],
  ['pending', null, 'pending'],
] as const)('the marks of %s', (story, preflight, actual) => {
  const { exchange, diagnosis } = rowOf(story);
  expect(marksOf(exchange, diagnosis)).toEqual({ preflight, actual });
});

it('marks in the policy what was not granted so far', () => {
  const { diagnosis } = rowOf('header-not-allowed');
  const fix = policyFor(diagnosis);
  if (fix?.kind !== 'policy' || !diagnosis.block) throw new Error('The story has no policy.');
  const fresh = termsOf(fix.policy, diagnosis.block).flatMap(({ values }) => values.filter(({ isNew }) => isNew).map(({ text }) => text));
  expect(fresh).toEqual(['x-cart-id']);
});

describe('a policy as it is typed', () => {
  const anonymous: CorsPolicy = { origins: ['https://a.example'], credentialed: false, methods: [], requestHeaders: [], exposedHeaders: [], maxAge: null };
  const rows: readonly (readonly [name: string, typed: Partial<PolicyDraft>, said: Partial<CorsPolicy>])[] = [
    ['origins in lines', { origins: 'https://a.example\n\n https://b.example \n' }, { origins: ['https://a.example', 'https://b.example'] }],
    ['origins in a row', { origins: 'https://a.example, https://b.example https://c.example' }, { origins: ['https://a.example', 'https://b.example', 'https://c.example'] }],
    ['any origin, whatever the list says', { isAnyOrigin: true }, { origins: '*' }],
    ['an asterisk that is typed', { origins: '*' }, { origins: ['*'] }],
    ['header names in any case', { requestHeaders: 'Content-Type,X-Id', exposedHeaders: 'ETag' }, { requestHeaders: ['content-type', 'x-id'], exposedHeaders: ['etag'] }],
    ['header names in another alphabet, which stay wrong', { requestHeaders: 'x-\u212a' }, { requestHeaders: ['x-\u212a'] }],
    ['methods as they are', { methods: 'put, PATCH' }, { methods: ['put', 'PATCH'] }],
    ['a number of seconds', { maxAge: ' 600 ' }, { maxAge: 600 }],
    ['no number of seconds', { maxAge: '' }, { maxAge: null }],
    ['what is no number', { maxAge: '1e3' }, { maxAge: Number.NaN }],
    ['a negative number', { maxAge: '-1' }, { maxAge: Number.NaN }],
  ];
  test.each(rows)('%s', (_, typed, said) => expect(policyOf({ ...draftOf(anonymous), ...typed })).toEqual({ ...anonymous, ...said }));

  it('is the policy again, as long as nothing is typed', () => {
    for (const name of Object.keys(stories)) {
      const fix = policyFor(rowOf(name).diagnosis);
      if (fix?.kind === 'policy') expect(policyOf(draftOf(fix.policy))).toEqual(fix.policy);
    }
    expect(policyOf(draftOf({ ...anonymous, origins: '*' }))).toEqual({ ...anonymous, origins: '*' });
  });

  it('says what to change beside the field that it is about', () => {
    expect([...changesIn(anonymous)]).toEqual([]);
    expect([...changesIn({ ...anonymous, origins: ['null', 'https://a.example/'], exposedHeaders: ['set-cookie'], maxAge: -1 })].map(([field, changes]) => [field, changes.length]))
      .toEqual([['origins', 2], ['exposedHeaders', 1], ['maxAge', 1]]);
  });
});

it('keeps the policies that were edited last, and no more than a hundred', () => {
  const draft: PolicyDraft = { isAnyOrigin: true, origins: '', credentialed: false, methods: '', requestHeaders: '', exposedHeaders: '', maxAge: '' };
  for (let index = 0; index <= 100; index++) keepDraft(`request ${index}`, draft);
  expect([draftFor('request 0'), draftFor('request 1'), draftFor('request 100')]).toEqual([null, draft, draft]);
  keepDraft('request 100', null);
  expect(draftFor('request 100')).toBeNull();
});

it('guesses the server by what the application says before what stands in front of it', () => {
  expect(guessRecipe(rowOf('header-sent-twice').exchange, recipes)?.recipe.id).toBe('express');
  expect(guessRecipe(rowOf('header-not-allowed').exchange, recipes)?.recipe.id).toBe('nginx');
  expect(guessRecipe(rowOf('pending').exchange, recipes)).toBeNull();
});

describe('a snippet', () => {
  const fix = policyFor(rowOf('method-not-allowed').diagnosis);
  test.each(recipes.map((recipe) => [recipe.title, recipe] as const))('of %s is the same text when its comments and strings are told apart', (_, recipe) => {
    if (fix?.kind !== 'policy') throw new Error('The story has no policy.');
    // Not every service can hold all of it.
    const narrower = [fix.policy, { ...fix.policy, credentialed: false }, { ...fix.policy, methods: [], requestHeaders: [] }];
    const rendered = narrower.map((policy) => recipe.render(policy)).find(({ ok }) => ok);
    if (!rendered?.ok) throw new Error('Give this test a policy that the recipe can hold.');
    const tokens = tokensOf(rendered.snippet, recipe.language);
    expect(tokens.map(({ text }) => text).join('')).toBe(rendered.snippet);
    expect(new Set(tokens.map(({ kind }) => kind)).size, 'kinds of text that are told apart').toBeGreaterThan(1);
    // A comment that swallowed a line of configuration would have one in it.
    for (const { text, kind } of tokens) if (kind === 'comment') expect(text.trim()).not.toContain('\n');
  });
});

test.each([
  ['https://fetch.spec.whatwg.org/#concept-cors-check', 'CORS check'],
  ['https://fetch.spec.whatwg.org/#cors-preflight-fetch-0', 'CORS-preflight fetch'],
  ['https://fetch.spec.whatwg.org/#http-redirect-fetch', 'HTTP redirect fetch'],
  ['https://wicg.github.io/local-network-access/', 'local network access'],
  ['https://www.rfc-editor.org/rfc/rfc9110#section-4.3.4', 'RFC 9110, section 4.3.4'],
])('%s is called %s', (url, name) => expect(sectionName(url)).toBe(name));

it('has a name for every section that is linked', () => {
  for (const { spec } of [...corsErrorCodes.map((code) => corsErrors[code]), ...Object.values(steps), ...failures.map(readingAbout)]) expect(sectionName(spec)).toMatch(/^([A-Za-z][A-Za-z -]+|RFC \d+, section [\d.]+)$/);
});

test.each([
  ['the host has no address. Check it.', 'the host has no address'],
  ['the connection failed.', 'the connection failed'],
  ['version 1.2 failed. Look.', 'version 1.2 failed'],
])('the first sentence of %s', (text, sentence) => expect(firstSentence(text)).toBe(sentence));

describe('a time in which nothing was heard', () => {
  const gap = { from: Date.UTC(2026, 0, 1, 9, 0, 1, 200), until: Date.UTC(2026, 0, 1, 9, 0, 1, 540) };
  const fromUntil = `From ${timeOf(gap.from)} until ${timeOf(gap.until)}`;

  it('is told with its bounds, how often it happened, and what it makes unknown', () => {
    expect(gapSentences([], 0)).toBe('');
    expect(gapSentences([gap], 0)).toBe(`${fromUntil} nothing was heard of the network. Requests of that time may be missing here. Reload the page to be sure.`);
    expect(gapSentences([gap, gap], 1)).toContain('That happened once before, too.');
    expect(gapSentences([gap, gap, gap], 2)).toContain('That happened 2 times before, too. Requests of that time may be missing here. What became of 2 requests is unknown.');
  });

  it('is part of the answer about each request that was under way, and nothing more is claimed of it', () => {
    const { exchange, diagnosis, reason, marks } = rowOf('nothing-heard');
    expect(exchange.end).toMatchObject({ kind: 'unseen', from: expect.any(Number), until: expect.any(Number) });
    expect(answerOf(exchange, diagnosis).summary).toMatch(/^From \S+ until \S+ nothing was heard of the network, and this request was under way\./);
    expect(reason).toBe('Its end was not seen');
    expect(marks.actual).toBe('unknown');
    expect(courseOf(exchange, diagnosis).map(({ what, result }) => `${what} ${result}`)).toEqual(['GET /poll?since=41 no answer seen', 'What the script gets was not seen ']);
  });
});

describe('the diagram', () => {
  const arrows: Readonly<Record<string, string>> = { 'page browser': '→B', 'browser server': '→S', 'server browser': 'S→', 'browser page': 'B→' };
  const shown = (line: Line): string => (line.kind === 'verdict'
    ? `${line.mark}: ${line.label}`
    : `${arrows[`${line.from} ${line.to}`]} ${line.label}${line.decisive === '' ? '' : ` | ${line.decisive}`}${line.state === 'sent' ? '' : ` (${line.state})`}`);
  const rows: readonly (readonly [story: string, lines: readonly string[]])[] = [
    ['header-not-allowed', [
      '→B PUT /v1/cart/items/83', '→S OPTIONS | asks for PUT, content-type, x-cart-id', 'S→ 204 | Access-Control-Allow-Headers: content-type (bad)',
      'blocked: x-cart-id is not allowed', '→S PUT was never sent (never)', 'B→ only an error (bad)',
    ]],
    ['wildcard-with-credentials', [
      '→B GET /v1/me?fields=name,email | credentials: include', '→S GET /v1/me?fields=name,email | Origin: https://shop.example', 'S→ 200 | Access-Control-Allow-Origin: * (bad)',
      'blocked: Wildcard origin with credentials', 'B→ only an error (bad)',
    ]],
    ['error-hides-behind-cors', [
      '→B DELETE /v1/cart/items/7 | credentials: include', '→S OPTIONS | asks for DELETE', 'S→ 204 | Access-Control-Allow-Methods: DELETE',
      '→S DELETE /v1/cart/items/7 | Origin: https://shop.example', 'S→ 500 | no Access-Control-Allow-Origin (bad)', 'blocked: No Access-Control-Allow-Origin', 'B→ only an error (bad)',
    ]],
    ['allowed-from-cache', [
      '→B PATCH /v1/profile | credentials: include', 'cache: The preflight\'s answer was in the cache', '→S PATCH /v1/profile | Origin: https://shop.example',
      'S→ 200 | Access-Control-Allow-Origin: https://shop.example', 'B→ the response',
    ]],
    ['redirected-to-login', [
      '→B GET /whoami | credentials: include', '→S GET to login.shop.example | Origin: https://shop.example', 'S→ 302 | Location: https://id.shop.example/signin?return=%2Fwhoami',
      '→S GET /signin?return=%2Fwhoami | Origin: https://shop.example', 'S→ 200 | no Access-Control-Allow-Origin (bad)', 'blocked: No Access-Control-Allow-Origin', 'B→ only an error (bad)',
    ]],
    ['no-cors-image', ['→B GET /hero.avif | credentials: omit', '→S GET /hero.avif', 'S→ 200', 'B→ an opaque response']],
    ['name-not-resolved', ['→B GET /v1/cart', 'B→ only an error (bad)']],
    ['pending', ['→B GET /poll', '→S GET /poll | Origin: https://shop.example', 'B→ waiting (never)']],
    ['nothing-heard', ['→B GET /poll?since=41', '→S GET /poll?since=41 | Origin: https://shop.example', 'B→ not seen (never)']],
  ];
  test.each(rows)('of %s', (story, lines) => {
    const { exchange, diagnosis } = rowOf(story);
    expect(diagramOf(exchange, diagnosis).lines.map(shown)).toEqual(lines);
  });

  it('stays short however often a request was redirected', () => {
    const url = 'https://api.shop.example/a';
    const redirect = { status: 302, headers: [['Location', url], ['Access-Control-Allow-Origin', '*']] } as const;
    const [row] = rowsOf(eventsOf('1', { url, sends: [['Origin', 'https://shop.example']], answers: [...Array.from({ length: 19 }, () => redirect), { status: 200, headers: [] }], end: 'net::ERR_FAILED' }));
    const { lines } = row ? diagramOf(row.exchange, row.diagnosis) : expect.fail();
    expect(lines.map(shown)).toContain('passed: 14 redirects before');
    expect(lines.length).toBeLessThan(20);
  });
});

describe('a response as text', () => {
  test.each([
    ['is read', '204', 'Access-Control-Allow-Origin: https://shop.example\n\n Vary :Origin ', [['Access-Control-Allow-Origin', 'https://shop.example'], ['Vary', 'Origin']]],
    ['keeps lines of one name', '200', 'a: 1\nA: 2', [['a', '1'], ['A', '2']]],
    ['may have an empty value, and colons in it', '200', 'a:\nLocation: https://a.example:1/', [['a', ''], ['Location', 'https://a.example:1/']]],
  ] as const)('%s', (_, status, headers, expected) => expect(readResponse({ status, headers })).toEqual({ response: { status: Number(status), headers: expected }, problems: [] }));

  test.each([
    ['a status that is none', '20', '', 'The status is a number from 200 to 599.'],
    ['a line without colon', '200', 'Vary\n', 'Line 1 has no colon. Write Name: value.'],
    ['a name that is none', '200', '\na b: c', 'Line 2 does not begin with a header\'s name.'],
    ['a line without name', '200', ': c', 'Line 1 does not begin with a header\'s name.'],
    ['a character beyond a byte', '200', 'a: \u202e', 'Line 1 holds a character that no header can hold.'],
  ])('says what is wrong with %s', (_, status, headers, problem) => expect(readResponse({ status, headers })).toEqual({ response: null, problems: [problem] }));

  it('is read as what it was written from, as far as it matters to CORS', () => fc.assert(fc.property(
    fc.integer({ min: 200, max: 599 }),
    fc.array(fc.tuple(fc.constantFrom('Access-Control-Allow-Origin', 'access-control-allow-methods', 'Vary', 'Location'), fc.string({ unit: fc.constantFrom(...' !*:,/azAZ09é') }).map((value) => value.trim()))),
    (status, headers) => void expect(readResponse(textOf({ status, headers: [...headers, ['Date', 'now']] }))).toEqual({ response: { status, headers }, problems: [] }),
  )));
});

test.each(Object.entries(glossary))('the definition of %s is short and has its place in the standard', (_, { definition, spec }) => {
  expect(definition).toMatch(/^[^\n]{30,160}[.]$/);
  expect(spec).toMatch(/^https:\/\/(fetch|html)\.spec\.whatwg\.org\/.*#\S+$/);
});
