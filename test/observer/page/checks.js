// What a script can find out about the functions that the observer wraps: two pages that see the same give the same.

const textOf = Function.prototype.toString;
const target = new URL('/target', location.href).href;

const told = (error) => `${error.name}: ${error.message}`;

/** What a call gives or throws, as JSON can carry it. */
const attempt = (call) => {
  try {
    const value = call();
    return typeof value === 'object' || typeof value === 'function' ? typeof value : String(value);
  } catch (error) {
    return told(error);
  }
};

const settle = (promise) => promise.then((response) => `fulfilled ${response.status} ${response.type}`, told);

const shapeOf = ({ value, get, set, ...flags }) => ({ ...flags, value: typeof value, get: typeof get, set: typeof set });

/** A listening stand-in of an object: everything that is done to it goes to the log. */
function logged(object, name, log) {
  return new Proxy(object, {
    get: (of, key) => (log.push(`${name} get ${String(key)}`), Reflect.get(of, key, of)),
    has: (of, key) => (log.push(`${name} has ${String(key)}`), Reflect.has(of, key)),
    ownKeys: (of) => (log.push(`${name} keys`), Reflect.ownKeys(of)),
    getOwnPropertyDescriptor: (of, key) => (log.push(`${name} descriptor ${String(key)}`), Reflect.getOwnPropertyDescriptor(of, key)),
    getPrototypeOf: (of) => (log.push(`${name} prototype`), Reflect.getPrototypeOf(of)),
  });
}

/** What is logged while a call runs, and what became of it. */
async function logOf(call) {
  const log = [];
  const outcome = await settle(call(log));
  return [...log, outcome];
}

/** Puts values in the place of others while a call runs. */
async function replacing(owner, values, call) {
  const before = Object.keys(values).map((key) => [key, Object.getOwnPropertyDescriptor(owner, key)]);
  for (const [key, value] of Object.entries(values)) Object.defineProperty(owner, key, { value, writable: true, configurable: true, enumerable: false });
  try {
    return await call();
  } finally {
    for (const [key, descriptor] of before) {
      if (descriptor) Object.defineProperty(owner, key, descriptor);
      else delete owner[key];
    }
  }
}

/** Everything that asks for something, in its simplest form. */
async function askForEverything() {
  const outcomes = [await settle(fetch(target, { method: 'POST', headers: { 'x-a': '1' }, body: 'b' }))];
  const xhr = new XMLHttpRequest();
  xhr.open('GET', target);
  xhr.setRequestHeader('x-a', '1');
  await new Promise((resolve) => {
    xhr.onloadend = resolve;
    xhr.send();
  });
  const source = new EventSource(target);
  source.close();
  const image = new Image();
  image.crossOrigin = 'anonymous';
  document.createElement('video').crossOrigin = 'use-credentials';
  return [...outcomes, xhr.status, source.readyState, Function.prototype.toString.call(fetch)];
}

const loadedFrame = (set) => new Promise((resolve) => {
  const frame = document.createElement('iframe');
  frame.onload = () => resolve(frame);
  set(frame);
  document.body.append(frame);
});

async function inFrame(set, look) {
  const frame = await loadedFrame(set);
  try {
    return await look(frame.contentWindow);
  } finally {
    frame.remove();
  }
}

const sameOriginFrame = (frame) => {
  frame.src = '/frame';
};

const functions = {
  fetch: [window, 'fetch'],
  EventSource: [window, 'EventSource'],
  XMLHttpRequest: [window, 'XMLHttpRequest'],
  'XMLHttpRequest.open': [XMLHttpRequest.prototype, 'open'],
  'XMLHttpRequest.setRequestHeader': [XMLHttpRequest.prototype, 'setRequestHeader'],
  'XMLHttpRequest.send': [XMLHttpRequest.prototype, 'send'],
  'Function.toString': [Function.prototype, 'toString'],
  Image: [window, 'Image'],
  Audio: [window, 'Audio'],
  'Document.createElement': [Document.prototype, 'createElement'],
  'Document.createElementNS': [Document.prototype, 'createElementNS'],
};

