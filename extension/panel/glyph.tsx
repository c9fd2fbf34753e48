import type { JSX } from 'preact';
import { type Mark, markNames } from './view/marks.ts';

const disc = <circle cx="6" cy="6" r="5.5" class="fill" />;
const ring = <circle cx="6" cy="6" r="4.9" class="line" />;

const shapes = {
  'blocked': <>{disc}<path d="M3.9 3.9l4.2 4.2m0-4.2-4.2 4.2" class="cut" /></>,
  'passed': <>{ring}<path d="M3.6 6.2l1.7 1.8 3.1-3.8" class="line" /></>,
  'cache': <path d="M10.4 4A5 5 0 1 0 11 6M10.8 1.4v2.9H7.9" class="line" />,
  'never': <circle cx="6" cy="6" r="4.9" class="line" stroke-dasharray="2 2.1" />,
  'unchecked': <>{ring}<path d="M3.6 6h4.8" class="line" /></>,
  'not-cors': <>{ring}<path d="M2.6 9.4l6.8-6.8" class="line" /></>,
  'pending': <>{ring}<path d="M6 3.2V6l1.9 1.4" class="line" /></>,
  'unknown': <>{ring}<path d="M4.5 4.9c0-2.1 3.1-2 3.1-.2 0 1.1-1.6 1.2-1.6 2.4M6 8.9v.3" class="line" /></>,
} satisfies Readonly<Record<Mark, JSX.Element>>;

/** What became of a request: shape and mark say it, colour repeats it, and a word is there for who sees neither. */
export const Glyph = ({ mark, of }: { readonly mark: Mark; readonly of?: string }) => (
  <>
    <svg class={`glyph ${mark}`} viewBox="0 0 12 12" aria-hidden="true">{shapes[mark]}</svg>
    <span class="unseen">{of === undefined ? `${markNames[mark]} ` : `${of} ${markNames[mark]}, `}</span>
  </>
);
