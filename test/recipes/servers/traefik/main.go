// What of Traefik a middleware needs, without its providers for clouds: those take ten minutes to compile.
//
//	traefik check FOLDER    reads the files
//	traefik read            prints the middleware "cors" of each snippet; both in JSON
//	traefik serve FOLDER    serves what the files say, on the address in the file of that name
package main

import (
	"context"
	"encoding/json"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"

	"github.com/traefik/traefik/v3/pkg/config/dynamic"
	"github.com/traefik/traefik/v3/pkg/middlewares/buffering"
	"github.com/traefik/traefik/v3/pkg/middlewares/headers"
	"github.com/traefik/traefik/v3/pkg/middlewares/redirect"
	muxer "github.com/traefik/traefik/v3/pkg/muxer/http"
	"github.com/traefik/traefik/v3/pkg/provider/file"
	"github.com/traefik/traefik/v3/pkg/safe"
)

func main() {
	switch os.Args[1] {
	case "check":
		configuration(os.Args[2])
	case "read":
		read()
	case "serve":
		address := must(os.ReadFile(filepath.Join(os.Args[2], "address")))
		log.Fatal(http.ListenAndServe(string(address), handler(configuration(os.Args[2]))))
	}
}

// configuration reads the folder as Traefik does when it starts.
func configuration(folder string) *dynamic.HTTPConfiguration {
	messages := make(chan dynamic.Message, 1)
	provider := file.Provider{Directory: folder}
	must(0, provider.Provide(messages, safe.NewPool(context.Background())))
	return (<-messages).Configuration.HTTP
}

func read() {
	var snippets []string
	must(0, json.NewDecoder(os.Stdin).Decode(&snippets))
	folder := must(os.MkdirTemp("", "traefik"))
	defer os.RemoveAll(folder)
	middlewares := make([]*dynamic.Headers, len(snippets))
	for index, snippet := range snippets {
		must(0, os.WriteFile(filepath.Join(folder, "cors.yaml"), []byte(snippet), 0o600))
		middlewares[index] = configuration(folder).Middlewares["cors"].Headers
	}
	must(0, json.NewEncoder(os.Stdout).Encode(middlewares))
}

// handler puts together what the routers name. It makes the 502.
func handler(configuration *dynamic.HTTPConfiguration) http.Handler {
	ctx := context.Background()
	routes := muxer.NewMuxer(must(muxer.NewSyntaxParser()))
	for _, router := range configuration.Routers {
		upstream := must(url.Parse(configuration.Services[router.Service].LoadBalancer.Servers[0].URL))
		var next http.Handler = &httputil.ReverseProxy{
			Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(upstream) },
			ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) {
				http.Error(w, "unreachable", http.StatusBadGateway)
			},
		}
		for index := len(router.Middlewares) - 1; index >= 0; index-- {
			name := router.Middlewares[index]
			switch middleware := configuration.Middlewares[name]; {
			case middleware.Headers != nil:
				next = must(headers.New(ctx, next, *middleware.Headers, name))
			case middleware.Buffering != nil:
				next = must(buffering.New(ctx, next, *middleware.Buffering, name))
			case middleware.RedirectRegex != nil:
				next = must(redirect.NewRedirectRegex(ctx, next, *middleware.RedirectRegex, name))
			default:
				log.Fatal(name)
			}
		}
		must(0, routes.AddRoute(router.Rule, "v3", max(router.Priority, 1), next))
	}
	return routes
}

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}
