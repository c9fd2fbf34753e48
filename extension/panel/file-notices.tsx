import type { OpenedFile } from './files.ts';
import { Text } from './text.tsx';

/** Stands above everything as long as a file is shown. */
export const FileNotice = ({ file: { name, notes }, onClose }: { readonly file: OpenedFile; readonly onClose: () => void }) => (
  <div class="notice" role="status">
    <p><b><Text of={name} limit={120} /></b> is shown, not the inspected page. {notes.join(' ')} Live recording goes on.</p>
    <button type="button" class="prime" onClick={onClose}>Back to live recording</button>
  </div>
);

/** A file that could not be opened, and what to do. */
export interface RefusedFile {
  readonly name: string;
  readonly problem: string;
}

export const RefusedFileNotice = ({ file: { name, problem }, onClose }: { readonly file: RefusedFile; readonly onClose: () => void }) => (
  <div class="notice" role="alert">
    <p><b><Text of={name} limit={120} /></b> was not imported. {problem}</p>
    <button type="button" class="prime" onClick={onClose}>Dismiss</button>
  </div>
);

export const NothingInFile = () => (
  <main class="empty">
    <h1>No cross-origin request in this file</h1>
    <p>CORS decides about requests to another origin only: to another scheme, host or port. This file holds none.</p>
  </main>
);
