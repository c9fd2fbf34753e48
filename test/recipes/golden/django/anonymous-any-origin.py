# At the end of settings.py.
INSTALLED_APPS = [*INSTALLED_APPS, "corsheaders"]
# Above everything else: also above what redirects, compresses or asks for a login.
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", *MIDDLEWARE]

CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_METHODS = []
CORS_ALLOW_HEADERS = ["content-type"]
CORS_PREFLIGHT_MAX_AGE = 600
