use actix_cors::Cors;

/// The last wrap of the App, and so around every other one:
/// `app.wrap(cors::cors())`
pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("http://localhost:3000")
        .allowed_origin("http://localhost:5173")
        .allowed_origin("http://127.0.0.1:5173")
        .allowed_origin("http://[::1]:5173")
        .supports_credentials()
        // The package turns down every other method, so the first three stand here, too.
        .allowed_methods(["GET", "HEAD", "POST", "PUT"])
        .max_age(0)
}
