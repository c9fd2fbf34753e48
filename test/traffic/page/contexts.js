/** Opens every document and worker that requests are made in, and hands each its own. */

const origin = location.origin;
const app = new URL(origin);
const code = `<!doctype html><meta charset="utf-8"><title>Traffic</title><link rel="icon" href="data:,"><script src="${origin}/traffic.js"></scr` + 'ipt><body></body>';
const workerCode = `importScripts(${JSON.stringify(`${origin}/traffic.js`)})`;
const blobUrl = (text, type) => URL.createObjectURL(new Blob([text], { type }));

const frame = (attributes) => new Promise((resolve) => {
  const element = document.createElement('iframe');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.onload = () => resolve((message, port) => element.contentWindow.postMessage(message, '*', [port]));
  document.body.append(element);
});
const dedicated = (url, options) => {
  const worker = new Worker(url, options);
  return (message, port) => worker.postMessage(message, [port]);
};

const open = {
  page: () => (message, port) => window.postMessage(message, '*', [port]),
  'same-site-frame': () => frame({ src: `http://${app.hostname}:${ports.other}/frame.html` }),
  'cross-site-frame': () => frame({ src: `http://127.0.0.1:${ports.app}/frame.html` }),
  'sandboxed-frame': () => frame({ src: '/frame.html', sandbox: 'allow-scripts' }),
  'srcdoc-frame': () => frame({ srcdoc: code }),
  'data-frame': () => frame({ src: `data:text/html,${encodeURIComponent(code)}` }),
  'blob-frame': () => frame({ src: blobUrl(code, 'text/html') }),
  worker: () => dedicated('/traffic.js'),
  'blob-worker': () => dedicated(blobUrl(workerCode, 'text/javascript')),
  'data-worker': () => dedicated(`data:text/javascript,${encodeURIComponent(workerCode)}`),
  'shared-worker': () => {
    const { port: connection } = new SharedWorker('/traffic.js');
    return (message, port) => connection.postMessage(message, [port]);
  },
  'service-worker': async () => {
    const { active, waiting, installing } = await navigator.serviceWorker.register('/controlled/traffic.js');
    const worker = active ?? waiting ?? installing;
    if (worker.state !== 'activated') {
      await new Promise((resolve) => {
        worker.onstatechange = () => worker.state === 'activated' && resolve();
      });
    }
    return (message, port) => worker.postMessage(message, [port]);
  },
  'controlled-frame': async () => {
    await contexts['service-worker'];
    return frame({ src: '/controlled/frame.html' });
  },
};

let ports;
const contexts = {};

/** Opens the contexts; `servers`: their ports. */
globalThis.openContexts = async (names, servers) => {
  ports = servers;
  for (const name of names) contexts[name] = open[name]();
  for (const name of names) contexts[name] = await contexts[name];
};

/** Makes all requests, in all contexts at once, and resolves to what each saw, by the ids. */
globalThis.play = async (requests, width) => {
  const byContext = Map.groupBy(requests, ({ context }) => context);
  const all = await Promise.all([...byContext].map(([name, mine]) => new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    contexts[name]({ requests: mine, width }, port2);
  })));
  return all.flat();
};
