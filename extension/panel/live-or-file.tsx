import { useCallback, useState } from 'preact/hooks';
import type { RefusedFile } from './file-notices.tsx';
import { useFileDrop } from './file-drop.ts';
import type { OpenedFile } from './files.ts';
import { Panel } from './panel.tsx';
import type { PanelPorts } from './ports.ts';

/** The panel on what is recorded live, or on a file in its place. Recording goes on elsewhere, whatever is shown. */
export function LiveOrFile({ ports }: { readonly ports: PanelPorts }) {
  const [opened, setOpened] = useState<OpenedFile | null>(null);
  const [refused, setRefused] = useState<RefusedFile | null>(null);

  const open = useCallback(async (file: File): Promise<void> => {
    const { openFile } = await import('./files.ts');
    const opening = await openFile(file, ports);
    setRefused(opening.ok ? null : { name: file.name, problem: opening.problem });
    if (opening.ok) setOpened(opening.file);
  }, [ports]);
  const isDragged = useFileDrop(open);

  return (
    <>
      <Panel
        // What is selected and filtered is another thing in another session.
        key={opened === null ? 'live' : 'file'}
        ports={opened?.ports ?? ports}
        file={opened}
        refused={refused}
        onFile={(file) => void open(file)}
        onCloseFile={() => setOpened(null)}
        onDismiss={() => setRefused(null)}
      />
      {isDragged && <div class="drop-hint" aria-hidden="true">Drop a HAR file to diagnose it here</div>}
    </>
  );
}
