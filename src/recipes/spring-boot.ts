import type { Recipe } from './recipe.ts';
import { springCorsFilter } from './spring.ts';

/** Spring Boot on servlets, without Spring Security. */
export const springBoot: Recipe = {
  id: 'spring-boot',
  title: 'Spring Boot',
  language: 'java',
  extension: 'java',
  docs: 'https://docs.spring.io/spring-framework/reference/web/webmvc-cors.html#mvc-cors-filter',
  where: 'Save it as CorsConfig.java beside the class with @SpringBootApplication, with the package name of that class.',
  first: null,
  pitfall: 'The annotation @CrossOrigin and addCorsMappings add nothing to what a filter answers. Remove them, and the headers of a gateway in front, which would come twice.',
  active: 'Build and restart the application. The beans endpoint of Spring Boot Actuator must list corsFilter.',
  log: 'logging.level.org.springframework.web.cors=DEBUG in application.properties prints why a request is refused.',
  proof: { kind: 'server', versions: 'Spring Boot 3.5.6' },
  fingerprints: ['spring'],
  render: springCorsFilter,
};
