import type { HeaderList } from '../../../src/fetch/header-list.ts';
import { checkPython, pythonVersion, readPython, servePython } from '../python.ts';
import type { RecipeServer } from '../recipe-server.ts';

// 404, 413 and 500 are left to Flask.
const application = (snippet: string): string => `
import logging
from flask import Flask, Response, abort, redirect, request
from werkzeug.serving import make_server

logging.disable(logging.CRITICAL)
app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 1024

${snippet}

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
`;

/** What the hooks of a snippet do, for each origin that it names and for one that it does not. */
interface Table {
  readonly origins: readonly string[];
  /** Header lists of a preflight and of an actual response, for each origin; the last one is for any other. */
  readonly headers: readonly (readonly [preflight: HeaderList, actual: HeaderList])[];
}

const reader = `
import types

class Headers(dict):
    def __setitem__(self, name, value):
        self.lines.append([name, value])

class App:
    def before_request(self, hook):
        self.before = hook
    def after_request(self, hook):
        self.after = hook

def read(snippet):
    module = types.ModuleType("flask")
    module.request = types.SimpleNamespace()
    sys.modules["flask"] = module
    app = App()
    names = {"app": app}
    exec(snippet, names)
    def answer(origin, is_preflight):
        module.request.method = "OPTIONS"
        module.request.headers = {"Origin": origin, **({"Access-Control-Request-Method": "PUT"} if is_preflight else {})}
        if app.before() != (("", 204) if is_preflight else None):
            raise ValueError("The hook answers what it must not, or does not answer a preflight.")
        response = types.SimpleNamespace(headers=Headers())
        response.headers.lines = []
        response.vary = types.SimpleNamespace(add=lambda name: response.headers.lines.append(["Vary", name]))
        return app.after(response).headers.lines
    origins = names.get("CORS_ORIGINS", [])
    return {"origins": origins, "headers": [[answer(origin, True), answer(origin, False)] for origin in [*origins, None]]}
`;

export const server: RecipeServer = {
  version: async () => `Flask ${await pythonVersion('flask', 'flask')}`,
  check: checkPython,
  start: (snippets) => servePython('flask', snippets.map(application), ['flask', 'werkzeug.serving']),
  read: async (snippets) => (await readPython<Table>(reader, snippets)).map(({ origins, headers }) => ({ origin, isPreflight }) => {
    const index = origin === null ? -1 : origins.indexOf(origin);
    return headers.at(index === -1 ? -1 : index)?.[isPreflight ? 0 : 1] ?? [];
  }),
};
