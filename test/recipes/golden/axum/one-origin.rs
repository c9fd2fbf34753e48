use axum::http::HeaderValue;
use tower_http::cors::CorsLayer;

/// The last layer of the router, and so around every other one:
/// `router.layer(cors::cors())`
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(["https://app.example"].map(HeaderValue::from_static))
}
