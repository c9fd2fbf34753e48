# Runs the hooks of the snippet, and keeps what they set.
import sys
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
