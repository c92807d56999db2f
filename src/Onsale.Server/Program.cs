using Onsale.Server.Database;
using Onsale.Server.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase();
builder.AddHosting();

var app = builder.Build();
app.UseHosting();
app.MapHealth();
await app.RunAsync();
