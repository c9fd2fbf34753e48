// Reads the options of each snippet as a policy, and fails at anything that the recipe does not write.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"slices"
	"strconv"
)

func main() {
	var snippets []string
	if err := json.NewDecoder(os.Stdin).Decode(&snippets); err != nil {
		log.Fatal(err)
	}
	policies := make([]map[string]any, len(snippets))
	for index, snippet := range snippets {
		policies[index] = read(snippet)
	}
	json.NewEncoder(os.Stdout).Encode(policies)
}

func read(snippet string) map[string]any {
	file, err := parser.ParseFile(token.NewFileSet(), "cors.go", snippet, parser.SkipObjectResolution)
	if err != nil {
		log.Fatal(err)
	}
	policy := map[string]any{"credentialed": false, "exposedHeaders": []string{}, "maxAge": nil}
	options := file.Decls[1].(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.CallExpr).Args[0].(*ast.CompositeLit)
	for _, element := range options.Elts {
		pair := element.(*ast.KeyValueExpr)
		switch name := pair.Key.(*ast.Ident).Name; name {
		case "AllowedOrigins":
			policy["origins"] = strings(pair.Value)
			if slices.Equal(strings(pair.Value), []string{"*"}) {
				policy["origins"] = "*"
			}
		case "AllowCredentials":
			policy["credentialed"] = pair.Value.(*ast.Ident).Name == "true"
		case "AllowedMethods":
			policy["methods"] = without(strings(pair.Value), "GET", "HEAD", "POST")
		case "AllowedHeaders":
			policy["requestHeaders"] = without(strings(pair.Value), "Origin")
		case "ExposedHeaders":
			policy["exposedHeaders"] = strings(pair.Value)
		case "MaxAge":
			policy["maxAge"] = 0
			if literal, ok := pair.Value.(*ast.BasicLit); ok {
				policy["maxAge"], err = strconv.Atoi(literal.Value)
			}
		default:
			log.Fatal(name)
		}
	}
	return policy
}

// without fails unless the list begins with the values.
func without(list []string, values ...string) []string {
	if !slices.Equal(list[:len(values)], values) {
		log.Fatal("The package would take its defaults.")
	}
	return list[len(values):]
}

func strings(node ast.Expr) []string {
	values := []string{}
	for _, element := range node.(*ast.CompositeLit).Elts {
		value, err := strconv.Unquote(element.(*ast.BasicLit).Value)
		if err != nil {
			log.Fatal(err)
		}
		values = append(values, value)
	}
	return values
}
