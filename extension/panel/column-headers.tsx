import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { readPreferences, writePreferences } from './preferences.ts';
import { type Column, type ColumnId, type Widths, columnWidths } from './view/columns.ts';
import type { Sort } from './view/list-view.ts';

/** The widths that somebody gave to columns, as they were left last time; null takes one back. */
export function useColumnWidths(): readonly [Widths, (id: ColumnId, width: number | null) => void] {
  const [widths, setWidths] = useState<Widths>(() => readPreferences().widths);
  return [widths, (id, width) => {
    const { [id]: _, ...others } = widths;
    const changed = width === null ? others : { ...others, [id]: Math.round(Math.min(columnWidths.most, Math.max(columnWidths.least, width))) };
    setWidths(changed);
    writePreferences({ widths: changed });
  }];
}

interface ColumnHeadersProps {
  readonly shown: readonly Column[];
  /** Pixels: the list's, without its scroll bar. */
  readonly width: number;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly onWidth: (id: ColumnId, width: number | null) => void;
}

const step = 10;

/**
 * Names of the columns, which sort, and lines between them to drag. One tab stop: the arrow keys go from name to name,
 * and with Shift they change the width. https://www.w3.org/WAI/ARIA/apg/patterns/toolbar/
 */
export function ColumnHeaders({ shown, width, sort, onSort, onWidth }: ColumnHeadersProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<ColumnId | null>(null);
  const stop = shown.find(({ id }) => id === current)?.id ?? shown[0]?.id;

  function press(event: TargetedKeyboardEvent<HTMLElement>, id: ColumnId): void {
    const direction = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    if (event.shiftKey) return onWidth(id, event.currentTarget.getBoundingClientRect().width + direction * step);
    const at = shown.findIndex((column) => column.id === id);
    const next = shown[(at + direction + shown.length) % shown.length];
    if (next) bar.current?.querySelector<HTMLElement>(`[data-column="${next.id}"]`)?.focus();
  }

  return (
    <div class="columns" role="toolbar" aria-label="Sort the list" ref={bar} style={{ width: `${width}px` }}>
      <span />
      {shown.map(({ id, name }) => {
        const isSorted = sort?.by === id;
        return (
          <span key={id}>
            <button
              type="button"
              data-column={id}
              tabIndex={id === stop ? 0 : -1}
              aria-pressed={isSorted}
              aria-label={`${name}${isSorted ? `, sorted ${sort.isDescending ? 'down' : 'up'}` : ''}`}
              aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight"
              title="Sort within each server. Shift with the arrow keys changes the width."
              onFocus={() => setCurrent(id)}
              onKeyDown={(event) => press(event, id)}
              onClick={() => onSort(nextSort(sort, id))}
            >
              {name}{isSorted && <span aria-hidden="true">{sort.isDescending ? ' ▾' : ' ▴'}</span>}
            </button>
            <Edge onMove={(width) => onWidth(id, width)} onReset={() => onWidth(id, null)} />
          </span>
        );
      })}
    </div>
  );
}

/** Up, down, and back to the order in which the requests began. */
function nextSort(sort: Sort | null, by: ColumnId): Sort | null {
  if (sort?.by !== by) return { by, isDescending: false };
  return sort.isDescending ? null : { by, isDescending: true };
}

/** The right edge of a column. Who has no pointer changes the width with the keyboard, from the column's name. */
function Edge({ onMove, onReset }: { readonly onMove: (width: number) => void; readonly onReset: () => void }) {
  function move(event: TargetedPointerEvent<HTMLElement>): void {
    const { currentTarget: edge, pointerId, clientX } = event;
    if (edge.hasPointerCapture(pointerId) && edge.parentElement) onMove(clientX - edge.parentElement.getBoundingClientRect().left);
  }
  return <span class="edge" aria-hidden="true" onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)} onPointerMove={move} onDblClick={onReset} />;
}
