<?php

namespace App\EventSubscriber;

use Symfony\Component\EventDispatcher\EventSubscriberInterface;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Event\RequestEvent;
use Symfony\Component\HttpKernel\Event\ResponseEvent;
use Symfony\Component\HttpKernel\KernelEvents;

final class CorsSubscriber implements EventSubscriberInterface
{
    private const ORIGINS = ['https://app.example'];

    public static function getSubscribedEvents(): array
    {
        // Before the router and the firewall. After other listeners, but before Symfony sends what is streamed.
        return [KernelEvents::REQUEST => ['answerPreflight', 4096], KernelEvents::RESPONSE => ['grant', -512]];
    }

    public function answerPreflight(RequestEvent $event): void
    {
        if (self::isPreflight($event->getRequest())) {
            $event->setResponse(new Response('', 204));
        }
    }

    public function grant(ResponseEvent $event): void
    {
        $request = $event->getRequest();
        $response = $event->getResponse();
        $isPreflight = self::isPreflight($request);
        // This alone sends these, whatever a controller or a package does.
        foreach ([
            'Access-Control-Allow-Origin',
            'Access-Control-Allow-Credentials',
            'Access-Control-Allow-Methods',
            'Access-Control-Allow-Headers',
            'Access-Control-Max-Age',
            'Access-Control-Expose-Headers',
        ] as $header) {
            $response->headers->remove($header);
        }
        // Also for an origin that is refused: a cache must not replay that response to another.
        $response->setVary('Origin', false);
        if (in_array($request->headers->get('Origin'), self::ORIGINS, true)) {
            $response->headers->set('Access-Control-Allow-Origin', $request->headers->get('Origin'));
        }
        if (!$isPreflight) {
            $response->headers->set('Access-Control-Expose-Headers', 'content-disposition, etag, link, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, x-request-id');
        }
    }

    private static function isPreflight(Request $request): bool
    {
        return $request->getRealMethod() === 'OPTIONS' && $request->headers->has('Access-Control-Request-Method');
    }
}
