import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { type Across, type Witness, acrossRows, createAcross, testify } from '../../src/explain/across.ts';
import type { Cause } from '../../src/explain/causes/cause.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { type Story, acam, acao, actual, app, blocked, exchangeOf, named, preflight } from './story.ts';

const session = (stories: readonly Story[]) => stories.map((story) => {
  const exchange = exchangeOf(story);
  const diagnosis = diagnose(exchange, browserProfiles.chromium);
  return { exchange, diagnosis, testimony: testify(exchange, diagnosis) };
});
const acrossIds = new Set(acrossRows.map(({ id }) => id));
/** What is told of the last exchange of a session, and whether its session is what shows it. */
function toldOfLast(stories: readonly Story[]): readonly (Cause & { readonly isAcross: boolean })[] {
  const witnesses = session(stories);
  const last = witnesses.at(-1) ?? expect.fail();
  const across = createAcross()(witnesses);
  const told = across.explain(last).causes.map((cause) => ({ ...cause, isAcross: acrossIds.has(cause.id) }));
  expect(across.firstOf(last)?.id).toBe(told.find(({ isAcross }) => isAcross)?.id);
  return told;
}
const at = (url: string, { hops = [], ...story }: Story): Story => ({ ...story, hops: hops.map((hop) => ({ ...hop, url })) });
const allowed: Story = { hops: [{ answer: [200, ...named] }] };
const allowedPut: Story = { hops: [{ method: 'PUT', preflight: { answer: [204, ...named, acam('PUT')] }, answer: [200, ...named] }] };
const afterPreflight: Story = { hops: [{ method: 'PUT', preflight: { answer: [204, ...named, acam('PUT')] }, answer: [200] }], end: blocked };
const noCors: Story = { hops: [{ sentOrigin: null, answer: [200] }] };
const elsewhere = (path: string, story: Story): Story => at(`https://api.example/${path}`, story);

/** The last story of each session is the one that is asked about. */
const rows: readonly { readonly id: string; readonly is: readonly (readonly Story[])[]; readonly isNot: readonly (readonly Story[])[] }[] = [
  {
    id: 'only-errors-lack-headers',
    is: [[elsewhere('b', allowed), actual([500])], [elsewhere('b', allowed), noCors, elsewhere('c', actual([404])), actual([500])]],
    isNot: [[actual([500])], [elsewhere('b', allowed), { hops: [{ answer: [404, acao('*')] }] }, actual([500])], [elsewhere('b', allowed), elsewhere('c', actual([200])), actual([500])], [at('https://b.example/', allowed), actual([500])]],
  },
  {
    id: 'only-preflights-lack-headers',
    is: [[elsewhere('b', allowed), preflight('PUT', undefined, 404)]],
    isNot: [[preflight('PUT', undefined, 404)], [elsewhere('b', allowedPut), preflight('PUT', undefined, 404)]],
  },
  { id: 'only-preflights-have-headers', is: [[afterPreflight]], isNot: [[elsewhere('b', allowed), afterPreflight], [actual([200])]] },
  { id: 'intermittent', is: [[allowed, actual([200])], [allowed, actual([200, 'Age: 5'])], [actual([200]), allowed, actual([200, acao('https://b.example')])]], isNot: [[elsewhere('b', allowed), actual([200])], [allowed, actual([500])], [{ ...allowed, origin: 'https://b.example' }, actual([200])]] },
  { id: 'works-elsewhere-on-server', is: [[elsewhere('b', allowed), actual([200])], [elsewhere('b', allowed), preflight('PUT', undefined, 404)]], isNot: [[allowed, actual([200])], [at('https://b.example/', allowed), actual([200])], [elsewhere('b', noCors), actual([200])]] },
  {
    id: 'allowed-for-another-origin',
    is: [[{ ...allowed, origin: app }, { ...actual([200]), origin: 'https://b.example' }].map((story, index) => (index === 0 ? { ...story, hops: [{ answer: [200, acao(app)] }] } : story))],
    isNot: [[elsewhere('b', allowed), actual([200])], [{ ...actual([200]), origin: 'https://b.example' }]],
  },
];

describe.each(rows)('$id', ({ id, is, isNot }) => {
  it.each(is.map((stories, index) => [index + 1, stories] as const))('shows in session %i', (_, stories) => {
    const found = toldOfLast(stories).filter(({ isAcross }) => isAcross);
    expect(found.map((cause) => cause.id)).toContain(id);
    for (const { summary, evidence, short } of found) {
      expect(summary).toMatch(/^\S.*\.$/);
      expect(evidence).toMatch(/\S/);
      expect(short).toMatch(/\S/);
    }
  });
  it.each(isNot.map((stories, index) => [index + 1, stories] as const))('does not show in what only resembles it, %i', (_, stories) => expect(toldOfLast(stories).map((cause) => cause.id)).not.toContain(id));
});

it('has a case for every row', () => {
  expect(acrossRows.map(({ id }) => id).filter((id) => !rows.some((row) => row.id === id)), 'add sessions for each of these').toEqual([]);
});

it('tells what the session shows before what only repeats the failed check, and after what hides behind it', () => {
  const idsIn = (stories: readonly Story[]): readonly string[] => toldOfLast(stories).map(({ id }) => id);
  expect(idsIn([elsewhere('b', allowed), actual([200])])).toEqual(['works-elsewhere-on-server', 'no-cors-headers']);
  expect(idsIn([elsewhere('b', allowed), actual([500])])).toEqual(['error-response', 'only-errors-lack-headers', 'works-elsewhere-on-server', 'no-cors-headers']);
});

it('says nothing of sessions in which everything is allowed', () => {
  const witnesses = session([allowed, allowedPut, noCors, { hops: [{ answer: [500, acao('*')] }] }]);
  const across = createAcross()(witnesses);
  expect(witnesses.flatMap((one) => [across.firstOf(one) ?? [], across.explain(one).causes].flat())).toEqual([]);
});

it('tells the same of a session whatever it has looked at before', () => {
  const witnesses = session(rows.flatMap(({ is, isNot }) => [...is, ...isNot].flat()));
  const idsOf = ({ explain }: Across, seen: readonly Witness[]) => seen.map((witness) => explain(witness).causes.map(({ id }) => id));
  fc.assert(fc.property(fc.array(fc.shuffledSubarray(witnesses), { minLength: 2, maxLength: 6 }), (sessions) => {
    const look = createAcross();
    for (const seen of sessions) expect(idsOf(look(seen), seen)).toEqual(idsOf(createAcross()(seen), seen));
  }));
});
