import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnplainOrigins } from './plain-origin.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** ASP.NET Core with its own middleware, which varies by origin for several origins only, and never without `Origin`. */
export const aspnetCore: Recipe = {
  id: 'aspnet-core',
  title: 'ASP.NET Core',
  language: 'csharp',
  extension: 'cs',
  docs: 'https://learn.microsoft.com/aspnet/core/security/cors',
  where: 'In Program.cs: part 1 before builder.Build(), part 2 right after it, before every other app.Use and app.Map.',
  first: null,
  pitfall: 'After UseHttpsRedirection, UseAuthentication or UseAuthorization the preflight meets a redirect or the login. In IIS, web.config must not add the headers, too.',
  active: 'Build and restart the application.',
  log: '"Microsoft.AspNetCore.Cors": "Debug" under Logging.LogLevel of appsettings.json prints why a request is refused.',
  proof: { kind: 'not-on-the-server', checkedWith: 'a parser for C#' },
  fingerprints: ['kestrel'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins } = policy;
  const refused = refuseUnprintable(policy) ?? refuseUnplainOrigins(policy)
    ?? ([...policy.methods, ...policy.requestHeaders].includes('*') ? 'ASP.NET Core takes * for everything. Name each value.' : null);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const calls = [
    origins === '*' ? '.AllowAnyOrigin()' : call('WithOrigins', origins),
    ...(policy.credentialed ? ['.AllowCredentials()'] : []),
    ...list('WithMethods', policy.methods),
    ...list('WithHeaders', policy.requestHeaders),
    ...list('WithExposedHeaders', policy.exposedHeaders),
    ...(maxAge === null ? [] : [`.SetPreflightMaxAge(TimeSpan.FromSeconds(${maxAge}))`]),
  ];
  const snippet = [
    '// 1. Before builder.Build().',
    'builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy',
    `${calls.map((text) => `    ${text}`).join('\n')}));`,
    '',
    '// 2. Right after builder.Build(): before redirects, login and endpoints.',
    ...(origins === '*' ? [] : [
      'app.Use((context, next) =>',
      '{',
      '    // Also for an origin that is refused: a cache must not replay that response to another.',
      '    context.Response.OnStarting(() =>',
      '    {',
      '        context.Response.Headers.Append("Vary", "Origin");',
      '        return Task.CompletedTask;',
      '    });',
      '    return next(context);',
      '});',
    ]),
    'app.UseCors();',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** A C# string literal of printable ASCII. */
const stringLiteral = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** On one line while that is readable, else one argument to a line. */
function call(name: string, values: readonly string[]): string {
  const items = values.map(stringLiteral);
  const line = `.${name}(${items.join(', ')})`;
  return line.length <= 80 ? line : `.${name}(\n${items.map((item) => `        ${item}`).join(',\n')})`;
}

const list = (name: string, values: readonly string[]): readonly string[] => (values.length === 0 ? [] : [call(name, values)]);
