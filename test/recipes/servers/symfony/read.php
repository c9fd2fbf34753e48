<?php
// Runs each subscriber with objects in the place of Symfony's, which keep what it sets, for each origin that it names
// and for another one.
namespace Symfony\Component\EventDispatcher {
    interface EventSubscriberInterface {}
}

namespace Symfony\Component\HttpFoundation {
    class Headers
    {
        public array $lines = [];

        public function __construct(private array $received = []) {}

        public function get(string $name): ?string { return $this->received[$name] ?? null; }

        public function has(string $name): bool { return isset($this->received[$name]); }

        public function set(string $name, string $value): void { $this->lines[] = [$name, $value]; }

        public function remove(string $name): void {}
    }

    class Request
    {
        public Headers $headers;

        public function __construct(?string $origin, bool $isPreflight)
        {
            $this->headers = new Headers(['Origin' => $origin] + ($isPreflight ? ['Access-Control-Request-Method' => 'PUT'] : []));
        }

        public function getRealMethod(): string { return 'OPTIONS'; }
    }

    class Response
    {
        public Headers $headers;

        public function __construct(public string $body = '', public int $status = 200) { $this->headers = new Headers(); }

        public function setVary(string $name, bool $replace): void { $this->headers->set('Vary', $replace ? 'The snippet replaces Vary.' : $name); }
    }
}

namespace Symfony\Component\HttpKernel {
    class KernelEvents
    {
        const REQUEST = 'kernel.request';
        const RESPONSE = 'kernel.response';
    }
}

namespace Symfony\Component\HttpKernel\Event {
    class RequestEvent
    {
        public ?object $response = null;

        public function __construct(private object $request) {}

        public function getRequest(): object { return $this->request; }

        public function setResponse(object $response): void { $this->response = $response; }

        public function getResponse(): object { return $this->response; }
    }

    class ResponseEvent extends RequestEvent {}
}

namespace {
    function answer(object $subscriber, ?string $origin, bool $isPreflight): array
    {
        $request = new Symfony\Component\HttpFoundation\Request($origin, $isPreflight);
        $asked = new Symfony\Component\HttpKernel\Event\RequestEvent($request);
        $subscriber->answerPreflight($asked);
        if (($asked->response?->status === 204) !== $isPreflight) {
            throw new Exception('The subscriber answers what it must not, or does not answer a preflight.');
        }
        $answered = new Symfony\Component\HttpKernel\Event\ResponseEvent($request);
        $answered->setResponse(new Symfony\Component\HttpFoundation\Response());
        $subscriber->grant($answered);
        return $answered->getResponse()->headers->lines;
    }

    $tables = [];
    foreach (json_decode(stream_get_contents(STDIN)) as $index => $snippet) {
        eval(substr(str_replace("\nnamespace App\\EventSubscriber;\n", "\nnamespace Recipe$index;\n", $snippet), strlen('<?php')));
        $class = "Recipe$index\\CorsSubscriber";
        $subscriber = new $class();
        $origins = (new ReflectionClass($class))->getConstants()['ORIGINS'] ?? [];
        $headers = array_map(fn ($origin) => [answer($subscriber, $origin, true), answer($subscriber, $origin, false)], [...$origins, null]);
        $tables[] = ['origins' => $origins, 'headers' => $headers];
    }
    echo json_encode($tables, JSON_THROW_ON_ERROR);
}
