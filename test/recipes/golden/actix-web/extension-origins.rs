use actix_cors::Cors;

/// The last wrap of the App, and so around every other one:
/// `app.wrap(cors::cors())`
pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("chrome-extension://abcdefghijklmnopabcdefghijklmnop")
        .allowed_origin("moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e")
        // The package turns down every other method, so the first three stand here, too.
        .allowed_methods(["GET", "HEAD", "POST"])
}
