import { useRef, useState } from 'preact/hooks';
import { type ReportSource, grouped } from '../../src/index.ts';
import { AskThePage } from './ask-the-page.tsx';
import { ExportMenu } from './export-menu.tsx';
import { Help } from './help.tsx';
import { Icon } from './icon.tsx';
import { ImportButton } from './import-button.tsx';
import type { PanelPorts } from './ports.ts';
import { useKey } from './use-key.ts';
import { type Filter, type ListView, noFilter, quicks } from './view/list-view.ts';

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

export function Toolbar({ filter, counts, preserveLog, onFilter, onClear, onPreserveLog, source, onFile, isLive, asking }: ToolbarProps) {
  const search = useRef<HTMLInputElement>(null);
  const [isHelping, setHelping] = useState(false);
  useKey('/', () => search.current?.select());
  useKey('?', () => setHelping(true));
  return (
    <header class="toolbar">
      {isLive && <button type="button" class="icon" aria-label="Clear" title="Clear" onClick={onClear}><Icon name="clear" /></button>}
      <ImportButton onFile={onFile} />
      <ExportMenu source={source} />
      <button type="button" class="icon" aria-label="Help" aria-keyshortcuts="?" title="Keys, marks and words" onClick={() => setHelping(true)}><Icon name="help" /></button>
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
        {quicks.map(({ id, name, isAlwaysThere }) => {
          const isPressed = filter.quick === id;
          if (!isAlwaysThere && !isPressed && counts[id] === 0) return null;
          return (
            <button
              type="button"
              class="chip"
              key={id}
              aria-pressed={isPressed}
              onClick={() => onFilter({ ...filter, quick: isPressed ? noFilter.quick : id })}
            >
              {name} <b>{grouped(counts[id])}</b>
            </button>
          );
        })}
      </div>
      {isHelping && <Help onClose={() => setHelping(false)} />}
    </header>
  );
}