const ofFunctions = Object.entries(functions).flatMap(([name, [owner, key]]) => {
  const isConstructor = owner === window && key !== 'fetch';
  const f = () => owner[key];
  return [
    { name: `${name}: its keys, in order`, look: () => Reflect.ownKeys(f()).map(String) },
    { name: `${name}: its text`, look: () => [textOf.call(f()), f().toString(), `${f()}`, String(f()), textOf.call(f().bind(null))] },
    { name: `${name}: its name and length`, look: () => [f().name, f().length, ...['name', 'length'].map((own) => shapeOf(Object.getOwnPropertyDescriptor(f(), own)))] },
    { name: `${name}: where it stands`, look: () => [shapeOf(Object.getOwnPropertyDescriptor(owner, key)), owner[key] === f(), Object.hasOwn(owner, key)] },
    { name: `${name}: what it inherits`, look: () => [Object.getPrototypeOf(f()) === Function.prototype, Object.getPrototypeOf(f()) === EventTarget, Object.hasOwn(f(), 'prototype'), Object.prototype.toString.call(f()), typeof f()] },
    { name: `${name}: what may be changed`, look: () => [Object.isExtensible(f()), Object.isFrozen(f()), Object.isSealed(f())] },
    { name: `${name}: caller and arguments`, look: () => ['caller', 'arguments'].map((own) => attempt(() => f()[own])) },
    { name: `${name}: a property of the page's`, look: () => {
      f().mine = 1;
      const seen = [f().mine, Object.keys(f()), delete f().mine, Object.keys(f())];
      return seen;
    } },
    { name: `${name}: how it is cloned`, look: () => attempt(() => structuredClone(f())) },
    ...(isConstructor ? [] : [
      { name: `${name}: as a constructor`, look: () => [attempt(() => new (f())()), attempt(() => class extends f() {}), attempt(() => Reflect.construct(Object, [], f()))] },
    ]),
  ];
});

