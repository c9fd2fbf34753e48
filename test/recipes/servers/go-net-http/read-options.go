// Reads the options of each snippet: the fields of its first struct of the package cors, as JSON.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"strconv"
)

func main() {
	var snippets []string
	if err := json.NewDecoder(os.Stdin).Decode(&snippets); err != nil {
		log.Fatal(err)
	}
	options := make([]any, len(snippets))
	for index, snippet := range snippets {
		file, err := parser.ParseFile(token.NewFileSet(), "cors.go", snippet, parser.SkipObjectResolution)
		if err != nil {
			log.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			literal, ok := node.(*ast.CompositeLit)
			if ok {
				options[index] = value(literal)
			}
			return !ok
		})
	}
	json.NewEncoder(os.Stdout).Encode(options)
}

func value(node ast.Expr) any {
	switch node := node.(type) {
	case *ast.Ident:
		return node.Name == "true"
	case *ast.UnaryExpr:
		return -value(node.X).(int)
	case *ast.BasicLit:
		if number, err := strconv.Atoi(node.Value); err == nil {
			return number
		}
		text, err := strconv.Unquote(node.Value)
		if err != nil {
			log.Fatal(err)
		}
		return text
	case *ast.CompositeLit:
		if _, ok := node.Type.(*ast.ArrayType); ok {
			list := []any{}
			for _, element := range node.Elts {
				list = append(list, value(element))
			}
			return list
		}
		fields := map[string]any{}
		for _, element := range node.Elts {
			pair := element.(*ast.KeyValueExpr)
			fields[pair.Key.(*ast.Ident).Name] = value(pair.Value)
		}
		return fields
	}
	log.Fatalf("The recipes write no %T.", node)
	return nil
}
