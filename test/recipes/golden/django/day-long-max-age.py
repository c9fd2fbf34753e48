# At the end of settings.py.
INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
# Above everything else: also above what redirects, compresses or asks for a login.
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]

CORS_ALLOWED_ORIGINS = ["https://app.example"]
CORS_ALLOW_METHODS = ["PUT"]
CORS_ALLOW_HEADERS = []
CORS_PREFLIGHT_MAX_AGE = 7200
