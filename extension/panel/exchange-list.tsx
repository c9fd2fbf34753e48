import { Fragment, type JSX, type RefObject, type TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useMemo, useState } from 'preact/hooks';
import { shorten, visible } from '../../src/index.ts';
import { ColumnHeaders, useColumnWidths } from './column-headers.tsx';
import { Glyph } from './glyph.tsx';
import { Text } from './text.tsx';
import { type Column, type ColumnId, columnsIn } from './view/columns.ts';
import type { Group, ListView, Sort } from './view/list-view.ts';
import type { Row } from './view/row.ts';
import { durationOf } from './view/time.ts';

/** Pixels; panel.css has the same number. Every line is that high, so that what is in sight follows from the scroll position. */
const lineHeight = 24;
/** Lines drawn beyond either edge, so that a quick scroll shows no gap. */
const overscan = 8;

interface ExchangeListProps {
  readonly view: ListView;
  readonly sort: Sort | null;
  readonly onSort: (sort: Sort | null) => void;
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
  readonly onEnter: () => void;
  readonly onFix: (group: Group) => void;
  /** What takes the focus. */
  readonly focusable: RefObject<HTMLDivElement | null>;
}

interface Placed {
  readonly group: Group;
  /** Line of the group's heading. */
  readonly line: number;
  /** Position of the group's first row among all rows. */
  readonly first: number;
}

/**
 * The exchanges, grouped by server. Only the lines in sight are in the document. The focus stays on the list, which
 * names its active option: an option may be scrolled out of the document.
 * https://www.w3.org/WAI/ARIA/apg/patterns/listbox/
 */
