import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { type Outcome, type ReportSource, grouped } from '../../src/index.ts';
import { AskThePage } from './ask-the-page.tsx';
import { ExportMenu } from './export-menu.tsx';
import { Icon } from './icon.tsx';
import { ImportButton } from './import-button.tsx';
import type { PanelPorts } from './ports.ts';
import { type Filter, type ListView, noFilter } from './view/list-view.ts';

interface ToolbarProps {
  readonly filter: Filter;
  readonly counts: ListView['counts'];
  readonly preserveLog: boolean;
  readonly onFilter: (filter: Filter) => void;
  readonly onClear: () => void;
  readonly onPreserveLog: (preserve: boolean) => void;
  readonly source: () => ReportSource;
  readonly onFile: (file: File) => void;
  /** Whether it is the live recording that is shown, and not a file. */
  readonly isLive: boolean;
  readonly asking: PanelPorts['asking'];
}

const chips: readonly { readonly outcome: Outcome | 'all'; readonly name: string; readonly isAlwaysThere: boolean }[] = [
  { outcome: 'all', name: 'All', isAlwaysThere: true },
  { outcome: 'blocked', name: 'Blocked', isAlwaysThere: true },
  { outcome: 'failed', name: 'Not CORS', isAlwaysThere: true },
  { outcome: 'allowed', name: 'Allowed', isAlwaysThere: true },
  { outcome: 'pending', name: 'Pending', isAlwaysThere: false },
  { outcome: 'unknown', name: 'Unknown', isAlwaysThere: false },
];

export function Toolbar({ filter, counts, preserveLog, onFilter, onClear, onPreserveLog, source, onFile, isLive, asking }: ToolbarProps) {
  const search = useRef<HTMLInputElement>(null);
  useSlash(search);
  return (
    <header class="toolbar">
      {isLive && <button type="button" class="icon" aria-label="Clear" title="Clear" onClick={onClear}><Icon name="clear" /></button>}
      <ImportButton onFile={onFile} />
      <ExportMenu source={source} />
      {isLive && (
        <>
          <label title="Keep the requests of earlier pages when the page navigates or reloads">
            <input type="checkbox" checked={preserveLog} onChange={(event) => onPreserveLog(event.currentTarget.checked)} />
            Preserve log
          </label>
          <AskThePage asking={asking} />
        </>
      )}
      <input
        type="search"
        ref={search}
        value={filter.text}
        placeholder="Filter, e.g. is:blocked method:PUT"
        aria-label="Filter"
        aria-keyshortcuts="/"
        title="Words of the URL, the reason or the error code. Or is:blocked, method:PUT, domain:api, code:Wildcard, origin:shop. A minus before it excludes."
        spellcheck={false}
        onInput={(event) => onFilter({ ...filter, text: event.currentTarget.value })}
      />
      <div class="chips" role="group" aria-label="Outcome">
        {chips.map(({ outcome, name, isAlwaysThere }) => {
          const isPressed = filter.outcome === outcome;
          if (!isAlwaysThere && !isPressed && counts[outcome] === 0) return null;
          return (
            <button
              type="button"
              class="chip"
              key={outcome}
              aria-pressed={isPressed}
              onClick={() => onFilter({ ...filter, outcome: isPressed ? noFilter.outcome : outcome })}
            >
              {name} <b>{grouped(counts[outcome])}</b>
            </button>
          );
        })}
      </div>
    </header>
  );
}

/** Moves the focus to the input on `/`, unless it is being typed into something. */
function useSlash(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement || event.target instanceof HTMLTextAreaElement) return;
      event.preventDefault();
      input.current?.select();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [input]);
}
