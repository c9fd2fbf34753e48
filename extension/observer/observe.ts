import type { ObserverLimits } from './limits.ts';

/** What the observer tells of one request; times in milliseconds since the epoch. Values are as the page wrote them. */
export interface ObservedRequest {
  readonly api: 'fetch' | 'xhr' | 'event-source' | 'element';
  readonly origin: string;
  readonly url: string;
  readonly method: string;
  /** It was asked for between these: at one time by a call. */
  readonly time: number;
  readonly until: number;
  readonly mode: string | null;
  readonly credentials: string | null;
  readonly redirect: string | null;
  /** Null: they were given in a way that only the browser may read. */
  readonly headerNames: readonly string[] | null;
  /** As the browser's `Error` has it; empty: not asked for. */
  readonly stack: string;
}

export interface ObserverOptions {
  /** Known to nobody but the observers of one page: the type of the event with which a frame joins its parent. */
  readonly secret: string;
  readonly withStack: boolean;
  readonly limits: ObserverLimits;
}

export interface Observer {
  /** JSON of the requests since the last call, oldest first: a string, because nothing that the page has changed can reach into one. */
  drain(): string;
  /** From now on nothing is recorded, in no frame either. */
  stop(): void;
}

/**
 * Runs in the inspected page before any script of its own, as text: nothing outside of this function exists there. What
 * it needs of the page's globals it takes at once, and afterwards calls nothing that the page may have replaced: no
 * method, no iterator, no object that inherits from one of the page's prototypes.
 */
