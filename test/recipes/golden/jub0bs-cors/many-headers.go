package main

import (
	"log"
	"net/http"

	"github.com/jub0bs/cors"
)

// withCORS goes around everything, login and redirects included:
// http.ListenAndServe(":8080", withCORS(mux))
func withCORS(next http.Handler) http.Handler {
	middleware, err := cors.NewMiddleware(cors.Config{
		Origins: []string{"https://app.example"},

		RequestHeaders: []string{
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

		MaxAgeInSeconds: 7200,
	})
	if err != nil {
		log.Fatal(err)
	}
	return middleware.Wrap(next)
}
