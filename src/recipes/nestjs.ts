import type { CorsPolicy } from '../fix/cors-policy.ts';
import { corsPackageChoice, corsPackageOptions } from './cors-package.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** NestJS on Express, its default. */
export const nestjs: Recipe = {
  id: 'nestjs',
  title: 'NestJS',
  language: 'typescript',
  extension: 'ts',
  docs: 'https://docs.nestjs.com/security/cors',
  where: 'In main.ts, right after NestFactory.create<NestExpressApplication>(…), before every app.use.',
  first: null,
  pitfall: 'NestFactory.create(…, { cors: true }) allows every origin and every header, and answers first. Leave that option out.',
  active: 'Restart the application.',
  log: null,
  proof: { kind: 'server', versions: 'NestJS 12.5.1 with Express' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const snippet = [
    '// In main.ts, right after NestFactory.create<NestExpressApplication>(AppModule): before every app.use.',
    ...corsPackageOptions(policy),
    '',
    'app.enableCors((request, callback) => {',
    ...corsPackageChoice,
    '});',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
