// 1. Before builder.Build().
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .WithOrigins(
        "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
        "moz-extension://2f1b6b9e-8d3a-4c57-9d0e-3f6a1c2b4d5e")));

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
