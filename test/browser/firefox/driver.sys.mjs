/** What tests do in the browser's own process. Every function takes JSON and resolves to JSON. */

const { require: devTools } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs');
const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');
const { gDevTools } = devTools('devtools/client/framework/devtools');
const { setTimeout } = ChromeUtils.importESModule('resource://gre/modules/Timer.sys.mjs');

ChromeUtils.registerWindowActor('Evaluate', {
  child: { esModuleURI: 'resource://cors-inspector-test/EvaluateChild.sys.mjs' },
  allFrames: true,
  includeChrome: true,
});

const tabs = new Map();
let lastTab = 0;

const browserWindow = () => Services.wm.getMostRecentWindow('navigator:browser');
const tabOf = (page) => tabs.get(page);
const systemPrincipal = () => ({ triggeringPrincipal: Services.scriptSecurityManager.getSystemPrincipal() });
const tabbedBrowserOf = (tab) => tab.ownerDocument.defaultView.gBrowser;

/** Opens a tab and resolves to its number. The first one is the tab with which the browser began. */
export async function openPage() {
  const { gBrowser } = browserWindow();
  const tab = lastTab === 0 ? gBrowser.selectedTab : gBrowser.addTab('about:blank', systemPrincipal());
  gBrowser.selectedTab = tab;
  lastTab += 1;
  tabs.set(lastTab, tab);
  return lastTab;
}

/** The number of the tab whose URL ends like this; null: there is none. */
export async function findPage(urlEnd) {
  const tab = browserWindow().gBrowser.tabs.find(({ linkedBrowser }) => linkedBrowser.currentURI.spec.endsWith(urlEnd));
  if (!tab) return null;
  lastTab += 1;
  tabs.set(lastTab, tab);
  return lastTab;
}

export async function closePage(page) {
  const gBrowser = tabbedBrowserOf(tabOf(page));
  // A window closes with its last tab.
  if (gBrowser.tabs.length === 1) gBrowser.addTab('about:blank', systemPrincipal());
  gBrowser.removeTab(tabOf(page));
  tabs.delete(page);
}

export async function bringToFront(page) {
  tabbedBrowserOf(tabOf(page)).selectedTab = tabOf(page);
}

/** Loads the URL and resolves once the document and all that it loads at first are there. */
export async function goto(page, url) {
  const browser = tabOf(page).linkedBrowser;
  const before = browser.browsingContext.currentWindowGlobal.innerWindowId;
  browser.loadURI(Services.io.newURI(url), systemPrincipal());
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const { innerWindowId, isInitialDocument, documentURI } = browser.browsingContext.currentWindowGlobal ?? { isInitialDocument: true };
    if (innerWindowId === before || isInitialDocument || browser.webProgress.isLoadingDocument) continue;
    if (documentURI.spec.startsWith('about:neterror')) throw new Error(`${url} was not loaded.`);
    return null;
  }
}

export const evaluateInPage = (page, code) => evaluate(tabOf(page).linkedBrowser.browsingContext, code);

async function evaluate(browsingContext, code) {
  return browsingContext.currentWindowGlobal.getActor('Evaluate').sendQuery('Evaluate', { code });
}

const toolboxOf = (page) => gDevTools.getToolboxForTab(tabOf(page));

const panelToolOf = (page, label) => toolboxOf(page)?.getAdditionalTools().find((tool) => tool.label === label)?.id ?? null;

/** Opens the toolbox; its tools come one after the other. */
export async function openToolbox(page) {
  await gDevTools.showToolboxForTab(tabOf(page));
  return null;
}

export async function closeToolbox(page) {
  await toolboxOf(page).destroy();
  return null;
}

export const hasPanel = async (page, label) => panelToolOf(page, label) !== null;

export async function selectPanel(page, label) {
  await toolboxOf(page).selectTool(panelToolOf(page, label));
  return null;
}

/** Docks the toolbox, so many pixels wide or high. */
export async function dock(page, side, size) {
  if (toolboxOf(page).hostType !== side) await toolboxOf(page).switchHost(side);
  const { style } = tabOf(page).ownerDocument.querySelector(`.devtools-toolbox-${side === 'right' ? 'side' : side}-iframe`);
  style[side === 'right' ? 'width' : 'height'] = `${size}px`;
  return null;
}

