import { render } from 'preact';
import { Panel } from './panel.tsx';
import type { PanelPorts } from './ports.ts';

/** Draws the panel into the element, and has it follow DevTools' theme. Returns what takes it away again. */
export function mountPanel(root: HTMLElement, ports: PanelPorts): () => void {
  const { documentElement } = root.ownerDocument;
  const endTheme = ports.onTheme((theme) => {
    documentElement.dataset['theme'] = theme;
  });
  render(<Panel ports={ports} />, root);
  return () => {
    endTheme();
    render(null, root);
  };
}
