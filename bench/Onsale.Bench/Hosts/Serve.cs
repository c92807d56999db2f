using Onsale.Bench.Hosts.RowLocks;
using Onsale.Platform.Http;
using Onsale.Server;

namespace Onsale.Bench.Hosts;

/// <summary>
/// The server under test, in a process of its own: the program as it is, and beside its routes, on the same Kestrel and
/// behind the same middlewares, the baselines that it is compared with.
/// </summary>
internal static class Serve
{
    public const string ReadyPrefix = "ready ";

    /// <summary>Serves until the standard input ends, which it also does when the parent dies.</summary>
    public static async Task<int> RunAsync(string[] settings)
    {
        await using var app = OnsaleApp.Build(settings, builder =>
        {
            builder.Services.AddJson(BaselinesJson.Default);
            builder.Services.AddJson(FanOutMemoryJson.Default);
            builder.Services.AddSingleton<RowLockStore>();
            builder.Services.AddSingleton<ServerStats>();
        });
        var baselines = app.MapApi().MapGroup("/bench");
        Baselines.Map(baselines);
        FanOutMemory.Map(baselines);
        RowLockHolds.Map(baselines);
        app.Services.GetRequiredService<ServerStats>();

        using var allocated = app.Configuration.GetValue(AllocatedTypes.Setting, false) ? new AllocatedTypes() : null;
        await app.StartAsync();
        await Console.Out.WriteLineAsync(ReadyPrefix + app.Urls.Single());
        var stopped = app.WaitForShutdownAsync();
        // A stream's own asynchronous read: the console's reader would block a thread that the server is to have.
        await Task.WhenAny(stopped, Console.OpenStandardInput().CopyToAsync(Stream.Null));
        if (allocated is not null)
            await Console.Error.WriteLineAsync($"Allocated, by type:\n{allocated.Describe()}");
        await app.StopAsync();
        await stopped;
        return 0;
    }
}
