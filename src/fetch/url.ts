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

/** Whether a host name, as the parser writes it, means this machine. https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy */
export const isLoopback = (hostname: string): boolean => /^(localhost|.{1,250}\.localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/.test(hostname);
