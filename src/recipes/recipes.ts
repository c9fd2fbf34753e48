import { actixWeb } from './actix-web.ts';
import { apache } from './apache.ts';
import { apiGatewayHttp } from './api-gateway-http.ts';
import { apiGatewayRest } from './api-gateway-rest.ts';
import { aspnetCore } from './aspnet-core.ts';
import { axum } from './axum.ts';
import { azureBlob } from './azure-blob.ts';
import { azureFunctions } from './azure-functions.ts';
import { caddy } from './caddy.ts';
import { cloudflareWorkers } from './cloudflare-workers.ts';
import { cloudfront } from './cloudfront.ts';
import { deno } from './deno.ts';
import { django } from './django.ts';
import { envoy } from './envoy.ts';
import { express } from './express.ts';
import { fastapi } from './fastapi.ts';
import { fastify } from './fastify.ts';
import { firebaseHosting } from './firebase-hosting.ts';
import { flask } from './flask.ts';
import { gcs } from './gcs.ts';
import { gin } from './gin.ts';
import { goNetHttp } from './go-net-http.ts';
import { haproxy } from './haproxy.ts';
import { hono } from './hono.ts';
import { iis } from './iis.ts';
import { ingressNginx } from './ingress-nginx.ts';
import { jub0bsCors } from './jub0bs-cors.ts';
import { koa } from './koa.ts';
import { kong } from './kong.ts';
import { lambda } from './lambda.ts';
import { laravel } from './laravel.ts';
import { lighttpd } from './lighttpd.ts';
import { nestjs } from './nestjs.ts';
import { netlify } from './netlify.ts';
import { nextjs } from './nextjs.ts';
import { nginx } from './nginx.ts';
import { nodeHttp } from './node-http.ts';
import { php } from './php.ts';
import { rails } from './rails.ts';
import type { Recipe } from './recipe.ts';
import { rsCors } from './rs-cors.ts';
import { s3 } from './s3.ts';
import { springBoot } from './spring-boot.ts';
import { springSecurity } from './spring-security.ts';
import { supabaseFunctions } from './supabase-functions.ts';
import { symfony } from './symfony.ts';
import { traefik } from './traefik.ts';
import { vercel } from './vercel.ts';

/** Every recipe, the one that most people need first. */
export const recipes: readonly Recipe[] = [
  express,
  nginx,
  apache,
  nodeHttp,
  fastify,
  koa,
  hono,
  nestjs,
  nextjs,
  flask,
  fastapi,
  django,
  springBoot,
  springSecurity,
  aspnetCore,
  php,
  laravel,
  symfony,
  rails,
  goNetHttp,
  rsCors,
  jub0bsCors,
  gin,
  axum,
  actixWeb,
  caddy,
  haproxy,
  envoy,
  traefik,
  kong,
  ingressNginx,
  lighttpd,
  iis,
  lambda,
  apiGatewayHttp,
  apiGatewayRest,
  cloudfront,
  s3,
  cloudflareWorkers,
  vercel,
  netlify,
  supabaseFunctions,
  deno,
  azureFunctions,
  azureBlob,
  gcs,
  firebaseHosting,
];
