import { lastHop } from '../../../src/index.ts';
import { LongText } from '../text.tsx';
import type { Row } from '../view/row.ts';

/** What of an allowed response a script gets to see. */
export function Readable({ row: { exchange, diagnosis } }: { readonly row: Row }) {
  const { response } = lastHop(exchange);
  if (diagnosis.outcome !== 'allowed' || diagnosis.mode.value === 'no-cors' || response === null) return null;
  const exposed = response.headers.filter(([name]) => name.toLowerCase() === 'access-control-expose-headers').map(([, value]) => value);
  return (
    <>
      <h2>What the script can read</h2>
      <p>
        The status, the body, and the response headers Cache-Control, Content-Language, Content-Length, Content-Type, Expires,
        Last-Modified and Pragma. Every other header has to stand in Access-Control-Expose-Headers.
      </p>
      <p>{exposed.length === 0
        ? 'This response exposes no further header.'
        : <>This response exposes: <code><LongText of={exposed.join(', ')} /></code></>}
      </p>
    </>
  );
}
