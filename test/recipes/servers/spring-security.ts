import type { RecipeServer } from '../recipe-server.ts';
import { checkSpring, readSpring, serveSpring, springVersion } from '../spring.ts';

export const server: RecipeServer = {
  version: async () => `Spring Boot ${await springVersion('spring-security', 'spring-boot')} with Spring Security ${await springVersion('spring-security', 'spring-security-web')}`,
  check: (snippets) => checkSpring('spring-security', snippets),
  read: readSpring,
  start: (snippets) => serveSpring('spring-security', snippets),
};
