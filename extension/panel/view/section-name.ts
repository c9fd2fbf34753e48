const acronyms = /\b(cors|http)\b/g;

/** A section of a standard as a reader names it, made of its anchor: "CORS-preflight fetch", "RFC 9110, section 4.3.4". */
export function sectionName(url: string): string {
  const { hash, pathname } = new URL(url);
  const [, rfc] = /^\/rfc\/rfc(\d+)/.exec(pathname) ?? [];
  if (rfc !== undefined) return `RFC ${rfc}, ${hash.slice(1).replaceAll('-', ' ')}`;
  const words = (hash.slice(1) || pathname.replaceAll('/', '')).replace(/^concept-/, '').replace(/-\d+$/, '').replaceAll('-', ' ');
  return words.replace(acronyms, (word) => word.toUpperCase()).replace('CORS preflight', 'CORS-preflight');
}
