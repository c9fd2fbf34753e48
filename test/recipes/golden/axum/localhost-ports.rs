use std::time::Duration;

use axum::http::{HeaderValue, Method};
use tower_http::cors::CorsLayer;

/// The last layer of the router, and so around every other one:
/// `router.layer(cors::cors())`
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin([
            "http://localhost:3000",
            "http://localhost:5173",
            "http://127.0.0.1:5173",
            "http://[::1]:5173",
        ].map(HeaderValue::from_static))
        .allow_credentials(true)
        .allow_methods(["PUT"].map(|name| name.parse::<Method>().unwrap()))
        .max_age(Duration::from_secs(0))
}
