import { runInNewContext } from 'node:vm';
import { readCorsPackage, type CorsDelegate } from '../cors-package.ts';
import { serveModules } from '../node-module.ts';
import type { RecipeServer } from '../recipe-server.ts';
import { npmPackages, npmVersion } from '../toolchain.ts';
import { checkTypescript } from '../typescript.ts';

// 404, 413 and 500 are left to NestJS. Decorators are called by hand, which spares a compiler.
const application = (snippet: string): string => `
import 'reflect-metadata';
import { All, Controller, Get, Header, HttpException, Module, Post, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

const routes = [
  [Get('data'), () => 'data', Header('x-trace', '7')],
  [All('data'), (request) => request.method + ' was here'],
  [Get('cacheable'), () => 'cacheable', Header('Cache-Control', 'max-age=600')],
  [Get('login'), () => 'welcome', Header('Set-Cookie', 'session=alice; HttpOnly')],
  [Get('session'), (request) => request.headers.cookie ?? 'nobody'],
  [All('private'), () => 'private'],
  [Get('broken'), () => { throw new Error('broken'); }],
  [Get('unreachable'), () => { throw new HttpException('unreachable', 502); }],
  [Post('upload'), () => 'upload'],
];
const Api = class Api {};
routes.forEach(([route, handle, ...others], index) => {
  const name = 'route' + index;
  Api.prototype[name] = handle;
  const descriptor = Object.getOwnPropertyDescriptor(Api.prototype, name);
  for (const decorate of [route, ...others]) decorate(Api.prototype, name, descriptor);
  Req()(Api.prototype, name, 0);
});
Controller()(Api);
const AppModule = class AppModule {};
Module({ controllers: [Api] })(AppModule);
const app = await NestFactory.create(AppModule, { logger: false });

${snippet}

app.use((request, response, next) => {
  response.vary('Accept-Encoding');
  if (request.path === '/private' && request.headers.authorization === undefined) response.status(401).send('log in');
  else if (request.path === '/moved') response.redirect(308, '/data');
  else next();
});
app.useBodyParser('text', { limit: 1024, type: '*/*' });
await app.listen(port, '127.0.0.1');
`;

/** The snippet where it belongs. */
const main = (snippet: string): string => [
  "import { NestFactory } from '@nestjs/core';",
  "import type { NestExpressApplication } from '@nestjs/platform-express';",
  'const app = await NestFactory.create<NestExpressApplication>(class {});',
  snippet,
].join('\n');

export const server: RecipeServer = {
  version: async () => `NestJS ${await npmVersion('nestjs', '@nestjs/core')} with Express`,
  check: (snippets) => checkTypescript('nestjs', snippets.map(main)),
  start: async (snippets) => serveModules(snippets.map(application), await npmPackages('nestjs')),
  read: async (snippets) => snippets.map((snippet) =>
    readCorsPackage(runInNewContext(`let used; const app = { enableCors: (given) => { used = given; } };\n${snippet}; used;`) as CorsDelegate)),
};
