use actix_cors::Cors;

/// The last wrap of the App, and so around every other one:
/// `app.wrap(cors::cors())`
pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example")
        // The package turns down every other method, so the first three stand here, too.
        .allowed_methods(["GET", "HEAD", "POST"])
}
