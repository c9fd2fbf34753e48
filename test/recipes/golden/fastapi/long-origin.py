from starlette.middleware.cors import CORSMiddleware


class StrictCORSMiddleware(CORSMiddleware):
    """Starlette grants Content-Type and other headers to everyone. This grants what is listed."""

    def preflight_response(self, request_headers):
        response = super().preflight_response(request_headers)
        response.headers["Access-Control-Allow-Headers"] = ""
        return response


# At the end of the module, around the whole app: unhandled exceptions are covered, too.
app = StrictCORSMiddleware(
    app,
    allow_origins=[
        "https://feature-cors-inspector-recipes-of-a-long-branch-name.preview.app.example:8443",
    ],
    # Starlette turns down a preflight for any other method, so these three stand here.
    allow_methods=["GET", "HEAD", "POST"],
    allow_headers=[],
    max_age=5,
)
