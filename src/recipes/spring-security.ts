import type { Recipe } from './recipe.ts';
import { springCorsFilter } from './spring.ts';

/** Spring Boot on servlets, with Spring Security. */
export const springSecurity: Recipe = {
  id: 'spring-security',
  title: 'Spring Boot with Spring Security',
  language: 'java',
  extension: 'java',
  docs: 'https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html#mvc-cors-filter',
  where: 'Save it as CorsConfig.java beside the class with @SpringBootApplication, with the package name of that class. Leave the filter chain of Spring Security as it is.',
  first: null,
  pitfall: 'The annotation @CrossOrigin and addCorsMappings come after Spring Security, which answers the preflight with 401. A gateway that adds the headers, too, sends them twice.',
  active: 'Build and restart the application. The beans endpoint of Spring Boot Actuator must list corsFilter.',
  log: 'logging.level.org.springframework.web.cors=DEBUG in application.properties prints why a request is refused.',
  proof: { kind: 'server', versions: 'Spring Boot 3.5.6 with Spring Security 6.5.5' },
  fingerprints: [],
  render: springCorsFilter,
};
