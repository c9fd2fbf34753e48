from starlette.middleware.cors import CORSMiddleware


class StrictCORSMiddleware(CORSMiddleware):
    """Starlette grants Content-Type and other headers to everyone. This grants what is listed."""

    def preflight_response(self, request_headers):
        response = super().preflight_response(request_headers)
        response.headers["Access-Control-Allow-Headers"] = "x-'`$%|#!*^~, $0, %o, ', #"
        return response


# At the end of the module, around the whole app: unhandled exceptions are covered, too.
app = StrictCORSMiddleware(
    app,
    allow_origins=["https://app.example"],
    # Starlette turns down a preflight for any other method, so these three stand here.
    allow_methods=["GET", "HEAD", "POST", "M'`$%|#!*^~", "$M"],
    allow_headers=["x-'`$%|#!*^~", "$0", "%o", "'", "#"],
    expose_headers=["y-'`$%|#!*^~", "%e", "$1"],
    max_age=1,
)
