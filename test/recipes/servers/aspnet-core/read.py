# Parses the C# of a snippet, and reads the policy that it builds: the methods that it calls, each with its literals.
import re

import tree_sitter
import tree_sitter_c_sharp

parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_c_sharp.language()))

def read(snippet):
    tree = parser.parse(snippet.encode())
    if tree.root_node.has_error:
        raise ValueError("This is no C#:\n" + snippet)
    return list(calls(tree.root_node))

def calls(node):
    # The innermost call of a chain is the first one.
    for child in node.children:
        yield from calls(child)
    if node.type == "invocation_expression":
        function = node.child_by_field_name("function")
        yield [text(function.child_by_field_name("name") or function), [literal(value) for value in literals(node.child_by_field_name("arguments"))]]

def literals(node):
    # Those of a call within belong to that call.
    if node.type == "string_literal" or node.type == "integer_literal":
        yield node
    elif node.type != "lambda_expression":
        for child in node.children:
            yield from literals(child)

def literal(node):
    if node.type == "integer_literal":
        return int(text(node))
    return re.sub(r"\\(.)", r"\1", text(node)[1:-1])

def text(node):
    return node.text.decode()
