// A classic script, which frames carry in their own document.

/**
 * Makes the request and tells what a page's own script can know of it.
 * @returns {Promise<{outcome: 'readable' | 'blocked' | 'opaque' | 'header hidden' | 'aborted' | 'sent', detail: string}>}
 */
globalThis.performRequest = async (request) => {
  let observation;
  for (let time = 0; time < (request.times ?? 1); time += 1) observation = await performers[request.kind](request);
  return observation;
};

const performers = {
  fetch: async ({ url, method, headers, body, credentials, mode, targetAddressSpace, abortAfter, reads }) => {
    const giveUp = abortAfter === undefined ? undefined : new AbortController();
    if (giveUp) void fetch(abortAfter).then(() => giveUp.abort());
    const signal = giveUp?.signal;
    try {
      const response = await fetch(url, { method, headers, body, credentials, mode, targetAddressSpace, signal });
      if (response.type === 'opaque') return { outcome: 'opaque', detail: 'The response is opaque: status 0, no body.' };
      await response.arrayBuffer();
      if (reads !== undefined) {
        const value = response.headers.get(reads);
        return { outcome: value === null ? 'header hidden' : 'readable', detail: `Status ${response.status}. ${reads}: ${value}` };
      }
      return { outcome: 'readable', detail: `Status ${response.status}.` };
    } catch (error) {
      return { outcome: signal?.aborted ? 'aborted' : 'blocked', detail: String(error) };
    }
  },

  xhr: ({ url, method, headers, body, credentials }) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method ?? 'GET', url);
      xhr.withCredentials = credentials === 'include';
      for (const [name, value] of Object.entries(headers ?? {})) xhr.setRequestHeader(name, value);
      xhr.onload = () => resolve({ outcome: 'readable', detail: `Status ${xhr.status}.` });
      xhr.onerror = () => resolve({ outcome: 'blocked', detail: `An error event, and status ${xhr.status}.` });
      xhr.send(body);
    }),

  image: ({ url, withoutCrossorigin }) => {
    const image = new Image();
    if (!withoutCrossorigin) image.crossOrigin = 'anonymous';
    const loaded = elementLoaded(image, withoutCrossorigin ? 'opaque' : 'readable');
    image.src = url;
    return loaded;
  },

  font: async ({ url }) => {
    try {
      await new FontFace('playground', `url(${JSON.stringify(url)})`).load();
      return { outcome: 'readable', detail: 'The font was loaded.' };
    } catch (error) {
      return { outcome: 'blocked', detail: String(error) };
    }
  },

  'module script': async ({ url }) => {
    const script = document.createElement('script');
    script.type = 'module';
    const loaded = elementLoaded(script, 'readable');
    script.src = url;
    document.head.append(script);
    try {
      return await loaded;
    } finally {
      script.remove();
    }
  },

  'event-source': ({ url, credentials }) =>
    new Promise((resolve) => {
      const stream = new EventSource(url, { withCredentials: credentials === 'include' });
      let events = 0;
      stream.onmessage = () => {
        events += 1;
      };
      // The stream's end is an error event as well; after it the browser would connect again.
      stream.onerror = () => {
        stream.close();
        resolve(events > 0
          ? { outcome: 'readable', detail: `${events} event.` }
          : { outcome: 'blocked', detail: 'An error event, and the stream is closed.' });
      };
    }),

  beacon: async ({ url, headers, body }) => {
    const queued = navigator.sendBeacon(url, new Blob([body ?? ''], { type: headers?.['Content-Type'] ?? 'text/plain' }));
    return { outcome: 'sent', detail: `sendBeacon returned ${queued}; a page never learns more.` };
  },
};

function elementLoaded(element, outcome) {
  return new Promise((resolve) => {
    element.onload = () => resolve({ outcome, detail: 'A load event.' });
    element.onerror = () => resolve({ outcome: 'blocked', detail: 'An error event, without a reason.' });
  });
}
