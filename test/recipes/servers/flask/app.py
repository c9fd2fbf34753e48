# 404, 413 and 500 are left to Flask.
import logging
from flask import Flask, Response, abort, redirect, request
from werkzeug.serving import make_server

logging.disable(logging.CRITICAL)
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024

# SNIPPET

@app.before_request
def authenticate():
    if request.path == "/private" and "Authorization" not in request.headers:
        abort(401)


@app.after_request
def negotiate(response):
    response.vary.add("Accept-Encoding")
    return response


every = ["DELETE", "GET", "OPTIONS", "POST", "PUT"]


@app.route("/data", methods=every)
def data():
    if request.method == "GET":
        return Response("data", headers={"x-trace": "7"})
    return request.method + " was here"


@app.get("/cacheable")
def cacheable():
    return Response("cacheable", headers={"Cache-Control": "max-age=600"})


@app.get("/login")
def login():
    return Response("welcome", headers={"Set-Cookie": "session=alice; HttpOnly"})


@app.get("/session")
def session():
    return request.headers.get("Cookie", "nobody")


@app.route("/private", methods=every)
def private():
    return "private"


@app.route("/moved", methods=every)
def moved():
    return redirect("/data", 308)


@app.get("/broken")
def broken():
    raise RuntimeError("broken")


@app.get("/unreachable")
def unreachable():
    abort(502)


@app.post("/upload")
def upload():
    return request.get_data()


make_server("127.0.0.1", PORT, app, threaded=True).serve_forever()
