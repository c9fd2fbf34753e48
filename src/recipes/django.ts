import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { pythonList } from './python.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Django with the package django-cors-headers. */
export const django: Recipe = {
  id: 'django',
  title: 'Django',
  language: 'python',
  extension: 'py',
  docs: 'https://github.com/adamchainz/django-cors-headers',
  where: 'At the end of settings.py, after INSTALLED_APPS and MIDDLEWARE.',
  first: 'pip install django-cors-headers',
  pitfall: 'Middleware above CorsMiddleware answers preflights and errors without these headers. Remove another entry of it from MIDDLEWARE.',
  active: 'Run python manage.py check, then restart the server. python manage.py diffsettings must list the CORS settings.',
  log: null,
  proof: { kind: 'server', versions: 'Django 5.2.19 with django-cors-headers 4.9.0' },
  fingerprints: ['wsgiserver'],
  render,
};

/** The browsers' default, in seconds. The package has one of a day. */
const defaultMaxAge = 5;

function render(policy: CorsPolicy): Rendered {
  const { origins } = policy;
  const refused = origins === '*' ? null : originRefusal(origins);
  if (refused !== null) return { ok: false, refused };
  const snippet = [
    '# At the end of settings.py.',
    'INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]',
    '# Above everything else: also above what redirects, compresses or asks for a login.',
    'MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]',
    '',
    ...(origins === '*' ? ['CORS_ALLOW_ALL_ORIGINS = True'] : [`CORS_ALLOWED_ORIGINS = ${pythonList(origins, '')}`]),
    ...(policy.credentialed ? ['CORS_ALLOW_CREDENTIALS = True'] : []),
    `CORS_ALLOW_METHODS = ${pythonList(policy.methods, '')}`,
    `CORS_ALLOW_HEADERS = ${pythonList(policy.requestHeaders, '')}`,
    ...(policy.exposedHeaders.length === 0 ? [] : [`CORS_EXPOSE_HEADERS = ${pythonList(policy.exposedHeaders, '')}`]),
    `CORS_PREFLIGHT_MAX_AGE = ${statedMaxAge(policy) ?? defaultMaxAge}`,
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** The package parses each origin as a URL and compares scheme and authority: what it would drop or add must not be there. */
function originRefusal(origins: readonly string[]): string | null {
  return origins.every((origin) => /^[a-z][0-9a-z+.-]*:\/\/[0-9A-Za-z.:[\]_-]+$/.test(origin)) ? null : 'A value is not an origin. Write each one as scheme://host.';
}
