package main

import "github.com/rs/cors"

// Around everything, login and redirects included:
// http.ListenAndServe(":8080", corsOptions.Handler(mux))
var corsOptions = cors.New(cors.Options{
	AllowedOrigins: []string{"https://app.example"},

	// Of all others the package grants OPTIONS only, so GET, HEAD and POST stand here, too.
	AllowedMethods: []string{"GET", "HEAD", "POST", "M'`$%|#!*^~", "$M"},

	// An empty list would grant Content-Type; Origin needs no grant.
	AllowedHeaders: []string{"Origin", "x-'`$%|#!*^~", "$0", "%o", "'", "#"},

	ExposedHeaders: []string{"y-'`$%|#!*^~", "%e", "$1"},

	MaxAge: 1,
})
