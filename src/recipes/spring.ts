import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnplainOrigins } from './plain-origin.ts';
import { refuseUnprintable } from './printable.ts';
import type { Rendered } from './recipe.ts';

/** Spring's own filter for CORS, registered before every other filter: with Spring Security and without it is the same file. */
export function springCorsFilter(policy: CorsPolicy): Rendered {
  const { origins, exposedHeaders } = policy;
  const refused = refuseUnprintable(policy) ?? refuseUnplainOrigins(policy)
    ?? ([...policy.methods, ...policy.requestHeaders, ...exposedHeaders].includes('*') ? 'Spring takes * for everything. Name each value.' : null);
  if (refused !== null) return { ok: false, refused };
  const maxAge = statedMaxAge(policy);
  const credentials = (name: string): readonly string[] => (policy.credentialed ? [`        ${name}.setAllowCredentials(true);`] : []);
  const snippet = [
    'package com.example;',
    '',
    'import java.util.List;',
    '',
    'import org.springframework.boot.web.servlet.FilterRegistrationBean;',
    'import org.springframework.context.annotation.Bean;',
    'import org.springframework.context.annotation.Configuration;',
    'import org.springframework.core.Ordered;',
    'import org.springframework.web.cors.CorsConfiguration;',
    'import org.springframework.web.cors.CorsUtils;',
    'import org.springframework.web.filter.CorsFilter;',
    '',
    '@Configuration',
    'public class CorsConfig {',
    '',
    '    @Bean',
    '    public FilterRegistrationBean<CorsFilter> corsFilter() {',
    `        List<String> origins = ${listLiteral(origins === '*' ? ['*'] : origins)};`,
    '',
    '        CorsConfiguration preflight = new CorsConfiguration();',
    '        preflight.setAllowedOrigins(origins);',
    '        // Spring turns down every other method, so the first three stand here, too.',
    `        preflight.setAllowedMethods(${listLiteral([...new Set(['GET', 'HEAD', 'POST', ...policy.methods])])});`,
    `        preflight.setAllowedHeaders(${listLiteral(policy.requestHeaders)});`,
    ...credentials('preflight'),
    ...(maxAge === null ? [] : [`        preflight.setMaxAge(${maxAge}L);`]),
    '',
    '        // Browsers let through what the preflight grants. Spring would turn down an OPTIONS request that is none.',
    '        CorsConfiguration actual = new CorsConfiguration();',
    '        actual.setAllowedOrigins(origins);',
    '        actual.setAllowedMethods(List.of("*"));',
    ...(exposedHeaders.length === 0 ? [] : [`        actual.setExposedHeaders(${listLiteral(exposedHeaders)});`]),
    ...credentials('actual'),
    '',
    '        FilterRegistrationBean<CorsFilter> filter = new FilterRegistrationBean<>(',
    '                new CorsFilter(request -> CorsUtils.isPreFlightRequest(request) ? preflight : actual));',
    '        // Before the login and every other filter.',
    '        filter.setOrder(Ordered.HIGHEST_PRECEDENCE);',
    '        return filter;',
    '    }',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** A Java string literal of printable ASCII. Java takes no unicode escape after a second backslash. */
const stringLiteral = (value: string): string => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** On one line while that is readable, else one to a line. */
function listLiteral(values: readonly string[]): string {
  const items = values.map(stringLiteral);
  const line = `List.of(${items.join(', ')})`;
  return line.length <= 80 ? line : `List.of(\n${items.map((item) => `                ${item}`).join(',\n')})`;
}
