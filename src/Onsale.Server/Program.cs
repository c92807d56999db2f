using Onsale.Server.Database;
using Onsale.Server.Hosting;
using Onsale.Server.Hosting.RateLimits;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase();
builder.AddHosting();

var app = builder.Build();
app.UseHosting();
app.UseRateLimits();
app.MapHealth();
await app.RunAsync();