export const shownTool = async (page) => toolboxOf(page).currentToolId;

export async function selectTool(page, id) {
  await toolboxOf(page).selectTool(id);
  return null;
}

/** What the Network monitor saves as HAR, as text. */
export const har = async (page) => JSON.stringify({ log: await toolboxOf(page).getHARFromNetMonitor() });

const panelBrowserOf = (page, label) =>
  toolboxOf(page).doc.getElementById(`toolbox-panel-iframe-${panelToolOf(page, label)}`)?.contentDocument.querySelector('browser');

export const evaluateInPanel = (page, label, code) => evaluate(panelBrowserOf(page, label).browsingContext, code);

/** Gives the keyboard to the panel's document. */
export async function focusPanel(page, label) {
  await bringToFront(page);
  panelBrowserOf(page, label).focus();
  return null;
}

export const positionOfPage = async (page) => positionOf(page, tabOf(page).linkedBrowser);
export const positionOfPanel = async (page, label) => positionOf(page, panelBrowserOf(page, label));

/** Where the document in the browser element begins in the window of its tab, which comes to the front. */
async function positionOf(page, browser) {
  await bringToFront(page);
  const inner = browser.ownerDocument.defaultView;
  const outer = tabOf(page).ownerDocument.defaultView;
  const { x, y } = browser.getBoundingClientRect();
  return { x: inner.mozInnerScreenX + x - outer.mozInnerScreenX, y: inner.mozInnerScreenY + y - outer.mozInnerScreenY };
}

/** The toolbox as a user sees it: a PNG in base64. */
export async function screenshot(page) {
  const { win } = toolboxOf(page);
  const image = await win.browsingContext.currentWindowGlobal.drawSnapshot(new DOMRect(0, 0, win.innerWidth, win.innerHeight), 1, 'white');
  const canvas = new OffscreenCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/** Withdraws the access to all sites of the one extension that was installed. */
export async function withholdAccess() {
  const { extension } = WebExtensionPolicy.getActiveExtensions().find(({ temporarilyInstalled }) => temporarilyInstalled);
  await ExtensionPermissions.remove(extension.id, { permissions: [], origins: ['<all_urls>'] }, extension);
  return null;
}

/** Clicks the first button of the prompt in which an extension asks for permissions. Resolves to whether there is one. */
export async function acceptPrompt() {
  const { PopupNotifications } = browserWindow();
  const prompt = PopupNotifications.panel.querySelector('#addon-webext-permissions-notification');
  if (PopupNotifications.panel.state !== 'open' || !prompt) return false;
  prompt.button.click();
  return true;
}

/** The browser keeps the last few hundred messages only. */
const messages = [];
Services.console.registerListener({
  observe(message) {
    if (message instanceof Ci.nsIScriptError) messages.push({ category: message.category, text: message.errorMessage });
  },
});

/** What Firefox wrote to the console since the driver was loaded or the messages were last cleared. */
export const consoleMessages = async () => messages;

export async function setPreference(name, value) {
  if (typeof value === 'string') Services.prefs.setStringPref(name, value);
  else if (typeof value === 'number') Services.prefs.setIntPref(name, value);
  else Services.prefs.setBoolPref(name, value);
  return null;
}

/** Trusts what this authority signed: a certificate in PEM. */
export async function trust(certificate) {
  const base64 = certificate.replaceAll(/-----[A-Z ]+-----|\s/g, '');
  Cc['@mozilla.org/security/x509certdb;1'].getService(Ci.nsIX509CertDB).addCertFromBase64(base64, 'C,,');
  return null;
}

export async function setOffline(isOffline) {
  Services.io.offline = isOffline;
  return null;
}

export async function sleepEventPage(extension) {
  await WebExtensionPolicy.getByID(extension).extension.terminateBackground();
  return null;
}

export async function clearConsole() {
  messages.length = 0;
  return null;
}
