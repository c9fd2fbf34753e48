<?php
// Runs each middleware with objects in the place of Laravel's, which keep what it sets, for each origin that it names
// and for another one.
namespace Illuminate\Http {
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
        public function __construct(public Headers $headers) {}

        public function getRealMethod(): string { return 'OPTIONS'; }
    }

    class Response
    {
        public Headers $headers;

        public function __construct(public string $body = '', public int $status = 200) { $this->headers = new Headers(); }

        public function setVary(string $name, bool $replace): void { $this->headers->set('Vary', $replace ? 'The snippet replaces Vary.' : $name); }
    }
}

namespace {
    use Illuminate\Http\{Headers, Request, Response};

    function answer(object $middleware, ?string $origin, bool $isPreflight): array
    {
        $received = ['Origin' => $origin] + ($isPreflight ? ['Access-Control-Request-Method' => 'PUT'] : []);
        $response = $middleware->handle(new Request(new Headers($received)), fn () => new Response('from the application'));
        if (($response->status === 204) !== $isPreflight) {
            throw new Exception('The middleware answers what it must not, or does not answer a preflight.');
        }
        return $response->headers->lines;
    }

    $tables = [];
    foreach (json_decode(stream_get_contents(STDIN)) as $index => $snippet) {
        eval(substr(str_replace("\nnamespace App\\Http\\Middleware;\n", "\nnamespace Recipe$index;\n", $snippet), strlen('<?php')));
        $class = "Recipe$index\\Cors";
        $middleware = new $class();
        $origins = (new ReflectionClass($class))->getConstants()['ORIGINS'] ?? [];
        $headers = array_map(fn ($origin) => [answer($middleware, $origin, true), answer($middleware, $origin, false)], [...$origins, null]);
        $tables[] = ['origins' => $origins, 'headers' => $headers];
    }
    echo json_encode($tables, JSON_THROW_ON_ERROR);
}
