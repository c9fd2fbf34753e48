import '/perform.js';

const themes = await (await fetch('/entries.json')).json();
const rows = new Map();

const element = (name, properties, ...children) => {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
};

/** What stands between backquotes is code. */
const prose = (text) => text.split('`').map((part, index) => (index % 2 === 1 ? element('code', { textContent: part }) : part));

/** `PUT http://localhost:4000/entry with credentials` */
function requestLine({ kind, method, url, credentials, from }) {
  return [
    kind === 'fetch' || kind === 'xhr' ? (method ?? 'GET') : kind,
    url,
    credentials === 'include' ? 'with credentials' : '',
    from === undefined ? '' : `from a frame (${from})`,
  ].filter(Boolean).join(' ');
}

for (const { title, entries } of themes) {
  const list = element('ul');
  for (const entry of entries) {
    const seen = element('output', { className: 'seen' });
    list.append(
      element(
        'li',
        { id: entry.id },
        element('button', { type: 'button', textContent: 'Run', ariaLabel: `Run: ${entry.title}`, onclick: () => run(entry.id) }),
        element(
          'div',
          {},
          element('h3', {}, ...prose(entry.title)),
          element('p', {}, ...prose(entry.explanation)),
          element('code', { className: 'request', textContent: requestLine(entry.request) }),
          seen,
        ),
      ),
    );
    rows.set(entry.id, { entry, seen, runs: 0 });
  }
  document.getElementById('themes').append(element('section', {}, element('h2', { textContent: title }), list));
}

/** Runs one entry and resolves with what the page could see: 'readable', 'blocked', 'opaque', … */
async function run(id) {
  const row = rows.get(id);
  if (row === undefined) throw new RangeError(`There is no entry ${JSON.stringify(id)}.`);
  row.seen.dataset.outcome = '';
  row.seen.textContent = 'Under way …';
  row.runs += 1;
  const { url, ...rest } = row.entry.request;
  // Again is a request of its own: at the same URL an image, a module or a remembered preflight would not be asked for twice.
  const request = { ...rest, url: row.runs === 1 ? url : `${url}?run=${row.runs}` };
  const { outcome, detail } = await (request.frame === undefined ? globalThis.performRequest(request) : performInFrame(request));
  row.seen.dataset.outcome = outcome;
  // A script cannot tell why: whether CORS blocked the response is what the panel is for.
  row.seen.textContent = `${outcome === 'blocked' ? 'not readable' : outcome}: ${detail}`;
  return outcome;
}

async function runMany(ids) {
  const progress = document.getElementById('progress');
  let done = 0;
  for (const id of ids) {
    await run(id);
    done += 1;
    progress.textContent = `${done} of ${ids.length}`;
  }
}

function performInFrame(request) {
  const frame = element('iframe', { hidden: true, src: request.frame });
  if (request.from === 'sandboxed frame') frame.sandbox.add('allow-scripts');
  return new Promise((resolve) => {
    addEventListener('message', function listen({ source, data }) {
      if (source !== frame.contentWindow) return;
      // A sandboxed frame's origin cannot be named, so the message is open to any; it holds no secret.
      if (data === 'ready') return frame.contentWindow.postMessage(request, '*');
      removeEventListener('message', listen);
      frame.remove();
      resolve(data);
    });
    document.body.append(frame);
  });
}

const all = [...rows.keys()];
const failing = all.filter((id) => rows.get(id).entry.fails);
document.getElementById('run-all').onclick = () => runMany(all);
document.getElementById('run-failing').onclick = () => runMany(failing);

globalThis.playground = { run, runAll: () => runMany(all), runFailing: () => runMany(failing) };

const wanted = new URLSearchParams(location.search).get('run');
globalThis.playground.started = wanted === null ? Promise.resolve()
  : wanted === 'all' ? runMany(all)
  : wanted === 'failing' ? runMany(failing)
  : run(wanted);
