use actix_cors::Cors;

/// The last wrap of the App, and so around every other one:
/// `app.wrap(cors::cors())`
pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example")
        .allowed_origin("https://admin.example")
        .supports_credentials()
        // The package turns down every other method, so the first three stand here, too.
        .allowed_methods(["GET", "HEAD", "POST", "PUT", "DELETE"])
        .allowed_headers(["authorization", "content-type"])
        .expose_headers(["etag"])
        .max_age(600)
}
