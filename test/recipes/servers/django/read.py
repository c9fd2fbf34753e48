# Runs the snippet as the end of settings.
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
