<?php
// Stands in the place of Symfony's HttpFoundation, on which Laravel is built, too: a response keeps what is set on it.
namespace Symfony\Component\HttpFoundation;

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

/**
 * Prints what each of the snippets on standard input does, for each origin that it names and for another one.
 * @param callable(object, Request): Response $handle passes a request to an object of the snippet's class
 */
function printTables(string $namespace, string $class, callable $handle): void
{
    $tables = [];
    foreach (json_decode(stream_get_contents(STDIN)) as $index => $snippet) {
        eval(substr(str_replace("\nnamespace $namespace;\n", "\nnamespace Recipe$index;\n", $snippet), strlen('<?php')));
        $name = "Recipe$index\\$class";
        $object = new $name();
        $answer = function (?string $origin, bool $isPreflight) use ($handle, $object) {
            $response = $handle($object, new Request($origin, $isPreflight));
            if (($response->status === 204) !== $isPreflight) {
                throw new \Exception('The snippet answers what it must not, or does not answer a preflight.');
            }
            return $response->headers->lines;
        };
        $origins = (new \ReflectionClass($name))->getConstants()['ORIGINS'] ?? [];
        $headers = array_map(fn ($origin) => [$answer($origin, true), $answer($origin, false)], [...$origins, null]);
        $tables[] = ['origins' => $origins, 'headers' => $headers];
    }
    echo json_encode($tables, JSON_THROW_ON_ERROR);
}
