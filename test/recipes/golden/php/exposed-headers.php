<?php
// First in every script, before the login, the session and any output:
//   require __DIR__ . '/cors.php';
// Also for an origin that is refused: a cache must not replay that response to another.
header('Vary: Origin', false);
if (in_array($_SERVER['HTTP_ORIGIN'] ?? null, ['https://app.example'], true)) {
    header('Access-Control-Allow-Origin: ' . $_SERVER['HTTP_ORIGIN']);
}
// An OPTIONS request that is no preflight goes on to the script.
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS' && isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) {
    http_response_code(204);
    exit;
}
header('Access-Control-Expose-Headers: content-disposition, etag, link, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, x-request-id');