export function ExchangeList({ view, sort, onSort, selectedId, onSelect, onEnter, onFix, focusable: list }: ExchangeListProps) {
  const [topLine, setTopLine] = useState(0);
  const [height, setHeight] = useState(0);
  const [width, setWidth] = useState(0);
  const [widths, setColumnWidth] = useColumnWidths();
  const { shown, grid } = useMemo(() => columnsIn(width, widths), [width, widths]);
  // A list that scrolls is drawn anew with each line that comes into sight: nothing in that looks at all of its rows.
  const selectedIndex = useMemo(() => (selectedId === null ? -1 : view.rows.findIndex(({ exchange }) => exchange.id === selectedId)), [view, selectedId]);
  const groups = useMemo(() => place(view.groups), [view]);
  const firstLine = topLine - overscan;
  const lastLine = topLine + Math.ceil(height / lineHeight) + 1 + overscan;

  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = (): void => {
      setTopLine(Math.floor(element.scrollTop / lineHeight));
      setHeight(element.clientHeight);
      setWidth(element.clientWidth);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    measure();
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);

  function select(index: number): void {
    const row = view.rows[Math.min(view.rows.length - 1, Math.max(0, index))];
    if (!row) return;
    onSelect(row.exchange.id);
    reveal(view.rows.indexOf(row));
  }

  function reveal(index: number): void {
    const element = list.current;
    const at = groups.findLast(({ first }) => first <= index);
    if (!element || !at) return;
    const top = (at.line + 1 + index - at.first) * lineHeight;
    // The group's heading sticks to the upper edge and covers one line.
    if (top - lineHeight < element.scrollTop) element.scrollTop = top - lineHeight;
    else if (top + lineHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + lineHeight - element.clientHeight;
  }

  function press(event: TargetedKeyboardEvent<HTMLElement>): void {
    const page = Math.max(1, Math.floor(height / lineHeight) - 2);
    const moves: Readonly<Record<string, number>> = {
      ArrowDown: selectedIndex + 1,
      ArrowUp: selectedIndex === -1 ? 0 : selectedIndex - 1,
      PageDown: selectedIndex + page,
      PageUp: selectedIndex - page,
      Home: 0,
      End: view.rows.length - 1,
    };
    const to = moves[event.key];
    if (to !== undefined) select(to);
    else if (event.key === 'Enter' && selectedIndex !== -1) onEnter();
    else if (event.key === 'f' && !event.ctrlKey && !event.metaKey && !event.altKey) fix();
    else return;
    event.preventDefault();
  }

  function fix(): void {
    const at = groups.findLast(({ first }) => first <= selectedIndex);
    if (at) onFix(at.group);
  }

  return (
    <div class="list-frame" style={{ '--columns': grid }}>
      <ColumnHeaders shown={shown} width={width} sort={sort} onSort={onSort} onWidth={setColumnWidth} />
      <div
        class="list"
        ref={list}
        role="listbox"
        aria-label="Cross-origin requests"
        aria-keyshortcuts="l f"
        tabIndex={0}
        aria-activedescendant={selectedId === null ? undefined : optionId(selectedId)}
        onKeyDown={press}
      >
        <div class="lines" role="presentation" style={{ height: `${(view.rows.length + groups.length) * lineHeight}px` }}>
          {groups.map(({ group, line, first }) => {
            if (line > lastLine || line + group.rows.length < firstLine) return null;
            const from = Math.max(0, firstLine - line - 1);
            return (
              <div
                key={group.server}
                class="group"
                role="group"
                aria-label={`${visible(shorten(group.server))}, ${group.sentence}`}
                style={{ top: `${line * lineHeight}px`, height: `${(group.rows.length + 1) * lineHeight}px` }}
              >
                <div class="heading" aria-hidden="true">
                  <ServerName of={group.server} /> <span>{group.sentence}</span>
                  {/* By keyboard it is f on any row of the group: a list of options holds no buttons. */}
                  {group.toRepair && <button type="button" tabIndex={-1} onClick={() => onFix(group)}>{group.toRepair.count === 1 ? 'Fix' : 'One fix for all'}</button>}
                </div>
                {group.rows.slice(from, Math.max(0, lastLine - line)).map((row, index) => (
                  <Option
                    key={row.exchange.id}
                    row={row}
                  columns={shown}
                    top={(from + index + 1) * lineHeight}
                    position={first + from + index + 1}
                    count={view.rows.length}
                    isSelected={row.exchange.id === selectedId}
                    onSelect={onSelect}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function place(groups: readonly Group[]): readonly Placed[] {
  let line = 0;
  let first = 0;
  return groups.map((group) => {
    const placed = { group, line, first };
    line += group.rows.length + 1;
    first += group.rows.length;
    return placed;
  });
}

const optionId = (id: string): string => `exchange-${id}`;

/** An origin with its scheme in the background. */
function ServerName({ of: server }: { readonly of: string }) {
  const slashes = server.indexOf('://');
  const start = slashes === -1 ? 0 : slashes + 3;
  return <span class="server" title={visible(shorten(server))}>{server.slice(0, start)}<b><Text of={server.slice(start)} /></b></span>;
}

interface OptionProps {
  readonly row: Row;
  readonly columns: readonly Column[];
  /** Pixels below the group's upper edge. */
  readonly top: number;
  readonly position: number;
  readonly count: number;
  readonly isSelected: boolean;
  readonly onSelect: (id: string) => void;
}

function Option({ row, columns, top, position, count, isSelected, onSelect }: OptionProps) {
  const { exchange, marks } = row;
  // The same cells as before are not compared again.
  const content = useMemo(() => (
    <>
      <span class="marks">
        {marks.preflight && <Glyph mark={marks.preflight} of="preflight" />}
        <Glyph mark={marks.actual} of="request" />
      </span>
      {columns.map(({ id }) => <Fragment key={id}>{cells[id](row)}</Fragment>)}
    </>
  ), [row, columns]);
  return (
    <div
      id={optionId(exchange.id)}
      class="row"
      role="option"
      data-exchange={exchange.id}
      aria-selected={isSelected}
      aria-posinset={position}
      aria-setsize={count}
      style={{ top: `${top}px` }}
      onClick={() => onSelect(exchange.id)}
    >
      {content}
    </div>
  );
}

const cells: Readonly<Record<ColumnId, (row: Row) => JSX.Element>> = {
  method: ({ method }) => <span class="method"><Text of={method} limit={40} /></span>,
  path: ({ exchange, path }) => <span class="path" title={visible(shorten(exchange.hops[0].url, 1000))}><Text of={path} /></span>,
  origin: ({ origin }) => <span class="origin"><span class="unseen">from </span><Text of={origin} /></span>,
  reason: ({ diagnosis, reason, isRisky }) => (
    <span class={`reason ${diagnosis.outcome}${isRisky ? ' risky' : ''}`} title={visible(shorten(diagnosis.causes[0]?.summary ?? reason, 600))}><Text of={reason} /></span>
  ),
  initiator: ({ initiator }) => <span class="initiator" title={visible(shorten(initiator))}><Text of={initiator} limit={60} /></span>,
  time: ({ duration }) => <span class="time">{duration === null ? '–' : durationOf(duration)}</span>,
  status: ({ status }) => <span class="status">{status}</span>,
};
