# 404 and 500 are left to Django.
import logging
import sys
import types
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.conf import settings
from django.http import HttpResponse
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
sys.modules.update(urls=urls, here=here)

INSTALLED_APPS = []
MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "here.authenticate"]
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "urls"
SECRET_KEY = "of a test"

# SNIPPET

settings.configure(**{name: value for name, value in globals().items() if name.isupper() and name != "PORT"})
django.setup()
call_command("check", fail_level="ERROR")


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Handler(WSGIRequestHandler):
    def log_message(self, *_):
        pass


make_server("127.0.0.1", PORT, get_wsgi_application(), Server, Handler).serve_forever()
