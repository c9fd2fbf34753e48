from flask import request


def is_preflight():
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


# Right after the app is created: before the login and every other hook.
@app.before_request
def answer_preflight():
    if is_preflight():
        return "", 204


@app.after_request
def grant_cors(response):
    response.headers["Access-Control-Allow-Origin"] = "*"
    if is_preflight():
        response.headers["Access-Control-Allow-Headers"] = "content-type"
        response.headers["Access-Control-Max-Age"] = "600"
    return response