export function observe({ secret, withStack, limits }: ObserverOptions): Observer {
  interface Draft {
    api: ObservedRequest['api'];
    origin: string;
    url: string | null;
    method: string | null;
    time: number;
    until: number;
    mode: string | null;
    credentials: string | null;
    redirect: string | null;
    headerNames: string[] | null;
    stack: string;
  }
  type Callable = (...args: never[]) => unknown;
  type Source = { drainInto(into: string[]): void; stop(): void };

  const { apply, construct, defineProperty, get, getOwnPropertyDescriptor, ownKeys, setPrototypeOf } = Reflect;
  const { stringify } = JSON;
  const { now } = Date;
  const { iterator } = Symbol;
  const ownOrigin = origin;
  const NativeProxy = Proxy;
  const NativeUrl = URL;
  const NativeError = Error;
  const { get: mapGet, set: mapSet } = WeakMap.prototype;
  const { forEach: forEachHeader } = Headers.prototype;
  const { slice, toUpperCase } = String.prototype;
  const getterOf = (owner: object, key: string): Callable | undefined => getOwnPropertyDescriptor(owner, key)?.get as Callable | undefined;
  const read = (getter: Callable | undefined, self: unknown): unknown => (getter === undefined ? undefined : apply(getter as () => unknown, self, []));
  const urlOf = getterOf(URL.prototype, 'href');
  const baseUrlOf = getterOf(Node.prototype, 'baseURI');
  const stackOf = getterOf(Error.prototype, 'stack');
  const requestGetters = {
    __proto__: null,
    url: getterOf(Request.prototype, 'url'), method: getterOf(Request.prototype, 'method'), mode: getterOf(Request.prototype, 'mode'),
    credentials: getterOf(Request.prototype, 'credentials'), redirect: getterOf(Request.prototype, 'redirect'), headers: getterOf(Request.prototype, 'headers'),
  };
  const { querySelectorAll } = Document.prototype;
  const { matches } = Element.prototype;
  const { deref } = WeakRef.prototype;
  const NativeWeakRef = WeakRef;
  const lengthOf = getterOf(NodeList.prototype, 'length');
  const readyStateOf = getterOf(Document.prototype, 'readyState');
  const localNameOf = getterOf(Element.prototype, 'localName');
  const urlGetters = {
    image: getterOf(HTMLImageElement.prototype, 'currentSrc'), media: getterOf(HTMLMediaElement.prototype, 'currentSrc'),
    script: getterOf(HTMLScriptElement.prototype, 'src'), link: getterOf(HTMLLinkElement.prototype, 'href'),
  };
  const isCompleteOf = getterOf(HTMLImageElement.prototype, 'complete');
  const mediaReadyStateOf = getterOf(HTMLMediaElement.prototype, 'readyState');
  const networkStateOf = getterOf(HTMLMediaElement.prototype, 'networkState');
  const noSource = HTMLMediaElement.NETWORK_NO_SOURCE;
  const hasCredentials = getterOf(XMLHttpRequest.prototype, 'withCredentials');
  const eventSourceUrl = getterOf(EventSource.prototype, 'url');
  const eventSourceHasCredentials = getterOf(EventSource.prototype, 'withCredentials');

  /** A list without the page's prototype: neither a setter nor a toJSON of the page's can get at it. */
  const bareList = <T>(): T[] => {
    const list: T[] = [];
    setPrototypeOf(list, null);
    return list;
  };
  const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function';

  /** Those whose mode is cors. */
  const corsElements = '[crossorigin], script[type="module" i], link[rel~="modulepreload" i]';
  const withCredentials = '[crossorigin="use-credentials" i]';
  /** What an element was when it last waited for nothing, and since when it may have asked for something else. */
  interface Look {
    url: string;
    credentials: string;
    since: number;
  }
  const looks = new WeakMap<object, Look>();
  let lookedAt = performance.timeOrigin;

  let seen = bareList<string>();
  let first = 0;
  let characters = 0;
  let isStopped = false;
  const frames = bareList<Source>();

  /** Its own frames stand first. Where the page can have a say in how a stack is written, none is taken. */
  const callers = (): string => (withStack && stackOf !== undefined ? apply(slice, read(stackOf, new NativeError()), [0, limits.stack]) as string : '');

  const draft = (api: ObservedRequest['api'], stack: string, time = now()): Draft => ({
    __proto__: null, api, origin: ownOrigin, url: null, method: 'GET', time, until: now(), mode: 'cors', credentials: 'same-origin', redirect: 'follow', headerNames: bareList<string>(), stack,
  } as Draft);

  function tell(request: Draft): void {
    if (isStopped || request.url === null || request.method === null) return;
    const base = read(baseUrlOf, document);
    const url = read(urlOf, typeof base === 'string' ? new NativeUrl(request.url, base) : new NativeUrl(request.url)) as string;
    if (url.length > limits.url || request.method.length > limits.method) return;
    request.url = url;
    const line = stringify(request);
    seen[seen.length] = line;
    characters += line.length;
    while (seen.length - first > limits.requests || characters > limits.characters) {
      characters -= seen[first]?.length ?? 0;
      seen[first] = '';
      first += 1;
    }
    if (first < limits.requests) return;
    const rest = bareList<string>();
    for (let index = first; index < seen.length; index += 1) rest[rest.length] = seen[index] as string;
    seen = rest;
    first = 0;
  }

  /** What it observes must not keep the page from what it does. */
  function quietly<T>(task: () => T): T | undefined {
    if (isStopped) return undefined;
    try {
      return task();
    } catch {
      return undefined;
    }
  }

  function addHeaderName(names: string[] | null, name: unknown): void {
    if (names !== null && typeof name === 'string' && names.length < limits.headers) names[names.length] = apply(slice, name, [0, limits.headerName]);
  }

  /** The names in a Headers object; null: it is none. */
  function headerNamesOf(headers: unknown): string[] | null {
    const names = bareList<string>();
    try {
      apply(forEachHeader, headers, [(_value: string, name: string) => addHeaderName(names, name)]);
      return names;
    } catch {
      return null;
    }
  }

  /**
   * What to hand to the browser in the place of an object of the page's: what is read of it, it gives, and tells. Nothing
   * is read that the browser does not read. It has no properties of its own, so a frozen object binds nothing.
   */
  const standIn = (object: object, told: (key: string | symbol, value: unknown) => unknown): object => new NativeProxy({ __proto__: null }, {
    __proto__: null,
    get: (_target: object, key: string | symbol) => told(key, get(object, key, object)),
    ownKeys: () => ownKeys(object),
    getOwnPropertyDescriptor(_target: object, key: string | symbol) {
      const descriptor = getOwnPropertyDescriptor(object, key);
      return descriptor && { __proto__: null, ...descriptor, configurable: true };
    },
  } as ProxyHandler<object>);

  /** A method of the object that stands behind the stand-in. */
  const methodOf = (object: object, method: unknown, returned?: (result: unknown) => void): unknown => (typeof method === 'function'
    ? new NativeProxy(method, {
      __proto__: null,
      apply(native: Callable, _self: unknown, args: never[]) {
        const result = apply(native, object, args) as unknown;
        returned?.(result);
        return result;
      },
    } as ProxyHandler<object>)
    : method);

  /** What to hand to the browser in the place of a value that it will turn into text, once and in its own time. */
  function heard(value: unknown, hear: (text: string) => void): unknown {
    const hearPrimitive = (primitive: unknown): void => {
      if (!isObject(primitive) && typeof primitive !== 'symbol') hear(`${primitive as null}`);
    };
    if (isObject(value)) return standIn(value, (_key, method) => methodOf(value, method, hearPrimitive));
    hearPrimitive(value);
    return value;
  }

  /** The same for headers: the browser reads them as a list of pairs if they have an iterator, and by their keys if not. */
  function heardHeaders(headers: unknown, request: Draft): unknown {
    request.headerNames = isObject(headers) ? headerNamesOf(headers) : null;
    if (request.headerNames !== null || !isObject(headers)) return headers;
    const names = bareList<string>();
    request.headerNames = names;
    return standIn(headers, (key, value) => {
      if (key !== iterator) addHeaderName(names, key);
      else if (value !== undefined && value !== null) request.headerNames = null;
      return key === iterator ? methodOf(headers, value) : value;
    });
  }

  /** The same for the second argument of fetch. */
  const heardInit = (init: object, request: Draft): object => standIn(init, (key, value) => {
    // It is as if it were not there.
    if (value === undefined) return value;
    if (key === 'headers') return heardHeaders(value, request);
    if (key === 'method') return heard(value, (text) => {
      request.method = text;
    });
    if (key === 'mode' || key === 'credentials' || key === 'redirect') return heard(value, (text) => {
      request[key] = text;
    });
    return value;
  });

  const normalized = (method: string | null): string | null => {
    if (method === null) return null;
    const upper = apply(toUpperCase, method, []) as string;
    return upper === 'GET' || upper === 'POST' || upper === 'PUT' || upper === 'DELETE' || upper === 'HEAD' || upper === 'OPTIONS' ? upper : method;
  };

  /** Each wrapped function, and the browser's own one behind it. Frames that reach into each other share it. */
  let natives = new WeakMap<object, object>();
  const own: Source = {
    drainInto(into) {
      quietly(lookAtElements);
      for (let index = first; index < seen.length; index += 1) into[into.length] = seen[index] as string;
      seen = bareList();
      first = 0;
      characters = 0;
      for (let index = 0; index < frames.length; index += 1) frames[index]?.drainInto(into);
    },
    stop() {
      isStopped = true;
      for (let index = 0; index < frames.length; index += 1) frames[index]?.stop();
    },
  };
  setPrototypeOf(own, null);
  joinParent();

  /** A frame is evaluated by nobody: it hands what it saw to the frame around it, by an event whose type nobody else knows. */
  function joinParent(): void {
    const { addEventListener, dispatchEvent } = EventTarget.prototype;
    const { stopImmediatePropagation } = Event.prototype;
    const detailOf = getterOf(CustomEvent.prototype, 'detail');
    const greeting = { __proto__: null, frame: own, natives: null as WeakMap<object, object> | null };
    try {
      const element = frameElement;
      if (element !== null) apply(dispatchEvent, element, [new CustomEvent(secret, { __proto__: null, detail: greeting } as CustomEventInit)]);
    } catch {
      // The frame around it is of another origin.
    }
    natives = greeting.natives ?? natives;
    // Nobody else can send one, and one that has stopped is still there.
    apply(addEventListener, window, [secret, (event: Event) => {
      apply(stopImmediatePropagation, event, []);
      const joining = read(detailOf, event) as typeof greeting;
      joining.natives = natives;
      if (isStopped) joining.frame.stop();
      else if (frames.length < limits.requests) frames[frames.length] = joining.frame;
    }, true]);
  }

  type Trap = (native: Callable, self: unknown, args: unknown[]) => unknown;

  /** Puts a function in the place of a native one that cannot be told from it. */
  function wrap(owner: object, key: string, traps: { readonly apply?: Trap; readonly construct?: (native: Callable, args: unknown[], newTarget: Callable) => object }): object {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    const native = descriptor?.value as Callable;
    const wrapped: Callable = new NativeProxy(native, {
      __proto__: null, ...traps,
      // What inherited getters tell, `caller` is one, they tell of the native function.
      get: (target: Callable, property: string | symbol, receiver: unknown) => get(target, property, receiver === wrapped ? target : receiver) as unknown,
    } as ProxyHandler<Callable>);
    apply(mapSet, natives, [wrapped, native]);
    defineProperty(owner, key, { __proto__: null, ...descriptor, value: wrapped } as PropertyDescriptor);
    return wrapped;
  }

  wrap(Function.prototype, 'toString', { apply: (native, self, args) => apply(native, apply(mapGet, natives, [self]) ?? self, args as never[]) });

  wrap(window, 'fetch', {
    apply(native, self, args) {
      const request = quietly(() => {
        const asked = draft('fetch', callers());
        let input = args[0];
        try {
          // Throws unless this is a Request, whatever the page put into its prototype chain.
          asked.url = read(requestGetters.url, input) as string;
          asked.method = read(requestGetters.method, input) as string;
          asked.mode = read(requestGetters.mode, input) as string;
          asked.credentials = read(requestGetters.credentials, input) as string;
          asked.redirect = read(requestGetters.redirect, input) as string;
          asked.headerNames = headerNamesOf(read(requestGetters.headers, input));
        } catch {
          input = heard(input, (text) => {
            asked.url = text;
          });
        }
        if (args.length > 0) args[0] = input;
        if (isObject(args[1])) args[1] = heardInit(args[1], asked);
        return asked;
      });
      const response = apply(native, self, args as never[]);
      // By now the browser has read every argument.
      if (request) quietly(() => {
        request.method = normalized(request.method);
        tell(request);
      });
      return response;
    },
  });

  /** What was opened and is not yet sent. */
  const opened = new WeakMap<object, Draft>();
  wrap(XMLHttpRequest.prototype, 'open', {
    apply(native, self, args) {
      const request = quietly(() => {
        const asked = draft('xhr', callers());
        asked.method = null;
        if (args.length > 1) {
          args[0] = heard(args[0], (text) => {
            asked.method = normalized(text);
          });
          args[1] = heard(args[1], (text) => {
            asked.url = text;
          });
        }
        return asked;
      });
      const result = apply(native, self, args as never[]);
      if (request) quietly(() => apply(mapSet, opened, [self, request]));
      return result;
    },
  });
  wrap(XMLHttpRequest.prototype, 'setRequestHeader', {
    apply(native, self, args) {
      const result = apply(native, self, args as never[]);
      quietly(() => {
        const request = apply(mapGet, opened, [self]) as Draft | undefined;
        if (!request) return;
        if (typeof args[0] === 'string') addHeaderName(request.headerNames, args[0]);
        else request.headerNames = null;
      });
      return result;
    },
  });
  wrap(XMLHttpRequest.prototype, 'send', {
    apply(native, self, args) {
      // A synchronous request holds the page until it is over.
      quietly(() => {
        const request = apply(mapGet, opened, [self]) as Draft | undefined;
        if (!request) return;
        apply(mapSet, opened, [self, undefined]);
        request.time = now();
        request.until = request.time;
        request.stack = callers();
        request.credentials = read(hasCredentials, self) === true ? 'include' : 'same-origin';
        tell(request);
      });
      return apply(native, self, args as never[]);
    },
  });

  const wrappedEventSource = wrap(window, 'EventSource', {
    construct(native, args, newTarget) {
      const request = quietly(() => draft('event-source', callers()));
      const source = construct(native, args, newTarget) as object;
      if (request) quietly(() => {
        request.url = read(eventSourceUrl, source) as string;
        request.credentials = read(eventSourceHasCredentials, source) === true ? 'include' : 'same-origin';
        tell(request);
      });
      return source;
    },
  });
  defineProperty(EventSource.prototype, 'constructor', {
    __proto__: null, ...getOwnPropertyDescriptor(EventSource.prototype, 'constructor'), value: wrappedEventSource,
  } as PropertyDescriptor);

  /** Elements that need not be in the document to load, or may have left it. */
  const created = bareList<WeakRef<Element>>();
  let createdCount = 0;
  function remember(element: Element): void {
    if (kindOf(element) === null) return;
    created[createdCount % limits.elements] = new NativeWeakRef(element);
    createdCount += 1;
  }

  const rememberResult: Trap = (native, self, args) => {
    const element = apply(native, self, args as never[]) as Element;
    quietly(() => remember(element));
    return element;
  };
  wrap(Document.prototype, 'createElement', { apply: rememberResult });
  wrap(Document.prototype, 'createElementNS', { apply: rememberResult });
  const rememberConstructed = (native: Callable, args: unknown[], newTarget: Callable): object => {
    const element = construct(native, args as never[], newTarget) as Element;
    quietly(() => remember(element));
    return element;
  };
  wrap(window, 'Image', { construct: rememberConstructed });
  wrap(window, 'Audio', { construct: rememberConstructed });

  /** What an element has in common with others that load in the same way; null: it loads nothing with CORS. */
  function kindOf(element: Element): 'image' | 'media' | 'script' | 'link' | null {
    switch (read(localNameOf, element)) {
      case 'img': return 'image';
      case 'audio':
      case 'video': return 'media';
      case 'script': return 'script';
      case 'link': return 'link';
      default: return null;
    }
  }

  /**
   * They are looked at when the page is asked. What would tell of them at once the page could notice, even a
   * MutationObserver: with it, those of the page are called in another order.
   */
  function lookAtElements(): void {
    const found = apply(querySelectorAll, document, [corsElements]);
    const count = read(lengthOf, found) as number;
    for (let index = 0; index < count && index < limits.elements; index += 1) quietly(() => lookAtElement(found[index] as Element));
    for (let index = 0; index < created.length; index += 1) quietly(() => {
      const element = apply(deref as () => Element | undefined, created[index], []);
      if (element !== undefined && apply(matches, element, [corsElements])) lookAtElement(element);
    });
    // The parser reads ahead: what it asks for may become an element much later.
    if (read(readyStateOf, document) !== 'loading') lookedAt = now();
  }

  function lookAtElement(element: Element): void {
    const kind = kindOf(element);
    if (kind === null) return;
    let look = apply(mapGet, looks, [element]) as Look | undefined;
    if (look === undefined) {
      look = { __proto__: null, url: '', credentials: '', since: lookedAt } as Look;
      apply(mapSet, looks, [element, look]);
    }
    // Until then some browsers do not say which URL an image is waiting for.
    if (isWaiting(kind, element)) return;
    const url = read(urlGetters[kind], element) as string;
    const credentials = apply(matches, element, [withCredentials]) ? 'include' : 'same-origin';
    if (url !== '' && (url !== look.url || credentials !== look.credentials)) {
      const request = draft('element', '', look.since);
      request.url = url;
      request.credentials = credentials;
      tell(request);
    }
    look.url = url;
    look.credentials = credentials;
    look.since = now();
  }

  /** Whether it may still have to ask: an image that is lazy, media that is not loaded before it is played. */
  function isWaiting(kind: ReturnType<typeof kindOf>, element: Element): boolean {
    if (kind === 'image') return read(isCompleteOf, element) === false;
    return kind === 'media' && read(mediaReadyStateOf, element) === 0 && read(networkStateOf, element) !== noSource;
  }

  return {
    drain() {
      const lines = bareList<string>();
      own.drainInto(lines);
      let text = '[';
      for (let index = 0; index < lines.length; index += 1) text += (index === 0 ? '' : ',') + lines[index];
      return `${text}]`;
    },
    stop: own.stop,
  };
}
