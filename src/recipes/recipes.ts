import { apache } from './apache.ts';
import { express } from './express.ts';
import { nginx } from './nginx.ts';
import { nodeHttp } from './node-http.ts';
import type { Recipe } from './recipe.ts';

/** Every recipe, the one that most people need first. */
export const recipes: readonly Recipe[] = [express, nginx, apache, nodeHttp];
