import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { type TermId, glossary } from './view/glossary.ts';

/**
 * A word with its definition, which shows while the pointer or the focus is on it; Escape takes it away.
 * https://www.w3.org/WAI/ARIA/apg/patterns/tooltip/
 */
export function Term({ of, children }: { readonly of: TermId; readonly children: ComponentChildren }) {
  const id = useId();
  return (
    <span
      class="term"
      tabIndex={0}
      aria-describedby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.currentTarget.blur();
        // Chrome would open its console, too.
        event.stopPropagation();
      }}
    >
      {children}
      <span class="definition" role="tooltip" id={id}>{glossary[of].definition}</span>
    </span>
  );
}
