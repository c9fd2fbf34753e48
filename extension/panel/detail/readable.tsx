import { corsExposedHeaderNames, isCorsSafelistedResponseHeaderName, lastHop } from '../../../src/index.ts';
import { Term } from '../term.tsx';
import { LongText } from '../text.tsx';
import type { Row } from '../view/row.ts';

/** What of an allowed response a script gets to see. */
export function Readable({ row: { exchange, diagnosis } }: { readonly row: Row }) {
  const { response } = lastHop(exchange);
  if (diagnosis.outcome !== 'allowed' || diagnosis.mode.value === 'no-cors' || response === null) return null;
  const exposed = corsExposedHeaderNames(response.headers, diagnosis.credentials.value === 'omit' ? 'omit' : 'include');
  const names = [...new Set(response.headers.map(([name]) => name))];
  const readable = names.filter((name) => isCorsSafelistedResponseHeaderName(name, exposed));
  const hidden = names.filter((name) => !readable.includes(name));
  return (
    <>
      <h2>What the script can read</h2>
      <p>The status, the body{readable.length === 0 ? '' : ', and these headers: '}<code><LongText of={readable.join(', ')} /></code></p>
      {hidden.length > 0 && (
        <p>
          Not <Term of="exposed">exposed</Term>: <code><LongText of={hidden.join(', ')} /></code>. A header beyond the CORS-safelisted ones has to stand in
          Access-Control-Expose-Headers.
        </p>
      )}
    </>
  );
}
