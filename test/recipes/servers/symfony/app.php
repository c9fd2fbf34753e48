<?php
// Each server has its snippet in the folder it is started in; they share the container, which names the class only.
// 401, 404 and 500 are left to Symfony.
use Symfony\Bundle\FrameworkBundle\Kernel\MicroKernelTrait;
use Symfony\Component\DependencyInjection\Loader\Configurator\ContainerConfigurator;
use Symfony\Component\HttpFoundation\RedirectResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;
use Symfony\Component\HttpKernel\Event\RequestEvent;
use Symfony\Component\HttpKernel\Exception\HttpException;
use Symfony\Component\HttpKernel\Kernel;
use Symfony\Component\Routing\Loader\Configurator\RoutingConfigurator;

require '/usr/share/php/Symfony/Bundle/FrameworkBundle/autoload.php';
require getcwd() . '/CorsSubscriber.php';

final class App extends Kernel
{
    use MicroKernelTrait;

    public function registerBundles(): iterable
    {
        return [new Symfony\Bundle\FrameworkBundle\FrameworkBundle()];
    }

    public function getProjectDir(): string
    {
        return __DIR__;
    }

    private function configureContainer(ContainerConfigurator $container): void
    {
        $container->extension('framework', ['secret' => 'secret', 'http_method_override' => false]);
        $container->services()->set(App\EventSubscriber\CorsSubscriber::class)->tag('kernel.event_subscriber');
        $container->services()->set('logger', Psr\Log\NullLogger::class);
        $container->services()->set('login', static::class)->synthetic()->tag('kernel.event_listener', ['event' => 'kernel.request', 'method' => 'authenticate', 'priority' => 8]);
    }

    private function configureRoutes(RoutingConfigurator $routes): void
    {
        foreach (['data', 'cacheable', 'login', 'session', 'private', 'moved', 'broken', 'unreachable', 'upload'] as $name) {
            $routes->add($name, "/$name")->controller([$this, $name]);
        }
    }

    public function authenticate(RequestEvent $event): void
    {
        if ($event->isMainRequest() && $event->getRequest()->getPathInfo() === '/private' && $event->getRequest()->getUser() === null) {
            throw new HttpException(401, 'log in');
        }
    }

    public function data(Request $request): Response
    {
        // Some bundle grants everyone.
        $headers = ['Vary' => 'Accept-Encoding', 'Access-Control-Allow-Origin' => '*'];
        return $request->isMethod('GET') ? new Response('data', 200, $headers + ['x-trace' => '7']) : new Response($request->getMethod() . ' was here', 200, $headers);
    }

    public function cacheable(): Response
    {
        return new Response('cacheable', 200, ['Cache-Control' => 'max-age=600']);
    }

    public function login(): Response
    {
        return new Response('welcome', 200, ['Set-Cookie' => 'session=alice; HttpOnly']);
    }

    public function session(Request $request): Response
    {
        return new Response($request->headers->get('Cookie', 'nobody'));
    }

    public function private(): Response
    {
        return new Response('private');
    }

    public function moved(): Response
    {
        return new RedirectResponse('/data', 308);
    }

    public function broken(): Response
    {
        throw new RuntimeException('broken');
    }

    public function unreachable(): Response
    {
        throw new HttpException(502, 'unreachable');
    }

    public function upload(Request $request): Response
    {
        if (strlen($request->getContent()) > 1024) {
            throw new HttpException(413, 'too large');
        }
        return new Response('upload');
    }
}

$kernel = new App('prod', false);
$kernel->boot();
$kernel->getContainer()->set('login', $kernel);
// On the command line it only writes the container.
if (PHP_SAPI === 'cli-server') {
    $request = Request::createFromGlobals();
    $response = $kernel->handle($request);
    $response->send();
    $kernel->terminate($request, $response);
}
