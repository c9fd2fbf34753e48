import { expect, it } from 'vitest';
import { browserProfiles } from '../../src/fetch/browser-profile.ts';
import { askedAndAllowed } from '../../src/explain/asked-and-allowed.ts';
import { diagnose } from '../../src/explain/diagnosis.ts';
import { type Story, app, exchangeOf } from './story.ts';

const acao = (value: string): string => `Access-Control-Allow-Origin: ${value}`;
const acac = 'Access-Control-Allow-Credentials: true';
const blocked = 'net::ERR_FAILED';

/** One line each: aspect, what was asked, what was allowed, and `ok`, `no` or `-` where it does not matter. */
const rows: readonly { readonly name: string; readonly story: Story; readonly expected: readonly (readonly string[])[] }[] = [
  {
    name: 'a response to a request without credentials',
    story: { hops: [{ answer: [200, acao('*')] }] },
    expected: [[`Origin: ${app} / * ok`, 'Credentials: omit / nothing -']],
  },
  {
    name: 'a response that says nothing to one with a cookie',
    story: { hops: [{ sent: ['Cookie: a=b'], answer: [200] }], end: blocked },
    expected: [[`Origin: ${app} / nothing no`, 'Credentials: include / nothing no']],
  },
  {
    name: 'a preflight that lacks a header and a method',
    story: { hops: [{ method: 'PUT', sent: null, preflight: { asks: 'x-a,x-b', answer: [204, acao(app), acac, 'Access-Control-Allow-Methods: DELETE', 'Access-Control-Allow-Headers: x-a'] } }], end: blocked },
    expected: [[
      `Origin: ${app} / ${app} ok`, 'Credentials: unknown / true ok', 'Status: 200 to 299 / 204 ok', 'Method: PUT / DELETE no', 'Header: x-a / x-a ok', 'Header: x-b / x-a no',
    ]],
  },
  {
    name: 'a preflight whose lists cannot be read',
    story: { hops: [{ method: 'PUT', sent: null, preflight: { asks: 'x-a', answer: [204, acao(app), acac, 'Access-Control-Allow-Methods: PUT;GET', 'Access-Control-Allow-Headers: x-a;x-b'] } }], end: blocked },
    expected: [[`Origin: ${app} / ${app} ok`, 'Credentials: unknown / true ok', 'Status: 200 to 299 / 204 ok', 'Method: PUT / PUT;GET no', 'Header: x-a / x-a;x-b no']],
  },
  {
    name: 'a preflight that is redirected, for a method that needs no grant',
    story: { hops: [{ sent: null, preflight: { asks: 'x-a', answer: [302, 'Location: /b'] } }], end: blocked },
    expected: [[`Origin: ${app} / nothing no`, 'Credentials: unknown / nothing -', 'Status: 200 to 299 / 302 no', 'Method: GET / nothing -', 'Header: x-a / nothing no']],
  },
  {
    name: 'a preflight and the response after it',
    story: { hops: [{ method: 'PUT', sent: ['Cookie: a=b'], preflight: { answer: [204, acao(app), acac, 'Access-Control-Allow-Methods: PUT'] }, answer: [200, acao('https://b.example'), acac] }], end: blocked },
    expected: [
      [`Origin: ${app} / ${app} ok`, 'Credentials: include / true ok', 'Status: 200 to 299 / 204 ok', 'Method: PUT / PUT ok'],
      [`Origin: ${app} / https://b.example no`, 'Credentials: include / true ok'],
    ],
  },
  {
    name: 'a redirect, after which the origin is null',
    story: { hops: [{ answer: [302, acao('*'), 'Location: https://b.example/'] }, { url: 'https://b.example/', sentOrigin: 'null', answer: [200, acao(app)] }], end: blocked },
    expected: [[`Origin: ${app} / * ok`, 'Credentials: omit / nothing -'], [`Origin: null / ${app} no`, 'Credentials: omit / nothing -']],
  },
];

it.each(rows)('$name', ({ story, expected }) => {
  const exchange = exchangeOf(story);
  const diagnosis = diagnose(exchange, browserProfiles.chromium);
  const found = diagnosis.judged.map((judged) => askedAndAllowed(exchange, diagnosis, judged).map(({ aspect, asked, allowed, passed }) =>
    `${aspect}: ${asked} / ${allowed ?? 'nothing'} ${passed === null ? '-' : passed ? 'ok' : 'no'}`));
  expect(found).toEqual(expected);
});
