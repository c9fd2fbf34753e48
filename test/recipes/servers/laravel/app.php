<?php
// Laravel without a skeleton. Each server has its snippet in the folder it is started in.
// 401, 404 and 500 are left to Laravel.
use Illuminate\Config\Repository;
use Illuminate\Contracts\Debug\ExceptionHandler;
use Illuminate\Filesystem\FilesystemServiceProvider;
use Illuminate\Foundation\Application;
use Illuminate\Foundation\Bootstrap;
use Illuminate\Foundation\Exceptions\Handler;
use Illuminate\Foundation\Http\Kernel;
use Illuminate\Http\RedirectResponse;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Facade;
use Illuminate\Translation\TranslationServiceProvider;
use Illuminate\View\ViewServiceProvider;

require '/usr/share/php/Illuminate/autoload.php';
require getcwd() . '/Cors.php';

final class Authenticate
{
    public function handle(Request $request, Closure $next)
    {
        if ($request->path() === 'private' && $request->getUser() === null) {
            abort(401);
        }
        return $next($request);
    }
}

final class HttpKernel extends Kernel
{
    protected $middleware = [App\Http\Middleware\Cors::class, Authenticate::class];
    protected $bootstrappers = [Bootstrap\HandleExceptions::class, Bootstrap\BootProviders::class];
}

$app = new Application(getcwd());
$app->instance('config', new Repository([
    'app' => ['env' => 'production', 'debug' => false, 'locale' => 'en', 'fallback_locale' => 'en'],
    'logging' => ['default' => 'none', 'channels' => ['none' => ['driver' => 'monolog', 'handler' => Monolog\Handler\NullHandler::class]]],
    'view' => ['paths' => [], 'compiled' => getcwd()],
]));
$app->detectEnvironment(fn () => 'production');
Facade::setFacadeApplication($app);
$app->singleton(ExceptionHandler::class, Handler::class);
foreach ([FilesystemServiceProvider::class, TranslationServiceProvider::class, ViewServiceProvider::class] as $provider) {
    $app->register($provider);
}

$router = $app['router'];
$router->any('/data', fn (Request $request) => $request->isMethod('GET')
    // Some package grants everyone.
    ? new Response('data', 200, ['Vary' => 'Accept-Encoding', 'x-trace' => '7', 'Access-Control-Allow-Origin' => '*'])
    : new Response($request->method() . ' was here'));
$router->get('/cacheable', fn () => new Response('cacheable', 200, ['Cache-Control' => 'max-age=600']));
$router->get('/login', fn () => new Response('welcome', 200, ['Set-Cookie' => 'session=alice; HttpOnly']));
$router->get('/session', fn (Request $request) => new Response($request->header('Cookie', 'nobody')));
$router->any('/private', fn () => new Response('private'));
$router->any('/moved', fn () => new RedirectResponse('/data', 308));
$router->get('/broken', fn () => throw new RuntimeException('broken'));
$router->get('/unreachable', fn () => abort(502));
$router->post('/upload', fn (Request $request) => strlen($request->getContent()) > 1024 ? abort(413) : new Response('upload'));

$kernel = $app->make(HttpKernel::class);
$request = Request::capture();
$response = $kernel->handle($request);
$response->send();
$kernel->terminate($request, $response);
