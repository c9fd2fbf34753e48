import { Glyph } from '../glyph.tsx';
import { Text } from '../text.tsx';
import type { Diagram, Line, Party } from '../view/diagram.ts';

/** Where each party's lifeline stands, in per cent of the width. */
const at: Readonly<Record<Party, number>> = { page: 8, browser: 46, server: 92 };

/** Pixels. */
const heights = { head: 40, message: 44, messageWithoutHeader: 30, verdict: 30 } as const;
const heightOf = (line: Line): number => (line.kind === 'message' && line.decisive === '' ? heights.messageWithoutHeader : heights[line.kind]);
/** Between an arrow and a lifeline. */
const gap = 4;

/**
 * Who sent what to whom, and where it stopped. The list beside it says the same in words, so assistive technology is
 * given that one. Positions are shares of the width: the picture grows, its text does not.
 */
export function SequenceDiagram({ of: { page, server, lines } }: { readonly of: Diagram }) {
  let y: number = heights.head;
  const placed = lines.map((line) => {
    const top = y;
    y += heightOf(line);
    return { line, top };
  });
  const height = y + 6;
  return (
    <svg class="sequence" width="100%" height={height} aria-hidden="true">
      {(['sent', 'bad', 'never'] as const).map((state) => (
        <marker key={state} id={`arrow-${state}`} class={state} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
          <path d="M1 1l6 3-6 3" />
        </marker>
      ))}
      {(['page', 'browser', 'server'] as const).map((party) => (
        <line key={party} class="lifeline" x1={`${at[party]}%`} x2={`${at[party]}%`} y1={heights.head - 4} y2={height} />
      ))}
      <Head of="page" name="Page" detail={page} />
      <Head of="browser" name="Browser" detail="" />
      <Head of="server" name="Server" detail={server} />
      {placed.map(({ line, top }, index) => <Drawn key={index} line={line} top={top} />)}
    </svg>
  );
}

function Head({ of: party, name, detail }: { readonly of: Party; readonly name: string; readonly detail: string }) {
  const [x, width, align] = party === 'page' ? [0, 40, 'start'] : party === 'server' ? [60, 40, 'end'] : [36, 20, 'middle'];
  return (
    <foreignObject x={`${x}%`} width={`${width}%`} y={0} height={heights.head}>
      <p class={`party ${align}`}><b>{name}</b><Text of={detail} /></p>
    </foreignObject>
  );
}

function Drawn({ line, top }: { readonly line: Line; readonly top: number }) {
  if (line.kind === 'verdict') {
    return (
      <foreignObject x={`${at.browser - 38}%`} width="76%" y={top} height={heights.verdict}>
        <p class={`verdict ${line.mark}`}><span><Glyph mark={line.mark} /> <Text of={line.label} /></span></p>
      </foreignObject>
    );
  }
  const { from, to, state, label, decisive } = line;
  const [left, right] = at[from] < at[to] ? [from, to] : [to, from];
  const y = top + 20;
  const isRightwards = left === from;
  return (
    <>
      <foreignObject x={`${at[left]}%`} width={`${at[right] - at[left]}%`} y={top} height={heightOf(line)}>
        <p class={`label ${state}`}><span class="what"><Text of={label} /></span><span class="decisive"><Text of={decisive} limit={120} /></span></p>
      </foreignObject>
      {/* Shares of the width cannot be added to pixels: the group moves the ends away from the lifelines. */}
      <line
        class={`arrow ${state}`}
        x1={`${at[isRightwards ? left : right]}%`}
        x2={`${at[isRightwards ? right : left]}%`}
        y1={y}
        y2={y}
        marker-end={`url(#arrow-${state})`}
        transform={`translate(${isRightwards ? -gap / 2 : gap / 2} 0)`}
      />
    </>
  );
}
