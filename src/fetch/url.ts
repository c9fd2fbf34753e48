/** The URL parser; null where it returns failure. https://url.spec.whatwg.org/#concept-url-parser */
export function parseUrl(url: string, base?: string): URL | null {
  try {
    return new URL(url, base);
  } catch {
    return null;
  }
}

/** Host and port of a URL; what is no URL as it is. https://url.spec.whatwg.org/#concept-url-host */
export const hostOf = (url: string): string => parseUrl(url)?.host ?? url;
