// Reads what the handler of each snippet does, and fails at anything that the recipe does not write.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"log"
	"os"
	"strconv"
	"strings"
)

// line is a header line, and when it is set: always, or for an allowed origin, a preflight or an actual request.
// Without a value it has the request's origin.
type line struct {
	When, Name string
	Value      *string
}

type handler struct {
	Origins []string
	Lines   []line
}

func main() {
	var snippets []string
	if err := json.NewDecoder(os.Stdin).Decode(&snippets); err != nil {
		log.Fatal(err)
	}
	handlers := make([]handler, len(snippets))
	for index, snippet := range snippets {
		handlers[index] = read(snippet)
	}
	json.NewEncoder(os.Stdout).Encode(handlers)
}

func read(snippet string) (result handler) {
	file, err := parser.ParseFile(token.NewFileSet(), "cors.go", snippet, parser.SkipObjectResolution)
	if err != nil {
		log.Fatal(err)
	}
	for _, declaration := range file.Decls {
		switch declaration := declaration.(type) {
		case *ast.FuncDecl:
			wrapper := declaration.Body.List[0].(*ast.ReturnStmt).Results[0].(*ast.CallExpr)
			result.statements("always", wrapper.Args[0].(*ast.FuncLit).Body.List)
		case *ast.GenDecl:
			if declaration.Tok == token.VAR {
				for _, origin := range declaration.Specs[0].(*ast.ValueSpec).Values[0].(*ast.CompositeLit).Elts {
					result.Origins = append(result.Origins, literal(origin))
				}
			}
		}
	}
	return result
}

func (result *handler) statements(when string, list []ast.Stmt) {
	for _, statement := range list {
		if condition, ok := statement.(*ast.IfStmt); ok {
			switch text(condition.Cond) {
			case "slices.Contains(corsOrigins, origin)":
				result.statements("allowed", condition.Body.List)
			case `r.Method != http.MethodOptions || r.Header.Get("Access-Control-Request-Method") == ""`:
				result.statements("actual", condition.Body.List)
				when = "preflight"
			default:
				log.Fatal(text(condition.Cond))
			}
			continue
		}
		switch code := text(statement); code {
		case "next.ServeHTTP(w, r)", "return", "w.WriteHeader(http.StatusNoContent)":
		case `w.Header().Set("Access-Control-Allow-Origin", origin)`:
			result.Lines = append(result.Lines, line{when, "Access-Control-Allow-Origin", nil})
		default:
			call := statement.(*ast.ExprStmt).X.(*ast.CallExpr)
			if function := text(call.Fun); !strings.HasPrefix(function, "w.Header().") || len(call.Args) != 2 {
				log.Fatal(code)
			}
			value := literal(call.Args[1])
			result.Lines = append(result.Lines, line{when, literal(call.Args[0]), &value})
		}
	}
}

func text(node ast.Node) string {
	var code strings.Builder
	printer.Fprint(&code, token.NewFileSet(), node)
	return code.String()
}

func literal(node ast.Expr) string {
	value, err := strconv.Unquote(node.(*ast.BasicLit).Value)
	if err != nil {
		log.Fatal(err)
	}
	return value
}
