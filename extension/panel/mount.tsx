import { render } from 'preact';
import { LiveOrFile } from './live-or-file.tsx';
import type { PanelPorts } from './ports.ts';

/** Draws the panel into the element, and has it follow DevTools' theme. Returns what takes it away again. */
export function mountPanel(root: HTMLElement, ports: PanelPorts): () => void {
  const { documentElement } = root.ownerDocument;
  const endTheme = ports.onTheme((theme) => {
    documentElement.dataset['theme'] = theme;
  });
  render(<LiveOrFile ports={ports} />, root);
  return () => {
    endTheme();
    render(null, root);
  };
}
