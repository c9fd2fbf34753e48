# 404 and 500 are left to FastAPI.
import uvicorn
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse, RedirectResponse

app = FastAPI()


@app.middleware("http")
async def authenticate(request, call_next):
    if request.url.path == "/private" and "authorization" not in request.headers:
        return PlainTextResponse("log in", 401)
    response = await call_next(request)
    response.headers["Vary"] = "Accept-Encoding"
    return response


@app.get("/data")
def get_data():
    return PlainTextResponse("data", headers={"x-trace": "7"})


@app.api_route("/data", methods=["DELETE", "OPTIONS", "POST", "PUT"])
def change_data(request: Request):
    return PlainTextResponse(request.method + " was here")


@app.get("/cacheable")
def cacheable():
    return PlainTextResponse("cacheable", headers={"Cache-Control": "max-age=600"})


@app.get("/login")
def login():
    return PlainTextResponse("welcome", headers={"Set-Cookie": "session=alice; HttpOnly"})


@app.get("/session")
def session(request: Request):
    return PlainTextResponse(request.headers.get("cookie", "nobody"))


@app.api_route("/private", methods=["GET", "OPTIONS", "PUT"])
def private():
    return PlainTextResponse("private")


@app.api_route("/moved", methods=["GET", "OPTIONS", "PUT"])
def moved():
    return RedirectResponse("/data", 308)


@app.get("/broken")
def broken():
    raise RuntimeError("broken")


@app.get("/unreachable")
def unreachable():
    raise HTTPException(502, "unreachable")


@app.post("/upload")
async def upload(request: Request):
    if len(await request.body()) > 1024:
        raise HTTPException(413, "too large")
    return PlainTextResponse("upload")


# SNIPPET

uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="critical")
