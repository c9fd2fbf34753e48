package main

import "github.com/rs/cors"

// Around everything, login and redirects included:
// http.ListenAndServe(":8080", corsOptions.Handler(mux))
var corsOptions = cors.New(cors.Options{
	AllowedOrigins: []string{
		"chrome-extension://abcdefghijklmnopabcdefghijklmnop",
		"moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e",
	},

	// Of all others the package grants OPTIONS only, so GET, HEAD and POST stand here, too.
	AllowedMethods: []string{"GET", "HEAD", "POST"},

	// An empty list would grant Content-Type; Origin needs no grant.
	AllowedHeaders: []string{"Origin"},
})
