<?php

namespace App\Http\Middleware;

use Closure;
use Illuminate\Http\Request;
use Illuminate\Http\Response;

class Cors
{
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
        $response->headers->set('Access-Control-Allow-Origin', '*');
        if ($isPreflight) {
            $response->headers->set('Access-Control-Allow-Headers', 'content-type');
            $response->headers->set('Access-Control-Max-Age', '600');
        }
        return $response;
    }
}
