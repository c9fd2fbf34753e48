import { onAccess, requestAccess } from '../browser.ts';

// Back to DevTools, wherever access was granted.
onAccess((isWithheld) => {
  if (!isWithheld) window.close();
});
document.querySelector('button')?.addEventListener('click', () => void requestAccess());
