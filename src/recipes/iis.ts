import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnplainOrigins } from './plain-origin.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** IIS with the CORS module that Microsoft offers for it. */
export const iis: Recipe = {
  id: 'iis',
  title: 'IIS',
  language: 'xml',
  extension: 'config',
  docs: 'https://learn.microsoft.com/iis/extensions/cors-module/cors-module-configuration-reference',
  where: 'In the web.config of the site or the application, merged into its system.webServer.',
  first: 'Install the IIS CORS Module on the server.',
  pitfall: 'Access-Control headers under customHeaders or of the application are sent beside these, and a browser refuses two. A handler for OPTIONS is not needed.',
  active: 'IIS reads web.config at once. It answers every request with 500.19 while the module is missing.',
  log: null,
  proof: { kind: 'not-on-the-server', checkedWith: 'an XML parser and the attributes that the module documents' },
  fingerprints: ['microsoft-iis', 'asp.net'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins } = policy;
  const refused = refuseUnprintable(policy) ?? refuseUnplainOrigins(policy) ?? refusal(policy);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const attributes = `${policy.credentialed ? ' allowCredentials="true"' : ''}${maxAge === null ? '' : ` maxAge="${maxAge}"`}`;
  const granted = [
    ...list('allowHeaders allowAllRequestedHeaders="false"', 'header', policy.requestHeaders),
    ...list('allowMethods', 'method', policy.methods),
    ...list('exposeHeaders', 'header', policy.exposedHeaders),
  ];
  const snippet = [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<configuration>',
    '  <system.webServer>',
    ...(origins === '*' ? [] : [
      '    <!-- Also for an origin that is refused: a cache must not replay that response to another. -->',
      '    <httpProtocol>',
      '      <customHeaders>',
      '        <add name="Vary" value="Origin" />',
      '      </customHeaders>',
      '    </httpProtocol>',
    ]),
    '    <cors enabled="true">',
    ...(origins === '*' ? ['*'] : origins).flatMap((origin) => [
      `      <add origin=${quoted(origin)}${attributes}${granted.length === 0 ? ' />' : '>'}`,
      ...(granted.length === 0 ? [] : [...granted, '      </add>']),
    ]),
    '    </cors>',
    '  </system.webServer>',
    '</configuration>',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const list = (element: string, attribute: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [
    `        <${element}>`,
    ...values.map((value) => `          <add ${attribute}=${quoted(value)} />`),
    `        </${element.replace(/ .*/, '')}>`,
  ];

/** The value of an XML attribute, of printable ASCII. */
const quoted = (value: string): string => `"${value.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)}"`;

function refusal({ methods, requestHeaders, exposedHeaders }: CorsPolicy): string | null {
  if ([...methods, ...requestHeaders, ...exposedHeaders].includes('*')) return 'IIS takes * for everything. Name each value.';
  // The keys of a list in web.config are compared without regard to case.
  return new Set(methods.map((method) => method.toLowerCase())).size === methods.length
    ? null
    : 'IIS takes methods that differ in case alone for the same. Remove one of them.';
}
