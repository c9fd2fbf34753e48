import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Spring Boot on servlets, with or without Spring Security. */
export const springBoot: Recipe = {
  id: 'spring-boot',
  title: 'Spring Boot',
  language: 'java',
  extension: 'java',
  docs: 'https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html#mvc-cors-filter',
  where: 'Save it as CorsConfig.java beside the class with @SpringBootApplication, with the package name of that class.',
  first: null,
  pitfall: 'The annotation @CrossOrigin and addCorsMappings come after Spring Security, which answers the preflight with 401. A gateway that adds the headers, too, sends them twice.',
  active: 'Build and restart the application. The beans endpoint of Spring Boot Actuator must list corsFilter.',
  log: 'logging.level.org.springframework.web.cors=DEBUG in application.properties prints why a request is refused.',
  proof: { kind: 'server', versions: 'Spring Boot 3.5.6 with Spring Security 6.5.5' },
  fingerprints: ['spring'],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, exposedHeaders } = policy;
  const refused = refuseUnprintable(policy) ?? (origins === '*' ? null : originRefusal(origins))
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

/** Spring compares without regard to case, and without a slash at the end. */
const originRefusal = (origins: readonly string[]): string | null =>
  origins.every((origin) => /^[a-z][0-9a-z+.-]*:\/\/[0-9a-z.:[\]_-]+$/.test(origin)) ? null : 'A value is not an origin in lower case. Write each one as scheme://host.';
