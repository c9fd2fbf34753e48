import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { listedMethods, listedOrigins, refuseUnlistable } from './listing-service.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** The blob service of an Azure Storage account. Its rules hold for the whole account. */
export const azureBlob: Recipe = {
  id: 'azure-blob',
  title: 'Azure Blob Storage',
  language: 'shell',
  extension: 'sh',
  docs: 'https://learn.microsoft.com/en-us/rest/api/storageservices/cross-origin-resource-sharing--cors--support-for-the-azure-storage-services',
  where: 'In a shell with the Azure command line, with the name of your storage account for ACCOUNT.',
  first: null,
  pitfall: 'The first rule that matches decides, so the older ones are removed. A URL that is signed or public is still needed: CORS grants no access.',
  active: 'Run az storage cors list --account-name ACCOUNT --services b, which must print this rule alone.',
  log: null,
  proof: { kind: 'not-on-the-server', checkedWith: 'the emulator Azurite 3.37' },
  fingerprints: ['windows-azure-blob'],
  render,
};

/** https://learn.microsoft.com/en-us/rest/api/storageservices/set-blob-service-properties#remarks */
const mostItems = 64;
const longestItem = 256;

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnlistable(policy, 'Azure Storage', ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) ?? refusal(policy);
  if (refused !== null) return { ok: false, refused };
  const { origins, requestHeaders, exposedHeaders } = policy;
  const maxAge = statedMaxAge(policy);
  const rule = [
    ...option('origins', listedOrigins(policy)),
    ...option('methods', listedMethods(policy)),
    ...option('allowed-headers', requestHeaders),
    ...option('exposed-headers', exposedHeaders),
    ...(maxAge === null ? [] : [`--max-age ${maxAge}`]),
  ];
  const snippet = [
    '# Removes every CORS rule of the blob service.',
    'az storage cors clear --account-name ACCOUNT --services b',
    'az storage cors add --account-name ACCOUNT --services b \\',
    rule.map((line) => `  ${line}`).join(' \\\n'),
  ];
  return {
    ok: true,
    snippet: `${snippet.join('\n')}\n`,
    ...(policy.credentialed || origins === '*' ? {} : {
      deviation: { policy: { ...policy, credentialed: true }, why: 'Azure Storage also lets an origin that is named use credentials. It reads no cookies.' },
    }),
  };
}

function refusal({ origins, requestHeaders, exposedHeaders }: CorsPolicy): string | null {
  const lists = [origins === '*' ? [] : origins, requestHeaders, exposedHeaders];
  if (lists.some((list) => list.length > mostItems)) return `Azure Storage holds ${mostItems} values in a list. Remove some.`;
  const values = lists.flat();
  if (values.some((value) => value.length > longestItem)) return `Azure Storage holds ${longestItem} characters in a value. Remove the longer one.`;
  if (values.some((value) => value.includes(','))) return 'Azure Storage takes a comma for the end of a value. Remove the value that has one.';
  if (values.some((value) => /^(?:[-@]|$)/.test(value))) return 'The Azure command line takes a value that begins with - or @ for something else. Remove it.';
  return null;
}

const option = (name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`--${name} ${values.map(shellString).join(' ')}`];

/** In single quotes a shell reads everything but a single quote as it is. */
const shellString = (value: string): string => `'${value.replaceAll("'", () => "'\\''")}'`;
