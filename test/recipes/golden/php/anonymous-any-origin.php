<?php
// First in every script, before the login, the session and any output:
//   require __DIR__ . '/cors.php';
header('Access-Control-Allow-Origin: *');
// An OPTIONS request that is no preflight goes on to the script.
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS' && isset($_SERVER['HTTP_ACCESS_CONTROL_REQUEST_METHOD'])) {
    header('Access-Control-Allow-Headers: content-type');
    header('Access-Control-Max-Age: 600');
    http_response_code(204);
    exit;
}
