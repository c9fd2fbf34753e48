use std::time::Duration;

use axum::http::{HeaderName, HeaderValue};
use tower_http::cors::CorsLayer;

/// The last layer of the router, and so around every other one:
/// `router.layer(cors::cors())`
pub fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(["https://app.example"].map(HeaderValue::from_static))
        .allow_headers([
            "authorization",
            "content-type",
            "baggage",
            "sentry-trace",
            "traceparent",
            "tracestate",
            "x-client-info",
            "x-csrf-token",
            "x-datadog-parent-id",
            "x-requested-with",
            "x-request-id",
            "if-match",
            "if-none-match",
            "idempotency-key",
        ].map(HeaderName::from_static))
        .max_age(Duration::from_secs(7200))
}
