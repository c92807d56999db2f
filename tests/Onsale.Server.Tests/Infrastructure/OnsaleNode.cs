using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// The real server in this process, on Kestrel and a port of its own. Two nodes of one system are two of these with the
/// same database.
/// </summary>
internal sealed class OnsaleNode : IAsyncDisposable
{
    private readonly WebApplication _app;

    private OnsaleNode(WebApplication app, string database)
    {
        _app = app;
        Database = database;
        Address = new Uri(app.Urls.Single());
        Client = CreateClient();
    }

    /// <summary>A client without cookies or redirects, so that a test sees what the server said.</summary>
    public HttpClient Client { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The connection string, to start a second node on.</summary>
    public string Database { get; }

    public NpgsqlDataSource DataSource => Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>Starts a node; demo data and rate limits are off unless the settings turn them on.</summary>
    /// <param name="database">Null for the process's shared database.</param>
    /// <param name="settings">Such as <c>("Onsale:Demo", "true")</c>.</param>
    /// <param name="configure">Exchanges services: a clock, a payment provider that fails.</param>
    /// <param name="map">Routes beside the program's own.</param>
    public static async Task<OnsaleNode> StartAsync(
        string? database = null,
        IEnumerable<(string Key, string Value)>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        Action<IEndpointRouteBuilder>? map = null)
    {
        database ??= await TestCluster.SharedDatabaseAsync();
        var merged = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Postgres"] = database,
            ["ConnectionStrings:Redis"] = "",
            ["Onsale:Demo"] = "false",
            ["Onsale:RateLimits:Enabled"] = "false",
            ["Onsale:Payments:Simulated"] = "true",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in settings ?? [])
            merged[key] = value;

        var app = OnsaleApp.Build([.. merged.Select(setting => $"--{setting.Key}={setting.Value}")], configure);
        map?.Invoke(app);
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new OnsaleNode(app, database);
    }

    public HttpClient CreateClient() =>
        new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
