using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A real Redis on a loopback port of its own, without persistence, that can be killed and started again.
/// </summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private readonly string _directory = Janitor.CreateDirectory("onsale-redis-");
    private Process? _process;

    private RedisServer(int port) => Port = port;

    public int Port { get; }

    /// <summary>For <c>ConnectionStrings:Redis</c>.</summary>
    public string ConnectionString => $"127.0.0.1:{Port}";

    public static async Task<RedisServer> StartAsync()
    {
        var redis = new RedisServer(Ports.Free());
        Directory.CreateDirectory(redis._directory);
        await redis.RestartAsync();
        return redis;
    }

    /// <summary>Starts it again, on the same port and empty.</summary>
    public async Task RestartAsync()
    {
        _process.ShouldBeNull("Redis runs already; kill it first.");
        var start = new ProcessStartInfo("redis-server",
        [
            "--port", Port.ToString(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
            "--dir", _directory, "--set-proc-title", "no", "--logfile", Path.Combine(_directory, "redis.log"),
        ])
        {
            UseShellExecute = false,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                "redis-server was not found; these tests need a real one: apt-get install redis-server, "
                + "brew install redis.", exception);
        }

        await Eventually.ShouldBeAsync(PingAsync, "+PONG");
    }

    /// <summary>SIGKILL, as when its machine dies.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private Task<string> PingAsync() => CommandAsync("PING");

    /// <summary>Sends a command as one types it; answers the first line of the answer.</summary>
    public async Task<string> CommandAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{command}\r\n"));
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync() ?? "";
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
