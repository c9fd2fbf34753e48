# At the end of settings.py.
INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
# Above everything else: also above what redirects, compresses or asks for a login.
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]

CORS_ALLOWED_ORIGINS = ["https://app.example", "https://admin.example"]
CORS_ALLOW_CREDENTIALS = True
CORS_ALLOW_METHODS = ["PUT", "DELETE"]
CORS_ALLOW_HEADERS = ["authorization", "content-type"]
CORS_EXPOSE_HEADERS = ["etag"]
CORS_PREFLIGHT_MAX_AGE = 600
