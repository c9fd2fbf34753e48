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

		Methods: []string{"PUT"},
	})
	if err != nil {
		log.Fatal(err)
	}
	return middleware.Wrap(next)
}
