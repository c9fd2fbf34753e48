<?php
// First in every script, before the login, the session and any output:
//   require __DIR__ . '/cors.php';
// Also for an origin that is refused: a cache must not replay that response to another.
header('Vary: Origin', false);
if (in_array($_SERVER['HTTP_ORIGIN'] ?? null, [
    'http://localhost:3000',
    'http://localhost:5173',
    'http://127.0.0.1:5173',
    'http://[::1]:5173',
], true)) {
    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
}
header('Access-Control-Allow-Credentials: true');
// An OPTIONS request that is no preflight goes on to the script.
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS' && isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) {
    header('Access-Control-Allow-Methods: PUT');
    header('Access-Control-Max-Age: 0');
    http_response_code(204);
    exit;
}
