import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { AccessNotice } from './access-notice.tsx';
import { Detail, type TabId } from './detail/detail.tsx';
import { keepScope } from './edited-policies.ts';
import { Dropped, NoMatch, NothingRecorded, NothingSelected } from './empty-states.tsx';
import { ExchangeList } from './exchange-list.tsx';
import { FileNotice, NothingInFile, type RefusedFile, RefusedFileNotice } from './file-notices.tsx';
import type { OpenedFile } from './files.ts';
import { GapNotice } from './gap-notice.tsx';
import type { PanelPorts } from './ports.ts';
import { type Preferences, readPreferences, writePreferences } from './preferences.ts';
import { Splitter, useSplit } from './splitter.tsx';
import { Toolbar } from './toolbar.tsx';
import { TrialBanner } from './trial-banner.tsx';
import { useKey } from './use-key.ts';
import { type Group, listView, noFilter } from './view/list-view.ts';
import { createDescriber, createSessionDescriber } from './view/row.ts';

interface PanelProps {
  readonly ports: PanelPorts;
  /** The file that is shown; null: it is what is recorded live. */
  readonly file: OpenedFile | null;
  readonly refused: RefusedFile | null;
  readonly onFile: (file: File) => void;
  readonly onCloseFile: () => void;
  readonly onDismiss: () => void;
}

export function Panel({ ports, file, refused, onFile, onCloseFile, onDismiss }: PanelProps) {
  const exchanges = useRecorded(ports, exchangesOf);
  const gaps = useRecorded(ports, gapsOf);
  const isAccessWithheld = useRecorded(ports, isAccessWithheldOf);
  const [filter, setFilter] = useRemembered('filter');
  const [sort, setSort] = useRemembered('sort');
  const [selectedId, setSelectedId] = useState<string | null>(null);
  const [preserveLog, setPreserveLog] = useState(ports.preserveLog);
  const [split, setSplit] = useSplit();
  const [tab, setTab] = useState<TabId>('why');
  const list = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLElement>(null);
  // Not Escape: Firefox opens its console on that, whatever the panel says.
  useKey('l', () => list.current?.focus());

  const rowOf = useMemo(() => createDescriber(ports.profile), [ports.profile]);
  const [rowsOf] = useState(createSessionDescriber);
  const session = useMemo(() => rowsOf(exchanges.map(rowOf)), [exchanges, rowOf, rowsOf]);
  const view = useMemo(() => listView(session.rows, filter, sort), [session, filter, sort]);
  const selected = view.rows.find(({ exchange }) => exchange.id === selectedId);

  /** One fix for everything that was seen of a server. */
  function fixAll({ server, toRepair }: Group): void {
    if (!toRepair) return;
    keepScope(server, 'server');
    // What is read already stays, if it is one of them.
    if (!(selected?.server === server && selected.isRepairable)) setSelectedId(toRepair.first.exchange.id);
    setTab('fix');
    detail.current?.focus();
  }

  return (
    <div class="panel">
      <Toolbar
        filter={filter}
        counts={view.counts}
        preserveLog={preserveLog}
        onFilter={setFilter}
        onClear={() => ports.clear()}
        onPreserveLog={(preserve) => {
          ports.setPreserveLog(preserve);
          setPreserveLog(preserve);
        }}
        source={() => ports.source()}
        onFile={onFile}
        isLive={file === null}
        asking={ports.asking}
      />
      {refused && <RefusedFileNotice file={refused} onClose={onDismiss} />}
      {file && <FileNotice file={file} onClose={onCloseFile} />}
      <TrialBanner trying={ports.trying} />
      {isAccessWithheld && <AccessNotice onAllow={() => ports.askForAccess()} />}
      {gaps.length > 0 && <GapNotice gaps={gaps} exchanges={exchanges} />}
      {ports.dropped() > 0 && <Dropped count={ports.dropped()} />}
      {exchanges.length === 0
        ? file ? <NothingInFile /> : <NothingRecorded isAccessWithheld={isAccessWithheld} onReload={() => ports.reloadInspectedPage()} />
        : (
          <main style={{ '--split': `${split}%` }}>
            {view.rows.length === 0
              ? <NoMatch hidden={exchanges.length} problems={view.problems} onReset={() => setFilter(noFilter)} />
              : (
                <ExchangeList
                  view={view}
                  sort={sort}
                  onSort={setSort}
                  selectedId={selected?.exchange.id ?? null}
                  onSelect={setSelectedId}
                  onEnter={() => detail.current?.focus()}
                  onFix={fixAll}
                  focusable={list}
                />
              )}
            <Splitter value={split} onChange={setSplit} />
            <section class="detail" aria-label="Diagnosis" tabIndex={-1} ref={detail}>
              {selected ? <Detail tab={tab} onTab={setTab} isLive={file === null} row={session.explain(selected)} session={session.rows} ports={ports} /> : <NothingSelected counts={view.counts} />}
            </section>
          </main>
        )}
    </div>
  );
}

const exchangesOf = (ports: PanelPorts) => ports.exchanges();
const gapsOf = (ports: PanelPorts) => ports.gaps();
const isAccessWithheldOf = (ports: PanelPorts) => ports.isAccessWithheld;

function useRecorded<T>(ports: PanelPorts, read: (ports: PanelPorts) => T): T {
  const [value, setValue] = useState(() => read(ports));
  useEffect(() => {
    const update = (): void => setValue(() => read(ports));
    // Something may have been recorded between the first rendering and now.
    update();
    return ports.subscribe(update);
  }, [ports, read]);
  return value;
}

/** A state that is as it was left last time. */
function useRemembered<Key extends keyof Preferences>(key: Key): readonly [Preferences[Key], (value: Preferences[Key]) => void] {
  const [value, setValue] = useState(() => readPreferences()[key]);
  return [value, (next) => {
    setValue(() => next);
    writePreferences({ [key]: next });
  }];
}
