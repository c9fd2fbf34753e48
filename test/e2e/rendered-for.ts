import { type Report, recipes } from '../../src/index.ts';

/** What the recipe makes of the least policy for a report's one blocked preflight without request headers. */
export function renderedFor(recipe: string, { exchanges: [exchange] }: Report): string {
  if (!exchange) throw new Error('The report is empty.');
  const rendered = recipes.find(({ id }) => id === recipe)?.render({
    origins: [exchange.origin], credentialed: exchange.credentials.value !== 'omit', methods: [exchange.method],
    requestHeaders: [], exposedHeaders: [], maxAge: 600,
  });
  if (!rendered?.ok) throw new Error(`${recipe} has no snippet.`);
  return rendered.snippet;
}
