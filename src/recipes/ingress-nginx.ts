import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import type { Recipe, Rendered } from './recipe.ts';
import { yamlString } from './yaml.ts';

/** ingress-nginx, the controller that the Kubernetes project gave up in March 2026, by its annotations; it sends no `Vary`. */
export const ingressNginx: Recipe = {
  id: 'ingress-nginx',
  title: 'ingress-nginx (Kubernetes)',
  language: 'yaml',
  extension: 'yaml',
  docs: 'https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#enable-cors',
  where: 'Among the annotations of the Ingress of the API. They hold for all of its paths.',
  first: 'Let the application send Vary: Origin, which ingress-nginx does not. Plan to replace ingress-nginx: it gets no fixes any more.',
  pitfall: 'A value that the controller does not know stands for its default, which is every origin. The application must send no Access-Control headers of its own, and it gets no OPTIONS request from an allowed origin.',
  active: 'Run kubectl describe ingress. It must list them, and the log of the controller must warn of none.',
  log: 'log-format-upstream in the ConfigMap of the controller can print $http_origin and $sent_http_access_control_allow_origin.',
  proof: { kind: 'not-on-the-server', checkedWith: 'a YAML parser and the values that the controller accepts' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const { origins, methods, requestHeaders, exposedHeaders } = policy;
  const refused = refusal(policy);
  if (refused !== null) return { ok: false, refused };
  // Each has a default, and all but one of them grant more than the policy.
  const annotations = [
    ['enable-cors', 'true'],
    ['cors-allow-origin', origins === '*' ? '*' : origins.join(',')],
    ['cors-allow-credentials', String(policy.credentialed)],
    ['cors-allow-methods', [...new Set(['GET', 'HEAD', 'POST', ...methods])].join(', ')],
    ['cors-allow-headers', ['Origin', ...requestHeaders].join(', ')],
    ...(exposedHeaders.length === 0 ? [] : [['cors-expose-headers', exposedHeaders.join(', ')] as const]),
    ['cors-max-age', String(statedMaxAge(policy) ?? browsersMaxAge)],
  ] as const;
  const snippet = ['metadata:', '  annotations:', ...annotations.map(([name, value]) => `    nginx.ingress.kubernetes.io/${name}: ${yamlString(value)}`)];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

/** The seconds for which browsers remember a preflight that states none. https://fetch.spec.whatwg.org/#cors-preflight-fetch */
const browsersMaxAge = 5;

function refusal({ origins, methods, requestHeaders, exposedHeaders }: CorsPolicy): string | null {
  if (origins !== '*' && !origins.every((origin) => /^https?:\/\/[0-9a-z.-]+(:\d+)?$/.test(origin))) {
    return 'ingress-nginx knows origins with http and https only, with letters, digits, dots and hyphens. Remove the others.';
  }
  if (!methods.every((method) => /^[A-Za-z]+$/.test(method))) return 'ingress-nginx knows methods of letters only. Remove the others.';
  return [...requestHeaders, ...exposedHeaders].every((name) => /^[0-9A-Za-z_-]+$/.test(name))
    ? null
    : 'ingress-nginx knows header names of letters, digits, hyphens and underscores only. Remove the others.';
}
