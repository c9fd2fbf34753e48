package main

import (
	"net/http"
	"slices"
)

var corsOrigins = []string{
	"http://localhost:3000",
	"http://localhost:5173",
	"http://127.0.0.1:5173",
	"http://[::1]:5173",
}

// withCORS goes around everything, login and redirects included:
// http.ListenAndServe(":8080", withCORS(mux))
func withCORS(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Also for an origin that is refused: a cache must not replay that response to another.
		w.Header().Add("Vary", "Origin")
		if origin := r.Header.Get("Origin"); slices.Contains(corsOrigins, origin) {
			w.Header().Set("Access-Control-Allow-Origin", origin)
		}
		w.Header().Set("Access-Control-Allow-Credentials", "true")
		// An OPTIONS request that is no preflight goes on to the application.
		if r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == "" {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Access-Control-Allow-Methods", "PUT")
		w.Header().Set("Access-Control-Max-Age", "0")
		w.WriteHeader(http.StatusNoContent)
	})
}
