package main

import "github.com/rs/cors"

// Around everything, login and redirects included:
// http.ListenAndServe(":8080", corsOptions.Handler(mux))
var corsOptions = cors.New(cors.Options{
	AllowedOrigins: []string{
		"http://localhost:3000",
		"http://localhost:5173",
		"http://127.0.0.1:5173",
		"http://[::1]:5173",
	},

	AllowCredentials: true,

	// Of all others the package grants OPTIONS only, so GET, HEAD and POST stand here, too.
	AllowedMethods: []string{"GET", "HEAD", "POST", "PUT"},

	// An empty list would grant Content-Type; Origin needs no grant.
	AllowedHeaders: []string{"Origin"},

	MaxAge: -1,
})
