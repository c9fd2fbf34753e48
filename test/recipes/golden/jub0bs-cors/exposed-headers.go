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

		ResponseHeaders: []string{
			"content-disposition",
			"etag",
			"link",
			"location",
			"ratelimit-limit",
			"ratelimit-remaining",
			"ratelimit-reset",
			"x-request-id",
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	return middleware.Wrap(next)
}
