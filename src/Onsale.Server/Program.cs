using Onsale.Server;

await using var app = OnsaleApp.Build(args);
await app.RunAsync();
