using System.Diagnostics;
using System.Text.Json;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Operate.Monitoring;

/// <summary>
/// A real Prometheus with the configuration of <c>deploy/prometheus</c>, of which only the nodes and the interval are
/// replaced.
/// </summary>
internal sealed class PrometheusServer : IAsyncDisposable
{
    private readonly string _directory = Janitor.CreateDirectory("onsale-prometheus-");
    private readonly Process _process;
    private readonly HttpClient _client;

    private PrometheusServer(int port, Uri node)
    {
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Directory.CreateDirectory(_directory);
        var configuration = Path.Combine(_directory, "prometheus.yml");
        File.Copy(MonitoringFiles.Rules, Path.Combine(_directory, "rules.yml"));
        File.WriteAllText(configuration, File.ReadAllText(MonitoringFiles.Configuration)
            .Replace("15s", "1s", StringComparison.Ordinal)
            .Replace("onsale-1:8080, onsale-2:8080", node.Authority, StringComparison.Ordinal));
        _process = MonitoringFiles.Start(
            "prometheus", $"--config.file={configuration}", $"--storage.tsdb.path={_directory}/data",
            $"--web.listen-address=127.0.0.1:{port}", "--log.level=error");
    }

    public static async Task<PrometheusServer> StartAsync(Uri node)
    {
        var server = new PrometheusServer(Ports.Free(), node);
        await Eventually.ShouldPassAsync(async () => (await server.QueryAsync("up{job=\"onsale\"} == 1")).ShouldBe(1));
        return server;
    }

    /// <summary>How many series a query answers with; Prometheus' refusal fails the test.</summary>
    public async Task<int> QueryAsync(string query)
    {
        using var response = await _client.PostAsync(
            "/api/v1/query",
            new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["query"] = query }));
        var body = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{query}: {body}");
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("data").GetProperty("result").GetArrayLength();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
