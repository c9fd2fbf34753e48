<?php
// Each server has its snippet in the folder it is started in.
require getcwd() . '/cors.php';

header('Vary: Accept-Encoding', false);
// PHP itself answers 500 after a fatal error, without a body.
register_shutdown_function(function () {
    if (error_get_last() !== null) {
        echo 'broken';
    }
});
$method = $_SERVER['REQUEST_METHOD'];

switch ($_SERVER['REQUEST_URI']) {
    case '/data':
        if ($method === 'GET') {
            header('x-trace: 7');
        }
        echo $method === 'GET' ? 'data' : "$method was here";
        break;
    case '/cacheable':
        header('Cache-Control: max-age=600');
        echo 'cacheable';
        break;
    case '/login':
        setcookie('session', 'alice', ['httponly' => true]);
        echo 'welcome';
        break;
    case '/session':
        echo $_SERVER['HTTP_COOKIE'] ?? 'nobody';
        break;
    case '/private':
        http_response_code(isset($_SERVER['PHP_AUTH_USER']) ? 200 : 401);
        echo isset($_SERVER['PHP_AUTH_USER']) ? 'private' : 'log in';
        break;
    case '/moved':
        header('Location: /data', true, 308);
        break;
    case '/broken':
        undefined_function();
    case '/unreachable':
        http_response_code(502);
        echo 'unreachable';
        break;
    case '/upload':
        http_response_code(strlen(file_get_contents('php://input')) > 1024 ? 413 : 200);
        echo 'upload';
        break;
    default:
        http_response_code(404);
        echo 'missing';
}
