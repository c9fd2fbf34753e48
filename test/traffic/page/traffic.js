/** Makes requests of every kind, in a document or a worker of any sort. Classic script: `importScripts` loads it, too. */

const settled = (element, attach) => new Promise((resolve, reject) => {
  element.onload = element.onloadeddata = resolve;
  element.onerror = reject;
  attach(element);
});
const inHead = (element) => document.head.append(element);
const element = (name, attributes) => Object.assign(document.createElement(name), attributes);
const crossOrigin = ({ credentials }) => (credentials === 'include' ? 'use-credentials' : 'anonymous');

/** Nothing tells when a style's image came. */
function styled(properties) {
  const box = element('div');
  Object.assign(box.style, { width: '10px', height: '10px', float: 'left', ...properties });
  document.body.append(box);
}

const initOf = ({ method, headers, credentials, mode, redirect, cache, timeout }) => ({
  method, headers, credentials, mode, redirect, cache, ...(timeout ? { signal: AbortSignal.timeout(timeout) } : {}),
});

const xhr = (request, { listensToUpload }) => new Promise((resolve, reject) => {
  const { url, method, headers, credentials, timeout } = request;
  const client = new XMLHttpRequest();
  client.open(method, url);
  for (const [name, value] of headers) client.setRequestHeader(name, value);
  client.withCredentials = credentials === 'include';
  client.timeout = timeout;
  if (listensToUpload) client.upload.onprogress = () => undefined;
  client.onload = resolve;
  client.onerror = client.ontimeout = client.onabort = reject;
  client.send(listensToUpload && !['GET', 'HEAD'].includes(method.toUpperCase()) ? 'body' : null);
});

const link = (request, attributes) => settled(element('link', { href: request.url, crossOrigin: crossOrigin(request), ...attributes }), inHead);
// Firefox says that a preload has loaded which it refused.
const preload = (request, attributes) => link(request, attributes).then(() => 'untold');
const script = (request, attributes) => settled(element('script', { src: request.url, ...attributes }), inHead);

/** Each resolves once the page could read the response; to `told` where nothing tells it, and rejects where it could not. */
const ways = {
  fetch: async (request) => (await fetch(request.url, initOf(request))).arrayBuffer(),
  keepalive: async (request) => (await fetch(request.url, { ...initOf(request), keepalive: true })).arrayBuffer(),
  xhr: (request) => xhr(request, { listensToUpload: false }),
  'xhr-upload': (request) => xhr(request, { listensToUpload: true }),
  'event-source': ({ url, credentials }) => new Promise((resolve, reject) => {
    const source = new EventSource(url, { withCredentials: credentials === 'include' });
    source.onopen = () => resolve(source.close());
    source.onerror = () => reject(source.close());
  }),
  'event-source-reconnect': ({ url, credentials }) => new Promise((resolve, reject) => {
    const source = new EventSource(url, { withCredentials: credentials === 'include' });
    let opened = 0;
    let failed = 0;
    source.onopen = () => (opened += 1) === 2 && resolve(source.close());
    // What the network refuses each time would be asked for without end.
    source.onerror = () => (source.readyState === EventSource.CLOSED || (failed += 1) === 3) && reject(source.close());
  }),
  beacon: ({ url }) => {
    navigator.sendBeacon(url, 'text');
    return 'untold';
  },
  'json-beacon': ({ url }) => {
    navigator.sendBeacon(url, new Blob(['{}'], { type: 'application/json' }));
    return 'untold';
  },
  font: ({ url, id }) => new FontFace(`font-${id}`, `url(${JSON.stringify(url)})`).load(),
  image: (request) => settled(element('img', { crossOrigin: crossOrigin(request) }), (image) => (image.src = request.url)),
  'opaque-image': ({ url }) => settled(element('img'), (image) => (image.src = url)),
  video: (request) => settled(element('video', { crossOrigin: crossOrigin(request), preload: 'auto' }), (video) => (video.src = request.url)),
  stylesheet: (request) => link(request, { rel: 'stylesheet' }),
  'opaque-stylesheet': ({ url }) => settled(element('link', { rel: 'stylesheet', href: url }), inHead),
  'classic-script': (request) => script(request, { crossOrigin: crossOrigin(request) }),
  'opaque-script': (request) => script(request, {}),
  'module-script': (request) => script(request, { type: 'module', crossOrigin: crossOrigin(request) }),
  'module-import': ({ url }) => import(url),
  'nested-import': ({ url }) => import(URL.createObjectURL(new Blob([`import ${JSON.stringify(url)};`], { type: 'text/javascript' }))),
  'preload-fetch': (request) => preload(request, { rel: 'preload', as: 'fetch' }),
  'preload-font': (request) => preload(request, { rel: 'preload', as: 'font' }),
  'module-preload': (request) => preload(request, { rel: 'modulepreload' }),
  mask: ({ url }) => styled({ maskImage: `url(${JSON.stringify(url)})` }) ?? 'untold',
  shape: ({ url }) => styled({ shapeOutside: `url(${JSON.stringify(url)})` }) ?? 'untold',
};

/** Milliseconds after which a page that was told nothing will be told nothing. */
const longest = 10_000;

/** What the page saw of one request that is made so many times, at once or one after the other. */
async function perform(request) {
  const attempt = () => Promise.race([
    Promise.resolve().then(() => ways[request.way](request)).then((told) => (told === 'untold' ? 'untold' : 'readable'), () => 'error'),
    new Promise((resolve) => setTimeout(resolve, longest, 'stuck')),
  ]);
  const { times, atOnce } = request;
  if (atOnce) return Promise.all(Array.from({ length: times }, attempt));
  const saw = [];
  while (saw.length < times) saw.push(await attempt());
  return saw;
}

async function performAll(requests, width) {
  const saw = [];
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < requests.length) {
      const request = requests[next++];
      saw.push([request.id, await perform(request)]);
    }
  }));
  return saw;
}

globalThis.onmessage = (event) => {
  if (!event.data?.requests) return;
  const done = performAll(event.data.requests, event.data.width).then((saw) => event.ports[0].postMessage(saw));
  event.waitUntil?.(done);
};
globalThis.onconnect = ({ ports: [connection] }) => {
  connection.onmessage = globalThis.onmessage;
};
// What a controlled page requests, its service worker requests anew; its own scripts come as they are.
globalThis.onfetch = (event) => {
  if (/\/(plain|cookie)\/\d/.test(event.request.url)) event.respondWith(fetch(event.request));
};
if ('clients' in globalThis) {
  globalThis.oninstall = () => globalThis.skipWaiting();
}
