package main

import "github.com/rs/cors"

// Around everything, login and redirects included:
// http.ListenAndServe(":8080", corsOptions.Handler(mux))
var corsOptions = cors.New(cors.Options{
	AllowedOrigins: []string{"https://app.example"},

	// Of all others the package grants OPTIONS only, so GET, HEAD and POST stand here, too.
	AllowedMethods: []string{"GET", "HEAD", "POST"},

	// An empty list would grant Content-Type; Origin needs no grant.
	AllowedHeaders: []string{
		"Origin",
		"authorization",
		"content-type",
		"baggage",
		"sentry-trace",
		"traceparent",
		"tracestate",
		"x-client-info",
		"x-csrf-token",
		"x-datadog-parent-id",
		"x-requested-with",
		"x-request-id",
		"if-match",
		"if-none-match",
		"idempotency-key",
	},

	MaxAge: 7200,
})
