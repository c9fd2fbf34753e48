import { useRef } from 'preact/hooks';
import { Icon } from './icon.tsx';

/** Asks for a file. The browser's own control for that says nothing of what the file is for, so a button stands for it. */
export function ImportButton({ onFile }: { readonly onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="icon" aria-label="Import" title="Import a HAR file, or drop it anywhere here" onClick={() => input.current?.click()}><Icon name="import" /></button>
      <input
        type="file"
        hidden
        ref={input}
        accept=".har,.json,application/json"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) onFile(file);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </>
  );
}
