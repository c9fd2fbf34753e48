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
		Origins: []string{
			"http://localhost:3000",
			"http://localhost:5173",
			"http://127.0.0.1:5173",
			"http://[::1]:5173",
		},

		Credentialed: true,

		Methods: []string{"PUT"},

		MaxAgeInSeconds: -1,
	})
	if err != nil {
		log.Fatal(err)
	}
	return middleware.Wrap(next)
}
