use std::time::Duration;

use axum::http::{HeaderValue, Method};
use tower_http::cors::CorsLayer;

/// The last layer of the router, and so around every other one:
/// `router.layer(cors::cors())`
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(["https://app.example"].map(HeaderValue::from_static))
        .allow_methods(["PUT"].map(|name| name.parse::<Method>().unwrap()))
        .max_age(Duration::from_secs(7200))
}
