import type { CorsPolicy } from '../../../src/fix/cors-policy.ts';
import { respond } from '../../../src/fix/respond.ts';
import { checkPython, pythonVersion, readPython, servePython } from '../python.ts';
import type { RecipeServer } from '../recipe-server.ts';

// 404 and 500 are left to FastAPI.
const application = (snippet: string): string => `
import contextlib
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


${snippet}

uvicorn.run(app, host="127.0.0.1", port=PORT, log_level="critical")
`;

/** Runs the snippet with a class in the place of Starlette's, which keeps what it is given. */
const reader = `
import types

class Given:
    def __init__(self, app, **options):
        self.options = options
    def preflight_response(self, request_headers):
        return types.SimpleNamespace(headers={})

module = types.ModuleType("starlette.middleware.cors")
module.CORSMiddleware = Given
sys.modules["starlette.middleware.cors"] = module

def read(snippet):
    names = {"app": None}
    exec(snippet, names)
    app = names["app"]
    options = app.options
    if options["allow_methods"][:3] != ["GET", "HEAD", "POST"]:
        raise ValueError("Starlette would turn down a preflight for a CORS-safelisted method.")
    if app.preflight_response({}).headers != {"Access-Control-Allow-Headers": ", ".join(options["allow_headers"])}:
        raise ValueError("A preflight is told other headers than are granted.")
    return {
        "origins": "*" if options["allow_origins"] == ["*"] else options["allow_origins"],
        "credentialed": options.get("allow_credentials", False),
        "methods": options["allow_methods"][3:],
        "requestHeaders": options["allow_headers"],
        "exposedHeaders": options.get("expose_headers", []),
        # Five seconds are what browsers take when nothing is stated.
        "maxAge": None if options["max_age"] == 5 else options["max_age"],
    }
`;

export const server: RecipeServer = {
  version: async () => `FastAPI ${await pythonVersion('fastapi', 'fastapi')} with Starlette ${await pythonVersion('fastapi', 'starlette')}`,
  check: checkPython,
  start: (snippets) => servePython('fastapi', snippets.map(application), ['fastapi', 'uvicorn', 'uvicorn.protocols.http.h11_impl']),
  read: async (snippets) => (await readPython<CorsPolicy>(reader, snippets)).map((policy) => (request) => respond(policy, request)),
};
