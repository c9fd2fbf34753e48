import type { TargetedFocusEvent, TargetedKeyboardEvent } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ReportSource } from '../../src/index.ts';
import type { WrittenFile, writers } from './files.ts';
import { Icon } from './icon.tsx';

const formats: readonly { readonly id: keyof typeof writers; readonly name: string; readonly what: string }[] = [
  { id: 'har', name: 'HAR 1.2', what: 'All headers of everything that is shown. It can be imported again, here and in other tools' },
  { id: 'json', name: 'JSON report', what: 'What was concluded of everything that is shown' },
  { id: 'markdown', name: 'Markdown report', what: 'What was blocked at each server and what it has to grant, for an issue or a chat' },
  { id: 'curl', name: 'curl commands', what: 'A script that repeats each blocked cause once, and shows when it is repaired. It really sends the requests, those that may change something only if run with --send-all' },
];

/**
 * Saves what is shown. Whether secrets go into the file is asked anew each time the menu opens.
 * https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/
 */
export function ExportMenu({ source }: { readonly source: () => ReportSource }) {
  const [isOpen, setOpen] = useState(false);
  const [withSecrets, setWithSecrets] = useState(false);
  /** Which item is to have the focus once the menu is there. */
  const [entered, setEntered] = useState<'first' | 'last'>('first');
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (isOpen) itemsOf(menu.current).at(entered === 'first' ? 0 : -1)?.focus();
  }, [isOpen, entered]);

  function open(at: 'first' | 'last'): void {
    setWithSecrets(false);
    setEntered(at);
    setOpen(true);
  }

  function close(): void {
    setOpen(false);
    button.current?.focus();
  }

  async function choose(id: keyof typeof writers): Promise<void> {
    close();
    const written = source();
    const { writers } = await import('./files.ts');
    save(writers[id]({ ...written, secrets: withSecrets ? 'included' : 'redacted' }));
  }

  function pressOnButton(event: TargetedKeyboardEvent<HTMLElement>): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(event.key === 'ArrowDown' ? 'first' : 'last');
  }

  function pressInMenu(event: TargetedKeyboardEvent<HTMLElement>): void {
    const items = itemsOf(menu.current);
    const at = items.findIndex((item) => item === document.activeElement);
    const moves: Readonly<Record<string, number>> = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 };
    const to = moves[event.key] ?? byLetter(items, at, event.key);
    if (event.key === 'Tab') return setOpen(false);
    if (event.key === 'Escape') close();
    else if (to !== null) items[to]?.focus();
    else return;
    event.preventDefault();
    // On Escape Chrome would open its console, too.
    event.stopPropagation();
  }

  function leave(event: TargetedFocusEvent<HTMLElement>): void {
    if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOpen(false);
  }

  return (
    <div class="menu-button" onFocusOut={leave}>
      <button
        type="button"
        class="icon"
        ref={button}
        aria-label="Export"
        title="Export what is shown"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? 'export-menu' : undefined}
        onClick={() => (isOpen ? close() : open('first'))}
        onKeyDown={pressOnButton}
      >
        <Icon name="export" />
      </button>
      {isOpen && (
        <div class="menu" id="export-menu" role="menu" aria-label="Export" ref={menu} onKeyDown={pressInMenu}>
          {formats.map(({ id, name, what }) => (
            <button type="button" role="menuitem" tabIndex={-1} key={id} title={what} onClick={() => void choose(id)}>{name}</button>
          ))}
          <div role="separator" />
          <button type="button" role="menuitemcheckbox" tabIndex={-1} aria-checked={withSecrets} onClick={() => setWithSecrets(!withSecrets)}>
            Include secrets (cookies, tokens) in this export
          </button>
        </div>
      )}
    </div>
  );
}

const itemsOf = (menu: HTMLElement | null): readonly HTMLElement[] => [...menu?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? []];

/** The next item whose name begins like this; null: none does, or the key is no letter. */
function byLetter(items: readonly HTMLElement[], at: number, key: string): number | null {
  if (!/^[a-z0-9]$/i.test(key)) return null;
  const found = items.findIndex((_, index) => items[(at + 1 + index) % items.length]?.textContent?.toLowerCase().startsWith(key.toLowerCase()));
  return found === -1 ? null : (at + 1 + found) % items.length;
}

function save({ name, type, text }: WrittenFile): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob once the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url));
}
