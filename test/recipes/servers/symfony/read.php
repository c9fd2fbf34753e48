<?php
// Runs each subscriber with objects in the place of Symfony's.
namespace Symfony\Component\EventDispatcher {
    interface EventSubscriberInterface {}
}

namespace Symfony\Component\HttpKernel\Event {
    class RequestEvent
    {
        public function __construct(private object $request, private ?object $response = null) {}

        public function getRequest(): object { return $this->request; }

        public function setResponse(object $response): void { $this->response = $response; }

        public function getResponse(): ?object { return $this->response; }
    }

    class ResponseEvent extends RequestEvent {}
}

namespace {
    use Symfony\Component\HttpFoundation;
    use Symfony\Component\HttpKernel\Event;

    require __DIR__ . '/http-foundation.php';

    HttpFoundation\printTables('App\EventSubscriber', 'CorsSubscriber', function ($subscriber, $request) {
        $asked = new Event\RequestEvent($request);
        $subscriber->answerPreflight($asked);
        $answered = new Event\ResponseEvent($request, $asked->getResponse() ?? new HttpFoundation\Response('from the application'));
        $subscriber->grant($answered);
        return $answered->getResponse();
    });
}
