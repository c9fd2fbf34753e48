from flask import request

CORS_ORIGINS = [
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e",
]


def is_preflight():
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


# Right after the app is created: before the login and every other hook.
@app.before_request
def answer_preflight():
    if is_preflight():
        return "", 204


@app.after_request
def grant_cors(response):
    # Also for an origin that is refused: a cache must not replay that response to another.
    response.vary.add("Origin")
    if request.headers.get("Origin") in CORS_ORIGINS:
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
    return response
