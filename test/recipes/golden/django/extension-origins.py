# At the end of settings.py.
INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
# Above everything else: also above what redirects, compresses or asks for a login.
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]

CORS_ALLOWED_ORIGINS = [
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e",
]
CORS_ALLOW_METHODS = []
CORS_ALLOW_HEADERS = []
CORS_PREFLIGHT_MAX_AGE = 5
