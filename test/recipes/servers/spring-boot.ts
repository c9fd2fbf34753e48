import type { RecipeServer } from '../recipe-server.ts';
import { checkSpring, readSpring, serveSpring, springVersion } from '../spring.ts';

export const server: RecipeServer = {
  version: async () => `Spring Boot ${await springVersion('spring-boot', 'spring-boot')}`,
  check: (snippets) => checkSpring('spring-boot', snippets),
  read: readSpring,
  start: (snippets) => serveSpring('spring-boot', snippets),
};
