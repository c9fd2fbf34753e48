# Runs the snippet with a class in the place of Starlette's, which keeps what it is given.
import sys
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
