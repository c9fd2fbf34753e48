use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method};
use tower_http::cors::CorsLayer;

/// The last layer of the router, and so around every other one:
/// `router.layer(cors::cors())`
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(["https://app.example", "https://admin.example"].map(HeaderValue::from_static))
        .allow_credentials(true)
        .allow_methods(["PUT", "DELETE"].map(|name| name.parse::<Method>().unwrap()))
        .allow_headers(["authorization", "content-type"].map(HeaderName::from_static))
        .expose_headers(["etag"].map(HeaderName::from_static))
        .max_age(Duration::from_secs(600))
}
