package main

import (
	"net/http"
	"slices"
)

var corsOrigins = []string{"https://app.example"}

// withCORS goes around everything, login and redirects included:
// http.ListenAndServe(":8080", withCORS(router.Handler()))
func withCORS(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Also for an origin that is refused: a cache must not replay that response to another.
		w.Header().Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(corsOrigins, origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
		}
		// An OPTIONS request that is no preflight goes on to the application.
		if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
			w.Header().Set("Access-Control-Expose-Headers", "content-disposition, etag, link, location, ratelimit-limit, ratelimit-remaining, ratelimit-reset, x-request-id")
			next.ServeHTTP(w, r)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
}
