import type { PanelPorts } from './ports.ts'; export function mountPanel(_root: HTMLElement, _ports: PanelPorts): () => void { return () => {}; }
