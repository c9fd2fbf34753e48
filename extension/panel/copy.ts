/** Copies text; call it within a click handler. Resolves to whether it worked. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByEvent(text);
  }
}

/** For browsers whose DevTools keep the clipboard API from panels. */
function copyByEvent(text: string): boolean {
  const set = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', set, { once: true });
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', set);
  }
}
