import type { CorsPolicy } from '../../../src/fix/cors-policy.ts';
import { respond } from '../../../src/fix/respond.ts';
import { checkPython, pythonVersion, readPython, servePython } from '../python.ts';
import type { RecipeServer } from '../recipe-server.ts';

// 404 and 500 are left to Django.
const application = (snippet: string): string => `
import logging
import types
from wsgiref.simple_server import WSGIServer, make_server, WSGIRequestHandler
from socketserver import ThreadingMixIn
from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest
from django.urls import path

logging.disable(logging.CRITICAL)


def authenticate(get_response):
    def middleware(request):
        if request.path == "/private" and "Authorization" not in request.headers:
            return HttpResponse("log in", status=401)
        response = get_response(request)
        response["Vary"] = "Accept-Encoding"
        return response
    return middleware


def data(request):
    if request.method == "GET":
        return HttpResponse("data", headers={"x-trace": "7"})
    return HttpResponse(request.method + " was here")


def broken(request):
    raise RuntimeError("broken")


def upload(request):
    return HttpResponse("upload", status=413 if int(request.headers["Content-Length"]) > 1024 else 200)


urls = types.ModuleType("urls")
urls.urlpatterns = [
    path("data", data),
    path("cacheable", lambda request: HttpResponse("cacheable", headers={"Cache-Control": "max-age=600"})),
    path("login", lambda request: HttpResponse("welcome", headers={"Set-Cookie": "session=alice; HttpOnly"})),
    path("session", lambda request: HttpResponse(request.headers.get("Cookie", "nobody"))),
    path("private", lambda request: HttpResponse("private")),
    path("moved", lambda request: HttpResponse(status=308, headers={"Location": "/data"})),
    path("broken", broken),
    path("unreachable", lambda request: HttpResponse("unreachable", status=502)),
    path("upload", upload),
]
here = types.ModuleType("here")
here.authenticate = authenticate
import sys
sys.modules.update(urls=urls, here=here)

INSTALLED_APPS = []
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "here.authenticate"]
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
SECRET_KEY = "of a test"

${snippet}

settings.configure(**{name: value for name, value in globals().items() if name.isupper() and name != "PORT"})
import django
django.setup()
from django.core.management import call_command
call_command("check", fail_level="ERROR")
from django.core.wsgi import get_wsgi_application


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


make_server("127.0.0.1", PORT, get_wsgi_application(), Server, Handler).serve_forever()
`;

const reader = `
def read(snippet):
    names = {"INSTALLED_APPS": ["theirs"], "MIDDLEWARE": ["theirs"]}
    exec(snippet, names)
    if names["INSTALLED_APPS"] != ["theirs", "corsheaders"] or names["MIDDLEWARE"] != ["corsheaders.middleware.CorsMiddleware", "theirs"]:
        raise ValueError("The middleware is not where it belongs.")
    return {
        "origins": "*" if names.get("CORS_ALLOW_ALL_ORIGINS", False) else names["CORS_ALLOWED_ORIGINS"],
        "credentialed": names.get("CORS_ALLOW_CREDENTIALS", False),
        "methods": names["CORS_ALLOW_METHODS"],
        "requestHeaders": names["CORS_ALLOW_HEADERS"],
        "exposedHeaders": names.get("CORS_EXPOSE_HEADERS", []),
        # Five seconds are what browsers take when nothing is stated.
        "maxAge": None if names["CORS_PREFLIGHT_MAX_AGE"] == 5 else names["CORS_PREFLIGHT_MAX_AGE"],
    }
`;

export const server: RecipeServer = {
  version: async () => `Django ${await pythonVersion('django', 'django')} with django-cors-headers ${await pythonVersion('django', 'django-cors-headers')}`,
  check: checkPython,
  start: (snippets) => servePython('django', snippets.map(application), ['django', 'django.core.wsgi', 'corsheaders.middleware']),
  read: async (snippets) => (await readPython<CorsPolicy>(reader, snippets)).map((policy) => (request) => respond(policy, request)),
};
