import { expect, it } from 'vitest';
import { stackOfInitiator } from '../../src/har/initiator.ts';

interface Row {
  readonly name: string;
  /** `_initiator` of a HAR entry. */
  readonly initiator?: unknown;
  /** `function url:line:column`, the innermost first. */
  readonly stack: readonly string[];
}

const script = 'https://app.example/app.js';
const frame = (functionName: string, lineNumber = 0, columnNumber = 0, url = script) => ({ functionName, url, lineNumber, columnNumber });
const many = (count: number) => Array.from({ length: count }, (_, index) => frame(`f${index}`));

const rows: readonly Row[] = [
  { name: 'nothing', stack: [] },
  { name: 'an initiator that says nothing', initiator: {}, stack: [] },
  { name: 'calls, whose lines and columns count from 0', initiator: { stack: { callFrames: [frame('load', 9, 4), frame('', 0, 0)] } }, stack: [`load ${script}:10:5`, ` ${script}:1:1`] },
  { name: 'calls before something was awaited', initiator: { stack: { callFrames: [frame('inner')], parent: { callFrames: [frame('middle')], parent: { callFrames: [frame('outer')] } } } }, stack: ['inner', 'middle', 'outer'].map((name) => `${name} ${script}:1:1`) },
  { name: 'a call without a URL', initiator: { stack: { callFrames: [frame('native', 0, 0, ''), frame('load')] } }, stack: [`load ${script}:1:1`] },
  { name: 'a place in a document', initiator: { url: 'https://app.example/', lineNumber: 4 }, stack: [' https://app.example/:5:1'] },
  { name: 'a document without a place', initiator: { url: 'https://app.example/' }, stack: [' https://app.example/:1:1'] },
  { name: 'calls in a document, which say more than its place', initiator: { url: 'https://app.example/', lineNumber: 4, stack: { callFrames: [frame('load', 6)] } }, stack: [`load ${script}:7:1`] },
  { name: 'no object', initiator: 'script', stack: [] },
  { name: 'calls that are none', initiator: { stack: { callFrames: [null, {}, { functionName: 1, url: script, lineNumber: '0' }, frame('load')] } }, stack: [`load ${script}:1:1`] },
  { name: 'calls without end', initiator: { stack: { callFrames: many(15), parent: { callFrames: many(15), parent: { callFrames: many(15) } } } }, stack: [...many(15), ...many(5)].map(({ functionName }) => `${functionName} ${script}:1:1`) },
];

it.each(rows)('$name', ({ initiator, stack }) => {
  const found = stackOfInitiator(initiator);
  expect(found.map(({ functionName, url, line, column }) => `${functionName} ${url}:${line}:${column}`)).toEqual(stack);
});
