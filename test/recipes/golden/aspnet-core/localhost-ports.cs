// 1. Before builder.Build().
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins(
        "http://localhost:3000",
        "http://localhost:5173",
        "http://127.0.0.1:5173",
        "http://[::1]:5173")
    .AllowCredentials()
    .WithMethods("PUT")
    .SetPreflightMaxAge(TimeSpan.FromSeconds(0))));

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
