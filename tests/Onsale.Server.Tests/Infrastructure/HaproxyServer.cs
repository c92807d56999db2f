using System.ComponentModel;
using System.Diagnostics;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>
/// A real HAProxy with the configuration of <c>deploy/haproxy</c>, of which only addresses are replaced.
/// </summary>
internal sealed class HaproxyServer : IAsyncDisposable
{
    private readonly string _directory = Janitor.CreateDirectory("onsale-haproxy-");
    private readonly Process _process;

    private HaproxyServer(int port, params Uri[] nodes)
    {
        Address = new Uri($"http://127.0.0.1:{port}");
        Directory.CreateDirectory(_directory);
        var file = Path.Combine(_directory, "haproxy.cfg");
        var text = File.ReadAllText(Path.Combine(RepositoryDirectory(), "deploy", "haproxy", "haproxy.cfg"))
            .Replace("maxconn 50000", "maxconn 4000", StringComparison.Ordinal) // a test has fewer descriptors
            .Replace("bind :8080", $"bind 127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("10.0.0.11:8080", nodes[0].Authority, StringComparison.Ordinal)
            .Replace("10.0.0.12:8080", nodes[1].Authority, StringComparison.Ordinal);
        File.WriteAllText(file, text);
        try
        {
            _process = Process.Start(new ProcessStartInfo("haproxy", ["-f", file, "-db", "-q"])
            {
                UseShellExecute = false,
            })!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                "haproxy was not found; these tests need a real one: apt-get install haproxy.", exception);
        }
    }

    public Uri Address { get; }

    public static async Task<HaproxyServer> StartAsync(Uri first, Uri second)
    {
        var proxy = new HaproxyServer(Ports.Free(), first, second);
        using var client = new HttpClient { BaseAddress = proxy.Address };
        await Eventually.ShouldPassAsync(async () =>
        {
            using var answer = await client.GetAsync("/health/ready");
            answer.EnsureSuccessStatusCode();
        });
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static string RepositoryDirectory()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Onsale.slnx")))
            directory = directory.Parent;
        return directory.FullName;
    }
}
