import { issue, statusAnd } from './signs.ts';
import type { CauseRow, OpenScene } from './cause.ts';

/** Pages of extensions may read what they have a permission for, whatever the headers say. */
const isWebPage = (origin: string): boolean => origin === 'null' || /^https?:/.test(origin);

function contradiction({ exchange, diagnosis: { outcome, mode, judged } }: OpenScene) {
  const last = judged.at(-1);
  if (outcome !== 'allowed' || mode.value !== 'cors' || !last || last.error === null || !isWebPage(exchange.origin)) return null;
  // What a 304 lacks is in the copy that it confirms, and a copy may be older than the answer that was seen.
  const isCopy = last.response.status === 304 || (exchange.end.kind === 'completed' && exchange.end.fromCache);
  return isCopy || last.phase === 'preflight' ? null : last;
}

export const extensionRewritesHeaders: CauseRow<OpenScene> = {
  id: 'extension-rewrites-headers', owner: 'browser', source: issue('vitvad/Access-Control-Allow-Origin/issues/35'),
  short: () => 'Allowed, though the server did not allow it',
  explain: (scene) => (contradiction(scene)
    ? `The page could read this, and ${scene.host} did not allow it. Probably an extension or a setting of this browser overrides CORS: for other people this request fails. Switch it off to see what they see.`
    : null),
  evidence: (scene) => {
    const seen = contradiction(scene);
    return seen ? `${statusAnd(seen.response, 'Access-Control-Allow-Origin')} · ${seen.error?.code ?? ''} was to be expected` : '';
  },
  fix: () => 'Switch off extensions that unblock CORS, and start the browser without --disable-web-security.',
};
