import { get } from '../../fetch/header-list.ts';
import { failsOn, shortened } from './signs.ts';
import { redactUrl } from '../redact.ts';
import type { CauseRow, Scene } from './cause.ts';

const never = 'Never allow null: any site can send it.';

const isOpaque = ({ exchange, block }: Scene): boolean =>
  exchange.origin === 'null' && failsOn(block, 'MissingAllowOriginHeader', 'MultipleAllowOriginValues', 'InvalidAllowOriginValue', 'AllowOriginMismatch');

/** The page's URL as the request gives it away: files and data: URLs send no Referer. */
function refererOf({ block }: Scene): string | null {
  const { requestHeaders, preflight } = block.hop;
  return get(requestHeaders ?? (preflight?.from === 'network' ? preflight.requestHeaders : null) ?? [], 'referer');
}

export const sandboxedPage: CauseRow = {
  id: 'sandboxed-page', owner: 'page', source: 'https://html.spec.whatwg.org/multipage/browsers.html#sandboxed-origin-browsing-context-flag',
  short: () => 'The page is sandboxed and has no origin',
  explain: (scene) => {
    const referer = isOpaque(scene) ? refererOf(scene) : null;
    return referer !== null && /^https?:/.test(referer)
      ? `The page has no origin, although it comes from ${shortened(redactUrl(referer))}: it is probably a sandboxed frame, or its Content-Security-Policy says sandbox. Add allow-same-origin to the sandbox if you trust the page. ${never}`
      : null;
  },
  evidence: (scene) => `Origin: null · Referer: ${shortened(redactUrl(refererOf(scene) ?? ''))}`,
  fix: () => 'Write sandbox="allow-scripts allow-same-origin" on the frame, or make the request in the page around it and hand over the result by postMessage.',
};

export const opaqueOrigin: CauseRow = {
  id: 'opaque-origin', owner: 'page', source: 'https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque',
  short: () => 'The page has no origin',
  explain: (scene) => (isOpaque(scene) && !/^https?:/.test(refererOf(scene) ?? '')
    ? `The page has no origin of its own: it is a file, a data: URL or a sandboxed frame. Serve it over http, or give the frame allow-same-origin. ${never}`
    : null),
  evidence: () => 'Origin: null · no Referer',
  fix: () => 'For a file, start a local web server in its folder (python3 -m http.server) and open the page there.',
};
