import type { StackFrame } from '../../src/index.ts';
import type { FinishedRequest } from '../browser.ts';

const mostFrames = 20;

/** The frames that lie in a script with a URL, the innermost first; or the place in a document that made the browser ask. */
export function stackOf({ _initiator: initiator }: Pick<FinishedRequest, '_initiator'>): readonly StackFrame[] {
  const frames: StackFrame[] = [];
  for (let stack = initiator?.stack; stack && frames.length < mostFrames; stack = stack.parent) {
    frames.push(...stack.callFrames.map(({ functionName, url, lineNumber, columnNumber }) => ({ functionName, url, line: lineNumber + 1, column: columnNumber + 1 })));
  }
  if (initiator?.stack === undefined && initiator?.url !== undefined) frames.push({ functionName: '', url: initiator.url, line: (initiator.lineNumber ?? 0) + 1, column: 1 });
  return frames.filter(({ url }) => url !== '').slice(0, mostFrames);
}
