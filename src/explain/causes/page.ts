import { failsOn } from './signs.ts';
import type { CauseRow } from './cause.ts';

/** Which of its reasons an opaque origin has leaves no trace on the wire: such a page sends no Referer either. https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer */
export const opaqueOrigin: CauseRow = {
  id: 'opaque-origin', owner: 'page', source: 'https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque',
  short: () => 'The page has no origin',
  explain: ({ exchange, block }) => (exchange.origin === 'null' && failsOn(block, 'MissingAllowOriginHeader', 'MultipleAllowOriginValues', 'InvalidAllowOriginValue', 'AllowOriginMismatch')
    ? 'The page has no origin of its own: it is a file, a data: URL or a sandboxed frame. Serve it over http, or give the frame allow-same-origin. Never allow null: any site can send it.'
    : null),
  evidence: ({ block }) => `Origin: null${block.at.hop === 0 ? ', and no redirect before it' : ''}`,
  fix: () => 'For a file, start a local web server in its folder and open the page there. For a sandboxed frame, make the request in the page around it and hand over the result by postMessage.',
  code: () => 'python3 -m http.server',
};
