using System.Diagnostics;
using System.Net;

namespace Onsale.Bench.Load;

/// <summary>A closed loop: so many connections, each with one request under way at any time.</summary>
internal static class HttpLoad
{
    public const int Connections = 256;

    /// <summary>
    /// Lets answers be handled on the thread that found them ready, and one thread do so: a load generator that hands
    /// each of them to a pool costs the cores that the server is to have. Read by the runtime at the first socket.
    /// </summary>
    public static void UseOneThread()
    {
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
        Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1");
    }

    /// <summary>Sends until the time is over or the source has no more; then waits for the answers under way.</summary>
    public static async Task<LoadResult> RunAsync(
        Uri server, RequestSource source, TimeSpan duration, CancellationToken cancellationToken,
        int connections = Connections)
    {
        var endPoint = new IPEndPoint(IPAddress.Loopback, server.Port);
        var all = Enumerable.Range(0, connections).Select(index => new HttpConnection(index, endPoint)).ToList();
        try
        {
            foreach (var connection in all)
                await connection.ConnectAsync();
            using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var result = new LoadResult();
            var began = Stopwatch.GetTimestamp();
            stopping.CancelAfter(duration);
            await Task.WhenAll(all.Select(connection => connection.RunAsync(source, result, stopping.Token)));
            result.Elapsed = Stopwatch.GetElapsedTime(began);
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        }
        finally
        {
            foreach (var connection in all)
                connection.Dispose();
        }
    }
}
