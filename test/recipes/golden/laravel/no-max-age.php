<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

class Cors
{
    private const ORIGINS = ['https://app.example'];

    // Above all other middleware: it answers the preflight before the login and the routes.
    public function handle(Request $request, Closure $next)
    {
        $isPreflight = $request->getRealMethod() === 'OPTIONS' && $request->headers->has('Access-Control-Request-Method');
        $response = $isPreflight ? new Response('', 204) : $next($request);
        // This alone sends these, whatever a controller or a package does.
        foreach ([
            'Access-Control-Allow-Origin',
            'Access-Control-Allow-Credentials',
            'Access-Control-Allow-Methods',
            'Access-Control-Allow-Headers',
            'Access-Control-Max-Age',
            'Access-Control-Expose-Headers',
        ] as $header) {
            $response->headers->remove($header);
        }
        // Also for an origin that is refused: a cache must not replay that response to another.
        $response->setVary('Origin', false);
        if (in_array($request->headers->get('Origin'), self::ORIGINS, true)) {
            $response->headers->set('Access-Control-Allow-Origin', $request->headers->get('Origin'));
        }
        if ($isPreflight) {
            $response->headers->set('Access-Control-Allow-Methods', 'PUT');
        }
        return $response;
    }
}
