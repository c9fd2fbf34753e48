<?php
// Runs each middleware with objects in the place of Laravel's.
use Symfony\Component\HttpFoundation;

require __DIR__ . '/../symfony/http-foundation.php';

class_alias(HttpFoundation\Request::class, 'Illuminate\Http\Request');
class_alias(HttpFoundation\Response::class, 'Illuminate\Http\Response');

HttpFoundation\printTables('App\Http\Middleware', 'Cors', fn ($middleware, $request) => $middleware->handle($request, fn () => new HttpFoundation\Response('from the application')));
