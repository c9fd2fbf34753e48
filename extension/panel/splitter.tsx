import type { TargetedKeyboardEvent, TargetedPointerEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { readPreferences, writePreferences } from './preferences.ts';

const least = 20;
const most = 80;
const usual = 44;
const step = 2;

const within = (value: number): number => Math.round(Math.min(most, Math.max(least, value)));

/** The list's share of the panel, in per cent, as it was left last time. */
export function useSplit(): readonly [number, (value: number) => void] {
  const [split, setSplit] = useState(() => within(readPreferences().split ?? usual));
  return [split, (value) => {
    setSplit(within(value));
    writePreferences({ split: within(value) });
  }];
}

/** True below the width from which list and detail stand side by side; panel.css draws the same line. */
function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(() => narrow().matches);
  useEffect(() => {
    const query = narrow();
    const listener = (): void => setNarrow(query.matches);
    query.addEventListener('change', listener);
    return () => query.removeEventListener('change', listener);
  }, []);
  return isNarrow;
}

const narrow = (): MediaQueryList => matchMedia('(width < 700px)');

/** The line between list and detail: drag it, or move it with the arrow keys. https://www.w3.org/WAI/ARIA/apg/patterns/windowsplitter/ */
export function Splitter({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  const isNarrow = useIsNarrow();

  function move(event: TargetedPointerEvent<HTMLElement>): void {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const around = event.currentTarget.parentElement?.getBoundingClientRect();
    if (!around) return;
    onChange(isNarrow ? (100 * (event.clientY - around.top)) / around.height : (100 * (event.clientX - around.left)) / around.width);
  }

  function press(event: TargetedKeyboardEvent<HTMLElement>): void {
    const [less, more] = isNarrow ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
    const to = event.key === less ? value - step : event.key === more ? value + step : event.key === 'Home' ? least : event.key === 'End' ? most : null;
    if (to === null) return;
    event.preventDefault();
    onChange(to);
  }

  return (
    <div
      class="splitter"
      role="separator"
      tabIndex={0}
      aria-label="Size of the list"
      aria-orientation={isNarrow ? 'horizontal' : 'vertical'}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={move}
      onDblClick={() => onChange(usual)}
    />
  );
}
