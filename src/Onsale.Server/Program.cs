using Onsale.Server.Database;
using Onsale.Server.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddDatabase();
builder.AddHealth();

var app = builder.Build();
app.MapHealth();
await app.RunAsync();
