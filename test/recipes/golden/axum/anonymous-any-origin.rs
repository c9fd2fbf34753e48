use std::time::Duration;

use axum::http::HeaderName;
use tower_http::cors::{Any, CorsLayer};

/// The last layer of the router, and so around every other one:
/// `router.layer(cors::cors())`
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_headers(["content-type"].map(HeaderName::from_static))
        .max_age(Duration::from_secs(600))
}
