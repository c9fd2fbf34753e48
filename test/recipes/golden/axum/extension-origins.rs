use axum::http::HeaderValue;
use tower_http::cors::CorsLayer;

/// The last layer of the router, and so around every other one:
/// `router.layer(cors::cors())`
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin([
            "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
            "moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e",
        ].map(HeaderValue::from_static))
}
