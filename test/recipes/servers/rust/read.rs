//! Reads what the function of each snippet calls: a JSON array of names, each with the literals of its arguments.
//! The snippets come on standard input, parted by NUL.

use syn::{Expr, Item, Lit, Stmt};

fn main() {
    let snippets = std::io::read_to_string(std::io::stdin()).unwrap();
    let read: Vec<String> = snippets.split('\0').map(|snippet| list(calls(&body(snippet)))).collect();
    println!("{}", list(read));
}

/// The function's single expression.
fn body(snippet: &str) -> Expr {
    let items = syn::parse_file(snippet).unwrap().items;
    let function = items.into_iter().find_map(|item| if let Item::Fn(function) = item { Some(function) } else { None });
    match function.unwrap().block.stmts.as_slice() {
        [Stmt::Expr(expression, None)] => expression.clone(),
        _ => panic!("The recipes write a single expression."),
    }
}

/// The calls of a chain of methods, the first one first.
fn calls(chain: &Expr) -> Vec<String> {
    match chain {
        Expr::MethodCall(call) => {
            let mut calls = calls(&call.receiver);
            let name = format!("{:?}", call.method.to_string());
            calls.push(list(vec![name, list(call.args.iter().flat_map(literals).collect())]));
            calls
        }
        Expr::Call(call) if call.args.is_empty() => vec![],
        _ => panic!("The recipes write no such chain."),
    }
}

fn literals(argument: &Expr) -> Vec<String> {
    match argument {
        Expr::Array(array) => array.elems.iter().flat_map(literals).collect(),
        Expr::Lit(literal) => vec![match &literal.lit {
            // Of printable characters alone it is JSON, too.
            Lit::Str(text) => format!("{:?}", text.value()),
            Lit::Int(number) => number.base10_digits().to_owned(),
            Lit::Bool(boolean) => boolean.value.to_string(),
            _ => panic!("The recipes write no such literal."),
        }],
        Expr::MethodCall(call) if call.method == "map" => literals(&call.receiver),
        Expr::Call(call) => call.args.iter().flat_map(literals).collect(),
        Expr::Path(_) => vec![],
        _ => panic!("The recipes write no such argument."),
    }
}

fn list(items: Vec<String>) -> String {
    format!("[{}]", items.join(","))
}
