declare global {
  /** Of the last file that was saved, in the panel's page. */
  var savedText: string | undefined;
}

/** Runs in the panel: keeps what is saved from now on. */
export function keepSavedText(): void {
  const createObjectURL = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    void (blob as Blob).text().then((text) => (window.savedText = text));
    return createObjectURL(blob);
  };
}
