/** The name as standards write it, of a server that knows it in lower case only: `Access-Control-Allow-Origin`. */
export const canonicalName = (name: string): string => name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
