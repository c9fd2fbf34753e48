import { denoVersion } from '../deno-module.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { server as deno } from './deno.ts';

// A function of Supabase calls Deno.serve; its edge runtime comes as an image of a container only.
export const server: RecipeServer = {
  ...deno,
  version: async () => `${await denoVersion()} instead of Supabase's edge runtime`,
};
