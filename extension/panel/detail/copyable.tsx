import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { PanelPorts } from '../ports.ts';

interface CopyableProps {
  readonly text: string;
  /** What the text is, for those who do not see it. */
  readonly label: string;
  /** The button's words. */
  readonly button: string;
  readonly isPrime?: boolean;
  readonly copy: PanelPorts['copy'];
  /** Stands beside the button. */
  readonly beside?: ComponentChildren;
  /** The text as it is drawn; absent: plain. */
  readonly children?: ComponentChildren;
}

/** A text with a button that copies it, or selects it where the browser refuses. */
export function Copyable({ text, label, button, isPrime = false, copy, beside, children }: CopyableProps) {
  const [copied, setCopied] = useState<{ readonly text: string; readonly isRefused: boolean } | null>(null);
  const block = useRef<HTMLPreElement>(null);

  async function copyText(): Promise<void> {
    // Copied before anything else: browsers want the click to be recent.
    const isCopied = await copy(text);
    if (!isCopied && block.current) getSelection()?.selectAllChildren(block.current);
    setCopied({ text, isRefused: !isCopied });
  }

  // What was copied before the text changed is not this text.
  const state = copied?.text === text ? copied : null;
  return (
    <>
      <p class="controls">
        <button type="button" class={isPrime ? 'prime' : 'plain'} onClick={() => void copyText()}>{button}</button>
        <span role="status" class={state?.isRefused === false ? 'done' : ''}>
          {state && (state.isRefused ? 'The browser refused. The text is selected: press Ctrl+C or ⌘C.' : 'Copied')}
        </span>
        {beside}
      </p>
      <pre ref={block} tabIndex={0} role="region" aria-label={label}>{children ?? text}</pre>
    </>
  );
}
