package main

import (
	"errors"
	"io"
	"net/http"
)

// Handler serves the application behind the snippet. The mux makes the 404.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/data", func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			io.WriteString(w, r.Method+" was here")
			return
		}
		w.Header().Set("X-Trace", "7")
		io.WriteString(w, "data")
	})
	mux.HandleFunc("GET /cacheable", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "max-age=600")
		io.WriteString(w, "cacheable")
	})
	mux.HandleFunc("GET /login", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "alice", HttpOnly: true})
		io.WriteString(w, "welcome")
	})
	mux.HandleFunc("GET /session", func(w http.ResponseWriter, r *http.Request) {
		cookie, err := r.Cookie("session")
		if err != nil {
			io.WriteString(w, "nobody")
			return
		}
		io.WriteString(w, cookie.String())
	})
	mux.HandleFunc("/private", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "private")
	})
	mux.Handle("/moved", http.RedirectHandler("/data", http.StatusPermanentRedirect))
	mux.HandleFunc("GET /broken", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "broken", http.StatusInternalServerError)
	})
	mux.HandleFunc("GET /unreachable", func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "unreachable", http.StatusBadGateway)
	})
	mux.HandleFunc("POST /upload", func(w http.ResponseWriter, r *http.Request) {
		var tooLarge *http.MaxBytesError
		if _, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1024)); errors.As(err, &tooLarge) {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		io.WriteString(w, "upload")
	})
	return withCORS(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Accept-Encoding")
		if _, _, ok := r.BasicAuth(); r.URL.Path == "/private" && !ok {
			http.Error(w, "log in", http.StatusUnauthorized)
			return
		}
		mux.ServeHTTP(w, r)
	}))
}