export const checks = [
  ...ofFunctions,
  { name: 'globals', look: () => Reflect.ownKeys(window).map(String).sort() },
  { name: 'the order of globals', look: () => Reflect.ownKeys(window).map(String) },
  { name: 'keys of what is built in', look: () => [XMLHttpRequest.prototype, EventSource, EventSource.prototype, Function.prototype, EventTarget.prototype, document].map((owner) => Reflect.ownKeys(owner).map(String)) },
  { name: 'enumeration of an XMLHttpRequest', look: () => {
    const names = [];
    for (const key in new XMLHttpRequest()) names.push(key);
    return names;
  } },

  { name: 'toString of what is not wrapped', look: () => [function own(a) { return a; }, class A {}, new Proxy(function own() {}, {}), (() => 1).bind(null), Map, Array.prototype.map].map((f) => textOf.call(f)) },
  { name: 'toString of what is no function', look: () => [{}, 1, null, undefined, Object.create(fetch)].map((value) => attempt(() => textOf.call(value))) },
  { name: 'toString of a proxy of a wrapped function', look: () => textOf.call(new Proxy(fetch, {})) },
  { name: 'toString across the realms of two frames', look: () => inFrame(sameOriginFrame, (frame) => [
    textOf.call(frame.fetch), frame.Function.prototype.toString.call(fetch), frame.Function.prototype.toString.call(frame.fetch),
    textOf.call(frame.XMLHttpRequest.prototype.open), frame.Function.prototype.toString.call(XMLHttpRequest.prototype.open), frame.eval('fetch.toString()'),
  ]) },
  { name: 'toString across the realms of a frame without a document of its own', look: async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const { contentWindow: inner } = frame;
    const seen = [textOf.call(inner.fetch), inner.Function.prototype.toString.call(fetch), inner.Function.prototype.toString.call(inner.fetch), textOf.call(inner.Function.prototype.toString)];
    frame.remove();
    return seen;
  } },
  { name: 'functions of another frame used on this one', look: () => inFrame(sameOriginFrame, async (frame) => [
    await settle(frame.fetch.call(window, target)), await settle(fetch.call(frame, target)), await settle(fetch(new frame.Request(target))), await settle(fetch(new frame.URL(target))),
    attempt(() => frame.XMLHttpRequest.prototype.open.call(new XMLHttpRequest(), 'GET', target)),
    attempt(() => XMLHttpRequest.prototype.open.call(new frame.XMLHttpRequest(), 'GET', target)),
    new frame.EventSource('/target') instanceof EventSource, new frame.EventSource('/target') instanceof frame.EventSource,
  ]) },
  { name: 'globals of a frame', look: () => inFrame(sameOriginFrame, (frame) => Reflect.ownKeys(frame).map(String).sort()) },
  { name: 'events that a frame brings about', look: async () => {
    const types = [];
    const { dispatchEvent } = EventTarget.prototype;
    await replacing(EventTarget.prototype, { dispatchEvent(event) {
      types.push(event.type);
      return dispatchEvent.call(this, event);
    } }, () => inFrame(sameOriginFrame, () => {}));
    return types;
  } },
  { name: 'messages that a frame brings about', look: async () => {
    const messages = [];
    const listener = ({ data }) => messages.push(String(data));
    addEventListener('message', listener);
    await inFrame(sameOriginFrame, () => {});
    removeEventListener('message', listener);
    return messages;
  } },

  { name: 'EventSource: its constructor', look: () => [EventSource.prototype.constructor === EventSource, shapeOf(Object.getOwnPropertyDescriptor(EventSource.prototype, 'constructor'))] },
  { name: 'EventSource: its constants', look: () => [EventSource.CONNECTING, EventSource.OPEN, EventSource.CLOSED, ...Object.keys(EventSource)] },
  { name: 'EventSource: what it refuses', look: () => [attempt(() => EventSource('/')), attempt(() => new EventSource()), attempt(() => new EventSource('http://')), attempt(() => new EventSource(Symbol('s'))), attempt(() => new EventSource('/', 5))] },
  { name: 'EventSource: a subclass', look: () => {
    class Mine extends EventSource {
      get mine() {
        return new.target === undefined;
      }
    }
    const source = new Mine('/target', { withCredentials: true });
    source.close();
    return [source instanceof Mine, source instanceof EventSource, source.mine, source.constructor === Mine, source.withCredentials, Object.getPrototypeOf(Mine) === EventSource, source.url === target];
  } },
  { name: 'EventSource: another new.target', look: () => {
    class Other {}
    const source = Reflect.construct(EventSource, ['/target'], Other);
    Reflect.apply(EventSource.prototype.close, source, []);
    return [source instanceof EventSource, source instanceof Other, attempt(() => Reflect.construct(EventSource, ['/target'], {}))];
  } },
  { name: 'EventSource: what it reads, and how often', look: async () => {
    const log = [];
    const url = logged({ toString: () => (log.push('URL'), '/target') }, 'url', log);
    const init = logged({ get withCredentials() {
      log.push('credentials');
      return true;
    } }, 'init', log);
    new EventSource(url, init).close();
    return log;
  } },

  { name: 'fetch: this', look: async () => Promise.all([undefined, null, window, globalThis, {}, 5].map((self) => settle(fetch.call(self, target)))) },
  { name: 'fetch: what it refuses', look: async () => Promise.all([
    fetch(), fetch('http://'), fetch(target, 5), fetch(target, 'x'), fetch(Symbol('s')),
    ...[{ mode: 'wrong' }, { mode: 'navigate' }, { method: 'TRACE' }, { method: 'a b' }, { body: 'x' }, { headers: { 'a b': '1' } }, { headers: [['a']] }, { headers: 5 }, { headers: null },
      { headers: { a: Symbol('s') } }, { credentials: 'some' }, { redirect: 1 }, { signal: {} }, { referrer: 'http://' }, { window: {} }].map((init) => fetch(target, init)),
  ].map(settle)) },
  { name: 'fetch: an object that gives no text', look: () => settle(fetch(Object.create(null))) },
  { name: 'fetch: what it takes', look: async () => Promise.all([
    fetch(target, null), fetch(target, undefined), fetch(target, () => {}), fetch(new URL(target)), fetch({ toString: () => target }), fetch(['/target']), fetch('/target#part'),
    fetch({ [Symbol.toPrimitive]: (hint) => `${target}?${hint}` }),
    ...[{ headers: new Map([['x-a', '1']]) }, { headers: new Headers({ 'x-a': '1' }) }, { headers: [['x-a', '1'], ['x-a', '2']] }, { headers: (function* () { yield ['x-a', '1']; })() },
      { headers: new URLSearchParams('x-a=1') }, { headers: {} }, { headers: Object.create({ 'x-a': '1' }) }, { method: 'pOsT' }, { mode: 'same-origin' }].map((init) => fetch(target, init)),
  ].map(settle)) },
  { name: 'fetch: what is frozen', look: async () => Promise.all([
    Object.freeze({ method: 'POST', headers: Object.freeze({ 'x-a': '1' }), body: 'b' }),
    { headers: Object.freeze(Object.assign([['x-a', '1']], { [Symbol.iterator]: function* () { yield ['x-b', '1']; } })) },
    { headers: Object.freeze({ [Symbol.iterator]: function* () { yield ['x-b', '1']; } }) },
  ].map((init) => settle(fetch(target, init)))) },
  { name: 'fetch: a throwing text', look: () => settle(fetch({ toString() { throw new RangeError('mine'); } })) },
  { name: 'fetch: a throwing getter', look: () => settle(fetch(target, { get mode() { throw new RangeError('mine'); } })) },
  { name: 'fetch: the very error that a getter throws', look: async () => {
    const mine = new RangeError('mine');
    return fetch(target, { headers: { get a() { throw mine; } } }).then(() => 'fulfilled', (error) => error === mine);
  } },
  { name: 'fetch: what it reads, and how often', look: () => logOf((log) => fetch(
    logged({ toString: () => (log.push('URL'), target) }, 'input', log),
    logged({
      method: { toString: () => (log.push('method'), 'POST') }, mode: 'cors', credentials: 'omit', body: 'b',
      headers: logged({ 'x-a': '1', 'X-B': { toString: () => (log.push('value'), '2') } }, 'headers', log),
    }, 'init', log),
  )) },
  { name: 'fetch: how it reads a list of headers', look: () => logOf((log) => fetch(target, { headers: logged([logged(['x-a', '1'], 'pair', log)], 'list', log) })) },
  { name: 'fetch: whose getter it calls', look: () => logOf((log) => {
    const inherited = Object.create({ get method() {
      log.push(this === inherited);
      return 'PUT';
    } });
    const headers = Object.create(null, { 'x-a': { enumerable: true, get() {
      log.push(this === headers);
      return '1';
    } } });
    return fetch(target, Object.assign(inherited, { headers }));
  }) },
  { name: 'fetch: its promise', look: () => {
    const promise = fetch(target);
    return [promise instanceof Promise, Object.getPrototypeOf(promise) === Promise.prototype, Reflect.ownKeys(promise).length, textOf.call(promise.then)];
  } },
  { name: 'fetch: a refusal in the order of microtasks', look: async () => {
    const order = [];
    const refused = fetch('http://').catch(() => order.push('fetch'));
    Promise.resolve().then(() => order.push('one')).then(() => order.push('two')).then(() => order.push('three')).then(() => order.push('four'));
    queueMicrotask(() => order.push('microtask'));
    await refused;
    await new Promise((resolve) => setTimeout(resolve));
    return order;
  } },
  { name: 'fetch: what is called while it runs', look: async () => {
    const order = ['before'];
    const answer = fetch(target, { get method() {
      order.push('method');
      return 'GET';
    } });
    order.push('after');
    await answer;
    return order;
  } },
  { name: 'fetch: a Request is used up once', look: async () => {
    const request = new Request(target, { method: 'POST', body: 'text', headers: { 'x-a': '1' } });
    const copy = request.clone();
    return [request.bodyUsed, await settle(fetch(request)), request.bodyUsed, await settle(fetch(request)), copy.bodyUsed, await copy.text()];
  } },
  { name: 'fetch: a Request that another init changes', look: async () => {
    const request = new Request(target, { method: 'POST', body: 'text' });
    const outcome = await settle(fetch(request, { method: 'PUT', body: 'other' }));
    return [outcome, request.bodyUsed, request.method];
  } },
  { name: 'fetch: a subclass of Request', look: () => {
    class Mine extends Request {
      get url() {
        return 'http://';
      }

      get mode() {
        throw new RangeError('mine');
      }
    }
    return settle(fetch(new Mine(target)));
  } },
  { name: 'fetch: a body that streams', look: async () => {
    let pulls = 0;
    const body = new ReadableStream({ pull(controller) {
      pulls += 1;
      if (pulls === 3) controller.close();
      else controller.enqueue(new Uint8Array(10));
    } });
    const before = body.locked;
    const outcome = await attempt(() => new Request(target, { method: 'POST', body, duplex: 'half' }).bodyUsed);
    return [before, outcome, body.locked];
  } },
  { name: 'fetch: its response', look: async () => {
    const response = await fetch(target);
    const { bodyUsed, ok, redirected, status, statusText, type, url } = response;
    const locked = response.body?.locked;
    return [bodyUsed, ok, redirected, status, statusText, type, url, locked, await response.text(), response.bodyUsed, Object.getPrototypeOf(response) === Response.prototype, Reflect.ownKeys(response).length];
  } },
  { name: 'fetch: aborted with a reason', look: async () => {
    const controller = new AbortController();
    const mine = new RangeError('mine');
    const answer = fetch(target, { signal: controller.signal }).then(() => 'fulfilled', (error) => error === mine);
    controller.abort(mine);
    return [await answer, await settle(fetch(target, { signal: AbortSignal.abort() }))];
  } },
  { name: 'fetch: what the server got', look: async () => (await fetch('/echo', { method: 'POST', headers: { 'X-Mine': '1', Accept: 'text/plain' }, body: 'b', credentials: 'omit', cache: 'no-store' })).json() },
  { name: 'fetch: what Resource Timing says', look: async () => {
    performance.clearResourceTimings();
    await (await fetch('/timed')).text();
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/timed-xhr');
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
    // Its entry may come after the response.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return performance.getEntriesByType('resource').map(({ name, initiatorType }) => [name, initiatorType]).sort();
  } },

  { name: 'XMLHttpRequest: a subclass', look: () => {
    const log = [];
    class Mine extends XMLHttpRequest {
      open(...all) {
        log.push('open', new.target === undefined);
        return super.open(...all);
      }
    }
    const mine = new Mine();
    mine.open('get', { toString: () => (log.push('URL'), target) });
    return [...log, mine instanceof Mine, mine instanceof XMLHttpRequest, mine.constructor === Mine, mine.readyState];
  } },
  { name: 'XMLHttpRequest: what it refuses', look: () => {
    const xhr = new XMLHttpRequest();
    const refusals = [() => xhr.open('GET'), () => xhr.open('TRACE', target), () => xhr.open('GET', 'http://'), () => xhr.open(Symbol('s'), target), () => xhr.send(), () => xhr.setRequestHeader('a', 'b'),
      () => XMLHttpRequest.prototype.open.call({}, 'GET', target), () => XMLHttpRequest.prototype.send.call(null), () => XMLHttpRequest.prototype.setRequestHeader.call(xhr, 'a')].map(attempt);
    xhr.open('GET', target);
    return [...refusals, attempt(() => xhr.setRequestHeader('a b', 'c')), attempt(() => xhr.setRequestHeader('a', 'c\nd')), attempt(() => xhr.setRequestHeader('a', Symbol('s')))];
  } },
  { name: 'XMLHttpRequest: what it returns', look: () => {
    const xhr = new XMLHttpRequest();
    return [() => xhr.open('GET', target), () => xhr.setRequestHeader('x-a', '1'), () => xhr.send()].map(attempt);
  } },
  { name: 'XMLHttpRequest: what it reads, and how often', look: () => {
    const log = [];
    const text = (name, value) => logged({ toString: () => (log.push(name), value) }, name, log);
    const xhr = new XMLHttpRequest();
    xhr.open(text('method', 'POST'), text('URL', target), true);
    xhr.setRequestHeader(text('header', 'X-A'), text('value', '1'));
    xhr.abort();
    return log;
  } },
  { name: 'XMLHttpRequest: one that waits', look: () => attempt(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', target, false);
    xhr.send();
    return xhr.responseText;
  }) },
  { name: 'XMLHttpRequest: one that waits and fails', look: () => attempt(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', 'http://localhost:1/', false);
    xhr.send();
  }) },
  { name: 'XMLHttpRequest: sent twice', look: () => attempt(() => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', target);
    xhr.send();
    xhr.send();
  }) },
  { name: 'XMLHttpRequest: its events, in order', look: async () => {
    const xhr = new XMLHttpRequest();
    const events = [];
    for (const type of ['readystatechange', 'loadstart', 'load', 'loadend', 'error']) xhr.addEventListener(type, () => events.push(`${type} ${xhr.readyState}`));
    xhr.open('GET', target);
    await new Promise((resolve) => {
      xhr.onloadend = resolve;
      xhr.send();
    });
    return [...events, xhr.status, xhr.responseText];
  } },

  { name: 'an element that a script makes', look: () => [
    new Image(), new Image(3, 4), new Audio(), new Audio('/target'), document.createElement('img'), document.createElement('IMG'), document.createElement('a-b'), document.createElement('script', { is: 'a-b' }),
    document.createElementNS('http://www.w3.org/2000/svg', 'script'), document.createElementNS(null, 'img'), document.implementation.createHTMLDocument('').createElement('img'),
  ].map((element) => [String(element), element.outerHTML, Object.getPrototypeOf(element) === window[element.constructor.name].prototype, Reflect.ownKeys(element).length, element.isConnected]) },
  { name: 'an element: what is refused', look: () => [
    () => Image(), () => Audio(), () => new Audio(Symbol('s')), () => document.createElement(), () => document.createElement('a b'), () => document.createElement(Symbol('s')), () => document.createElementNS('x'),
    () => document.createElementNS('x', 'xmlns:a'), () => Document.prototype.createElement('img'), () => Document.prototype.createElement.call({}, 'img'), () => new Image({ valueOf() { throw new RangeError('mine'); } }),
  ].map(attempt) },
  { name: 'an element: what is read, and how often', look: () => {
    const log = [];
    const text = (name, value) => logged({ toString: () => (log.push(name), value) }, name, log);
    const element = document.createElement(text('name', 'img'), logged({ is: undefined }, 'options', log));
    return [element.localName, document.createElementNS(text('namespace', 'http://www.w3.org/1999/xhtml'), text('name', 'img')).localName, ...log];
  } },
  { name: 'an element: a subclass, and another new.target', look: () => {
    class Mine extends Image {}
    class Other {}
    const of = (make) => attempt(() => {
      const element = make();
      return [element instanceof HTMLImageElement, element instanceof Mine, element instanceof Other].join();
    });
    return [of(() => new Mine(1)), of(() => Reflect.construct(Image, [], Other)), Image.prototype === HTMLImageElement.prototype, Audio.prototype === HTMLAudioElement.prototype, Image.prototype.constructor === HTMLImageElement];
  } },
  { name: 'an element of the page\'s own', look: () => {
    const log = [];
    class Mine extends HTMLElement {
      constructor() {
        super();
        log.push('made');
      }

      get localName() {
        log.push('read');
        return 'img';
      }
    }
    customElements.define('own-element', Mine);
    return [document.createElement('own-element') instanceof Mine, ...log];
  } },
  { name: 'an element that loads: its events, in order', look: async () => {
    const order = [];
    const element = new Image();
    element.crossOrigin = 'anonymous';
    await new Promise((resolve) => {
      for (const type of ['load', 'error', 'abort']) element.addEventListener(type, () => resolve(order.push(type)));
      element.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
      Promise.resolve().then(() => order.push('microtask'));
    });
    return order;
  } },
  { name: 'an element: when mutations are told', look: async () => {
    const order = [];
    const observer = new MutationObserver((records) => order.push(`mutation ${records.length}`));
    const [seen, unseen] = [document.createElement('div'), document.createElement('div')];
    document.body.append(seen, unseen);
    observer.observe(seen, { childList: true });
    unseen.append(document.createElement('img'));
    Promise.resolve().then(() => order.push('microtask'));
    seen.append(document.createElement('img'));
    await new Promise((resolve) => setTimeout(resolve));
    observer.disconnect();
    seen.remove();
    unseen.remove();
    return order;
  } },

  { name: 'an Error is not written by the page while it asks', look: async () => {
    const written = [];
    return replacing(Error, { prepareStackTrace: (error) => written.push(error.message), captureStackTrace: () => written.push('captured'), stackTraceLimit: 10 }, async () => {
      await settle(fetch({ toString: () => target }, { headers: { a: '1' } }));
      await askForEverything();
      return written;
    });
  } },
  { name: 'the caller stands in the stack of an error', look: () => {
    function callsFromHere() {
      try {
        new XMLHttpRequest().open('GET', 'http://');
        return '';
      } catch (error) {
        return error.stack ?? '';
      }
    }
    return callsFromHere().includes('callsFromHere');
  } },
  { name: 'the whole stack of an error', look: () => {
    try {
      new XMLHttpRequest().open('GET', 'http://');
      return [];
    } catch (error) {
      return (error.stack ?? '').split('\n').length;
    }
  } },
  { name: 'a page that puts things into Object.prototype', look: () => replacing(Object.prototype, {
    get: () => 'polluted', apply: () => 'polluted', value: 'polluted', toJSON: () => 'polluted', url: 'http://polluted', frame: 'polluted', detail: 'polluted', 0: 'polluted',
  }, askForEverything) },
  { name: 'a page that listens to what is built in', look: async () => {
    const heard = [];
    const listening = (name, f) => function (...all) {
      heard.push(name);
      return Reflect.apply(f, this, all);
    };
    const owners = { Array: ['push', 'slice', 'forEach', 'map', 'splice'], String: ['slice', 'split', 'toUpperCase', 'replace'], WeakMap: ['get', 'set', 'has'], Headers: ['forEach', 'entries', 'keys'], Function: ['call', 'apply', 'bind'] };
    let run = askForEverything;
    for (const [owner, keys] of Object.entries(owners)) {
      const before = run;
      const { prototype } = window[owner];
      run = () => replacing(prototype, Object.fromEntries(keys.map((key) => [key, listening(`${owner}.${key}`, prototype[key])])), before);
    }
    const outcome = await replacing(JSON, { stringify: listening('JSON.stringify', JSON.stringify) }, () => replacing(Date, { now: listening('Date.now', Date.now) }, run));
    // The harness itself calls some of them, the same ones each time.
    return [outcome, heard];
  } },
  { name: 'a page that replaces toJSON', look: async () => {
    const heard = [];
    const toJSON = () => heard.push('toJSON');
    const outcome = await replacing(Array.prototype, { toJSON }, () => replacing(String.prototype, { toJSON }, () => replacing(Number.prototype, { toJSON }, askForEverything)));
    return [outcome.length, heard.length];
  } },
  { name: 'a page that puts its own then into promises', look: async () => {
    let calls = 0;
    const { then } = Promise.prototype;
    await replacing(Promise.prototype, { then(...all) {
      calls += 1;
      return then.apply(this, all);
    } }, () => fetch(target).then(() => {}));
    return calls;
  } },
  { name: 'a page that takes everything away', look: () => replacing(window, Object.fromEntries(['Reflect', 'JSON', 'Date', 'WeakMap', 'Proxy', 'URL', 'Symbol', 'Error', 'Array', 'Object'].map((name) => [name, undefined])), async () => {
    const response = await fetch(target);
    return response.status;
  }) },
  { name: 'a page that wraps fetch itself', look: async () => {
    const calls = [];
    const { fetch: before } = window;
    window.fetch = new Proxy(before, { apply: (native, self, all) => (calls.push(all.length), Reflect.apply(native, self, all)) });
    const outcome = await settle(window.fetch(target, { method: 'POST' }));
    window.fetch = before;
    return [outcome, calls, window.fetch === before];
  } },
  { name: 'a page that freezes what is built in', look: () => inFrame(sameOriginFrame, (frame) => {
    frame.Object.freeze(frame.Function.prototype);
    frame.Object.freeze(frame.XMLHttpRequest.prototype);
    return frame.eval('(() => { const xhr = new XMLHttpRequest(); xhr.open("GET", "/target"); return [xhr.readyState, Object.isFrozen(XMLHttpRequest.prototype)]; })()');
  }) },
  { name: 'violations of a Content Security Policy', look: () => globalThis.violations },
];
