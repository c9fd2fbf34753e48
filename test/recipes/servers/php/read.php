<?php
// Runs each snippet in a namespace whose functions keep what it sets, for each origin that it names and for another one.
namespace Recipe;

$lines = [];
$named = [];

function header(string $line, bool $replace = true): void
{
    $GLOBALS['lines'][] = explode(': ', $line, 2);
}

function in_array(mixed $value, array $list, bool $strict): bool
{
    if (!$strict) {
        throw new \Exception('The snippet compares loosely.');
    }
    $GLOBALS['named'] = $list;
    return \in_array($value, $list, true);
}

function http_response_code(int $code): void
{
    if ($code !== 204) {
        throw new \Exception("The recipe writes no $code.");
    }
}

function answer(\Closure $snippet, ?string $origin, bool $isPreflight): array
{
    $GLOBALS['lines'] = [];
    $_SERVER = ['REQUEST_METHOD' => 'OPTIONS', 'HTTP_ORIGIN' => $origin];
    if ($isPreflight) {
        $_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'] = 'PUT';
    }
    if (($snippet() === 'exit') !== $isPreflight) {
        throw new \Exception('The snippet goes on after a preflight, or does not go on.');
    }
    return $GLOBALS['lines'];
}

function compile(string $snippet): \Closure
{
    $tokens = array_map(fn ($token) => $token->is(T_EXIT) ? "return 'exit'" : $token->text, \PhpToken::tokenize($snippet));
    return eval('namespace Recipe; return function () {' . substr(implode($tokens), strlen('<?php')) . '};');
}

echo json_encode(array_map(function (string $text) {
    $GLOBALS['named'] = [];
    $snippet = compile($text);
    $stranger = [answer($snippet, null, true), answer($snippet, null, false)];
    $origins = $GLOBALS['named'];
    $headers = array_map(fn ($origin) => [answer($snippet, $origin, true), answer($snippet, $origin, false)], $origins);
    return ['origins' => $origins, 'headers' => [...$headers, $stranger]];
}, json_decode(stream_get_contents(STDIN))), JSON_THROW_ON_ERROR);
