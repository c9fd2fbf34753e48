// 1. Before builder.Build().
builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy
    .AllowAnyOrigin()
    .WithHeaders("content-type")
    .SetPreflightMaxAge(TimeSpan.FromSeconds(600))));

// 2. Right after builder.Build(): before redirects, login and endpoints.
app.UseCors();
