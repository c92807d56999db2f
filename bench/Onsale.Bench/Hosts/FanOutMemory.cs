using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Onsale.Server.Selling.Live;

namespace Onsale.Bench.Hosts;

/// <summary>A route that tells the memory of the server process after a full collection.</summary>
internal static class FanOutMemory
{
    public const string Path = "/api/v1/bench/memory";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/memory", ReadAsync);

    private static Ok<MemoryResponse> ReadAsync(LiveHub hub)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return TypedResults.Ok(new MemoryResponse(hub.Connections, GC.GetTotalMemory(false), process.WorkingSet64));
    }
}

/// <summary>Memory of the server process.</summary>
/// <param name="Watchers">Live connections.</param>
/// <param name="HeapBytes">On the managed heap.</param>
/// <param name="WorkingSetBytes">Resident.</param>
internal sealed record MemoryResponse(int Watchers, long HeapBytes, long WorkingSetBytes);

[JsonSerializable(typeof(MemoryResponse))]
internal sealed partial class FanOutMemoryJson : JsonSerializerContext;
