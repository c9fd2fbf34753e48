import type { CorsPolicy } from '../fix/cors-policy.ts';
import { statedMaxAge } from '../fix/respond.ts';
import { phpArray, phpString } from './php-text.ts';
import { refuseUnprintable } from './printable.ts';
import type { Recipe, Rendered } from './recipe.ts';

/** Symfony with an event subscriber, without a bundle from elsewhere. */
export const symfony: Recipe = {
  id: 'symfony',
  title: 'Symfony',
  language: 'php',
  extension: 'php',
  docs: 'https://symfony.com/doc/current/event_dispatcher.html#creating-an-event-subscriber',
  where: 'Save it as src/EventSubscriber/CorsSubscriber.php. Symfony registers it by itself.',
  first: null,
  pitfall: 'A redirect or a login of the web server in front answers the preflight without these headers. Remove NelmioCorsBundle: it sets some of them otherwise.',
  active: 'Run bin/console cache:clear. bin/console debug:event-dispatcher kernel.request must list CorsSubscriber first.',
  log: null,
  proof: { kind: 'server', versions: 'Symfony 5.4 in PHP 8.2' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnprintable(policy);
  if (refused !== null) return { ok: false, refused };
  const { origins } = policy;
  const maxAge = statedMaxAge(policy);
  const ofPreflight = [
    ...setList('Access-Control-Allow-Methods', policy.methods),
    ...setList('Access-Control-Allow-Headers', policy.requestHeaders),
    ...setList('Access-Control-Max-Age', maxAge === null ? [] : [String(maxAge)]),
  ];
  const ofResponse = setList('Access-Control-Expose-Headers', policy.exposedHeaders);
  const snippet = [
    '<?php',
    '',
    'namespace App\\EventSubscriber;',
    '',
    'use Symfony\\Component\\EventDispatcher\\EventSubscriberInterface;',
    'use Symfony\\Component\\HttpFoundation\\Request;',
    'use Symfony\\Component\\HttpFoundation\\Response;',
    'use Symfony\\Component\\HttpKernel\\Event\\RequestEvent;',
    'use Symfony\\Component\\HttpKernel\\Event\\ResponseEvent;',
    'use Symfony\\Component\\HttpKernel\\KernelEvents;',
    '',
    'final class CorsSubscriber implements EventSubscriberInterface',
    '{',
    ...(origins === '*' ? [] : [`    private const ORIGINS = ${phpArray(origins, '    ')};`, '']),
    '    public static function getSubscribedEvents(): array',
    '    {',
    '        // Before the router and the firewall. After other listeners, but before Symfony sends what is streamed.',
    "        return [KernelEvents::REQUEST => ['answerPreflight', 4096], KernelEvents::RESPONSE => ['grant', -512]];",
    '    }',
    '',
    '    public function answerPreflight(RequestEvent $event): void',
    '    {',
    '        if (self::isPreflight($event->getRequest())) {',
    "            $event->setResponse(new Response('', 204));",
    '        }',
    '    }',
    '',
    '    public function grant(ResponseEvent $event): void',
    '    {',
    '        $request = $event->getRequest();',
    '        $response = $event->getResponse();',
    ...(origins === '*'
      ? ["        $response->headers->set('Access-Control-Allow-Origin', '*');"]
      : [
          '        // Also for an origin that is refused: a cache must not replay that response to another.',
          "        $response->setVary('Origin', false);",
          "        if (in_array($request->headers->get('Origin'), self::ORIGINS, true)) {",
          "            $response->headers->set('Access-Control-Allow-Origin', $request->headers->get('Origin'));",
          '        }',
        ]),
    ...(policy.credentialed ? ["        $response->headers->set('Access-Control-Allow-Credentials', 'true');"] : []),
    ...(ofPreflight.length === 0 ? [] : ['        if (self::isPreflight($request)) {', ...ofPreflight, '        }']),
    ...(ofResponse.length === 0 ? [] : ['        if (!self::isPreflight($request)) {', ...ofResponse, '        }']),
    '    }',
    '',
    '    private static function isPreflight(Request $request): bool',
    '    {',
    "        return $request->getRealMethod() === 'OPTIONS' && $request->headers->has('Access-Control-Request-Method');",
    '    }',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}

const setList = (name: string, values: readonly string[]): readonly string[] =>
  values.length === 0 ? [] : [`            $response->headers->set('${name}', ${phpString(values.join(', '))});`];
