# At the end of settings.py.
INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
# Above everything else: also above what redirects, compresses or asks for a login.
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]

CORS_ALLOWED_ORIGINS = [
    "http://localhost:3000",
    "http://localhost:5173",
    "http://127.0.0.1:5173",
    "http://[::1]:5173",
]
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ["PUT"]
CORS_ALLOW_HEADERS = []
CORS_PREFLIGHT_MAX_AGE = 0
