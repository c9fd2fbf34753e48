// 1. Before builder.Build().
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins("https://app.example")
    .WithMethods(
        "PUT",
        "DELETE",
        "PATCH",
        "patch",
        "OPTIONS",
        "PROPFIND",
        "PROPPATCH",
        "MKCOL",
        "COPY",
        "MOVE",
        "LOCK",
        "UNLOCK",
        "REPORT",
        "SEARCH")
    .SetPreflightMaxAge(TimeSpan.FromSeconds(7200))));

// 2. Right after builder.Build(): before redirects, login and endpoints.
app.Use((context, next) =>
{
    // Also for an origin that is refused: a cache must not replay that response to another.
    context.Response.OnStarting(() =>
    {
        context.Response.Headers.Append("Vary", "Origin");
        return Task.CompletedTask;
    });
    return next(context);
});
app.UseCors();
