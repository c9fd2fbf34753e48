import type { Row } from './row.ts';

export type ColumnId = 'method' | 'path' | 'origin' | 'reason' | 'status' | 'time' | 'initiator';

/** A column of the list, beside the marks. */
export interface Column {
  readonly id: ColumnId;
  readonly name: string;
  /** A track of the grid, as long as nobody changed its width. */
  readonly track: string;
  /** Pixels that the list has to be wide for the column to be shown. */
  readonly from: number;
  /** What rows are sorted by. */
  readonly key: (row: Row) => string | number;
}

/** From left to right. */
export const columns: readonly Column[] = [
  { id: 'method', name: 'Method', track: '56px', from: 0, key: ({ method }) => method },
  { id: 'path', name: 'Path', track: 'minmax(0, 1.1fr)', from: 0, key: ({ path }) => path },
  { id: 'origin', name: 'Origin', track: 'minmax(0, .8fr)', from: 640, key: ({ origin }) => origin },
  { id: 'reason', name: 'Reason', track: 'minmax(0, 1.3fr)', from: 0, key: ({ reason }) => reason },
  { id: 'initiator', name: 'Initiator', track: 'minmax(0, .5fr)', from: 900, key: ({ initiator }) => initiator },
  { id: 'time', name: 'Time', track: '64px', from: 760, key: ({ duration }) => duration ?? Number.POSITIVE_INFINITY },
  { id: 'status', name: 'Status', track: '52px', from: 460, key: ({ status }) => status },
];

/** Pixels; a dragged column gets no narrower and no wider. */
export const columnWidths = { least: 40, most: 1200 } as const;

export type Widths = Readonly<Partial<Record<ColumnId, number>>>;

/** The columns that a list of this many pixels has room for, and its grid. */
export function columnsIn(width: number, widths: Widths): { readonly shown: readonly Column[]; readonly grid: string } {
  const shown = columns.filter(({ from }) => from <= width);
  return { shown, grid: ['30px', ...shown.map(({ id, track }) => (widths[id] === undefined ? track : `${widths[id]}px`))].join(' ') };
}
