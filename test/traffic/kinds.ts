/** The documents and workers that page/contexts.js opens. */
export const documents = ['page', 'same-site-frame', 'cross-site-frame', 'sandboxed-frame', 'srcdoc-frame', 'data-frame', 'blob-frame', 'controlled-frame'] as const;
export const workers = ['worker', 'blob-worker', 'data-worker', 'shared-worker', 'service-worker'] as const;

export const contexts = [...documents, ...workers];
export type Context = (typeof contexts)[number];

/** The ways in which page/traffic.js makes a request, and what a server answers with so that it succeeds. */
export const ways = {
  fetch: 'text',
  keepalive: 'text',
  xhr: 'text',
  'xhr-upload': 'text',
  'event-source': 'event-stream',
  'event-source-reconnect': 'event-stream',
  beacon: 'text',
  'json-beacon': 'text',
  font: 'font',
  image: 'image',
  'opaque-image': 'image',
  video: 'video',
  stylesheet: 'stylesheet',
  'opaque-stylesheet': 'stylesheet',
  'classic-script': 'script',
  'opaque-script': 'script',
  'module-script': 'script',
  'module-import': 'script',
  'nested-import': 'script',
  'preload-fetch': 'text',
  'preload-font': 'font',
  'module-preload': 'script',
  mask: 'image',
  shape: 'image',
} as const;

export type Way = keyof typeof ways;
export type Content = (typeof ways)[Way];

const inWorkers: readonly Way[] = ['fetch', 'keepalive', 'xhr', 'xhr-upload', 'event-source', 'event-source-reconnect'];
const inServiceWorkers: readonly Way[] = ['fetch', 'keepalive'];

export interface Kind {
  readonly context: Context;
  readonly way: Way;
}

/** Every way in every context that has it. */
export const kinds: readonly Kind[] = [
  ...documents.flatMap((context) => (Object.keys(ways) as Way[]).map((way) => ({ context, way }))),
  ...workers.flatMap((context) => (context === 'service-worker' ? inServiceWorkers : inWorkers).map((way) => ({ context, way }))),
];
