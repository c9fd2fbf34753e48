use actix_cors::Cors;

/// The last wrap of the App, and so around every other one:
/// `app.wrap(cors::cors())`
pub fn cors() -> Cors {
    Cors::default()
        .allowed_origin("https://app.example")
        // The package turns down every other method, so the first three stand here, too.
        .allowed_methods(["GET", "HEAD", "POST"])
        .allowed_headers([
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
        ])
        .max_age(7200)
}
