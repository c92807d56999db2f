using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Onsale.Bench.Hosts;

/// <summary>A real Redis on a loopback port of its own, in memory only.</summary>
internal sealed class RedisProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConnectionMultiplexer _connection;

    private RedisProcess(Process process, ConnectionMultiplexer connection) =>
        (_process, _connection) = (process, connection);

    public IDatabase Database => _connection.GetDatabase();

    public string Version => _connection.GetServer(_connection.GetEndPoints()[0]).Version.ToString();

    /// <exception cref="BenchException">redis-server is not installed.</exception>
    public static async Task<RedisProcess> StartAsync()
    {
        var port = FreePort();
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo("redis-server",
                ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                    "--loglevel", "warning"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        }
        catch (Win32Exception)
        {
            throw new BenchException(
                "redis-server is not installed; the comparison needs it: apt-get install redis-server.");
        }

        try
        {
            // It goes on trying until the server listens.
            return new RedisProcess(process, await ConnectionMultiplexer.ConnectAsync(
                $"127.0.0.1:{port},abortConnect=false,connectRetry=20,connectTimeout=5000,syncTimeout=60000"));
        }
        catch
        {
            process.Kill();
            throw;
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
