from starlette.middleware.cors import CORSMiddleware


class StrictCORSMiddleware(CORSMiddleware):
    """Starlette grants Content-Type and other headers to everyone. This grants what is listed."""

    def preflight_response(self, request_headers):
        response = super().preflight_response(request_headers)
        response.headers["Access-Control-Allow-Headers"] = "authorization, content-type, baggage, sentry-trace, traceparent, tracestate, x-client-info, x-csrf-token, x-datadog-parent-id, x-requested-with, x-request-id, if-match, if-none-match, idempotency-key"
        return response


# At the end of the module, around the whole app: unhandled exceptions are covered, too.
app = StrictCORSMiddleware(
    app,
    allow_origins=["https://app.example"],
    # Starlette turns down a preflight for any other method, so these three stand here.
    allow_methods=["GET", "HEAD", "POST"],
    allow_headers=[
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
    ],
    max_age=7200,
)
