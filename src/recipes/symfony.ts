import type { CorsPolicy } from '../fix/cors-policy.ts';
import { grantStatements, isPreflight, originsConstant } from './http-foundation.ts';
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
  pitfall: 'A redirect or a login of the web server in front answers the preflight without these headers. Remove NelmioCorsBundle.',
  active: 'Run bin/console cache:clear. bin/console debug:event-dispatcher kernel.request must list CorsSubscriber first.',
  log: null,
  proof: { kind: 'server', versions: 'Symfony 5.4 in PHP 8.2' },
  fingerprints: [],
  render,
};

function render(policy: CorsPolicy): Rendered {
  const refused = refuseUnprintable(policy);
  if (refused !== null) return { ok: false, refused };
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
    ...originsConstant(policy),
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
    '        $isPreflight = self::isPreflight($request);',
    ...grantStatements(policy),
    '    }',
    '',
    '    private static function isPreflight(Request $request): bool',
    '    {',
    `        return ${isPreflight};`,
    '    }',
    '}',
  ];
  return { ok: true, snippet: `${snippet.join('\n')}\n` };
}
