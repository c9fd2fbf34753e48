// The page may be of another origin, so the two can only pass messages.
addEventListener('message', async ({ source, data }) => {
  if (source !== parent) return;
  parent.postMessage(await globalThis.performRequest(data), '*');
});
parent.postMessage('ready', '*');
