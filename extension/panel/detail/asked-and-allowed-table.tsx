import { type AskedAndAllowed, grouped } from '../../../src/index.ts';
import { Term } from '../term.tsx';
import { LongText, Text } from '../text.tsx';
import type { TermId } from '../view/glossary.ts';
import { type Marked, difference } from '../view/difference.ts';

/** A script may ask for thousands of headers. */
const mostRows = 50;

const terms: Readonly<Record<AskedAndAllowed['aspect'], TermId>> = { Origin: 'origin', Credentials: 'credentials', Status: 'status', Method: 'method', Header: 'header' };

/** The evidence, side by side: a line that fails is marked, and in it what differs. */
export function AskedAndAllowedTable({ rows }: { readonly rows: readonly AskedAndAllowed[] }) {
  const firstFailed = rows.find(({ passed }) => passed === false);
  const shown = rows.filter((row, index) => index < mostRows || row === firstFailed);
  return (
    <table class="evidence">
      <thead><tr><td /><th scope="col">Asked for</th><th scope="col">Allowed</th></tr></thead>
      <tbody>
        {shown.map((row, index) => (
          <tr key={index} class={row.passed === false ? 'failed' : ''}>
            <th scope="row">
              <Term of={terms[row.aspect]}>{row.aspect}</Term>
              <span class="unseen">{row.passed === null ? '' : row.passed ? ' (passed)' : ' (failed)'}</span>
            </th>
            {row.passed === false ? <Differing row={row} /> : <><td><LongText of={row.asked} /></td><td><Allowed of={row.allowed} /></td></>}
          </tr>
        ))}
        {rows.length > shown.length && <tr><th scope="row">Header</th><td colSpan={2} class="absent">and {grouped(rows.length - shown.length)} more</td></tr>}
      </tbody>
    </table>
  );
}

/** Longer values are not compared by eye. */
const longestCompared = 500;

function Differing({ row: { aspect, asked, allowed } }: { readonly row: AskedAndAllowed }) {
  switch (aspect) {
    case 'Origin': {
      // A wildcard is not a misspelt origin, and neither is a list of origins.
      if (allowed === null || allowed === '*' || allowed.length > longestCompared) break;
      const [needed, found] = difference(asked, allowed);
      return <><td><MarkedText of={needed} /></td><td><MarkedText of={found} /></td></>;
    }
    case 'Credentials': {
      if (allowed === null || allowed.length > longestCompared) break;
      const [, found] = difference('true', allowed);
      return <><td>{asked}</td><td><MarkedText of={found} /></td></>;
    }
    case 'Status':
      return <><td>{asked}</td><td><mark>{allowed}</mark></td></>;
    case 'Method':
    case 'Header':
      break;
  }
  return <><td><mark><LongText of={asked} /></mark></td><td><Allowed of={allowed} /></td></>;
}

const Allowed = ({ of }: { readonly of: string | null }) =>
  (of === null ? <span class="absent">nothing</span> : of === '' ? <span class="absent">an empty value</span> : <LongText of={of} />);

const MarkedText = ({ of: { before, differing, after } }: { readonly of: Marked }) => (
  <><Text of={before} />{differing !== '' && <mark><Text of={differing} /></mark>}<Text of={after} /></>
);
