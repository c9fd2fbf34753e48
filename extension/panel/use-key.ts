import { useLayoutEffect, useRef } from 'preact/hooks';

const fields = 'textarea, select, input:not([type=checkbox], [type=radio])';

/** Does something on a character's key, unless it is being typed into a field or a dialog is open. */
export function useKey(key: string, act: () => void): void {
  const latest = useRef(act);
  latest.current = act;
  // Before the panel is painted: nobody may press a key that nothing hears.
  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent): void => {
      if (event.key !== key || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.matches(fields)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, [key]);
}
