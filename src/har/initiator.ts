import type { StackFrame } from '../exchange/network-event.ts';
import { isNumber, isObject, listIn, textIn } from './json.ts';

const mostFrames = 20;

/**
 * The calls that Chrome's `_initiator` of a HAR entry names and that lie in a script with a URL, the innermost first; or
 * the place in a document that made the browser ask. Its lines and columns count from 0.
 */
export function stackOfInitiator(initiator: unknown): readonly StackFrame[] {
  if (!isObject(initiator)) return [];
  const frames: StackFrame[] = [];
  // What called before something was awaited is the parent.
  for (let stack = initiator['stack']; isObject(stack) && frames.length < mostFrames; stack = stack['parent']) {
    for (const frame of listIn(stack, 'callFrames')) {
      if (!isObject(frame)) continue;
      const { lineNumber, columnNumber } = frame;
      if (isNumber(lineNumber) && isNumber(columnNumber)) frames.push({ functionName: textIn(frame, 'functionName'), url: textIn(frame, 'url'), line: lineNumber + 1, column: columnNumber + 1 });
    }
  }
  const { lineNumber } = initiator;
  if (!('stack' in initiator)) frames.push({ functionName: '', url: textIn(initiator, 'url'), line: (isNumber(lineNumber) ? lineNumber : 0) + 1, column: 1 });
  return frames.filter(({ url }) => url !== '').slice(0, mostFrames);
}
