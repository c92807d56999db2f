using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

public sealed class MetricsTests
{
    /// <summary>A comment, or a series with its labels and a value.</summary>
    private const string LineOfText =
        "^("
        + "# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*"
        + """|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)+\})? [-+0-9.eE]+"""
        + "|.* (NaN|[-+]Inf)"
        + ")$";

    [Fact]
    public async Task Metrics_of_unbounded_labels_are_counted_together()
    {
        await using var node = await OnsaleNode.StartAsync();
        using var meter = node.Services.GetRequiredService<IMeterFactory>().Create("Onsale.Tests");
        var counter = meter.CreateCounter<long>("onsale.test.flood");
        for (var i = 0; i < 5_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var lines = (await node.Client.GetStringAsync("/metrics")).Split('\n')
            .Where(line => line.StartsWith("onsale_test_flood_total{", StringComparison.Ordinal)).ToList();

        lines.Count.ShouldBeLessThan(1_010);
        lines.Sum(line => long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture)).ShouldBe(5_000);
        lines.ShouldContain(line => line.Contains("otel_metric_overflow=\"true\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_of_another_node_in_the_process_are_left_out()
    {
        await using var node = await OnsaleNode.StartAsync();
        await using var other = await OnsaleNode.StartAsync();
        using var meter = other.Services.GetRequiredService<IMeterFactory>().Create("Onsale.Tests");
        meter.CreateCounter<long>("onsale.test.elsewhere").Add(1);

        (await other.Client.GetStringAsync("/metrics")).ShouldContain("onsale_test_elsewhere_total");
        (await node.Client.GetStringAsync("/metrics")).ShouldNotContain("onsale_test_elsewhere_total");
    }

    [Fact]
    public async Task Metrics_show_requests_runtime_and_inventory()
    {
        await using var node = await OnsaleNode.StartAsync();
        (await node.Client.GetAsync("/api/v1/events?limit=1")).EnsureSuccessStatusCode();

        using var response = await node.Client.GetAsync("/metrics");

        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain("http_server_request_duration_seconds_bucket{");
        text.ShouldContain("http_route=\"/api/v1/events\"");
        text.ShouldMatch("onsale_inventory_alarms_total(\\{[^}]*\\})? 0\\n");
        text.ShouldContain("dotnet_gc_collections_total");
        await PromtoolShouldAcceptAsync(text);
    }

    [Fact]
    public async Task Metrics_read_through_a_proxy_or_from_elsewhere_are_not_found()
    {
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Onsale:Metrics:AllowedNetworks:0", "10.9.8.0/24")]);
        await (await node.Client.GetAsync("/metrics")).ShouldBeProblemAsync(404, "not-found");

        await using var open = await OnsaleNode.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        await (await open.Client.SendAsync(request)).ShouldBeProblemAsync(404, "not-found");
    }

    [Theory]
    [InlineData("X-Real-IP", "203.0.113.9")]
    [InlineData("Via", "1.1 nginx")]
    [InlineData("X-Forwarded-Proto", "https")]
    public async Task Metrics_are_not_found_through_a_proxy_that_names_itself_in_any_way(string header, string value)
    {
        await using var node = await OnsaleNode.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add(header, value);

        await (await node.Client.SendAsync(request)).ShouldBeProblemAsync(404, "not-found");
    }

    [Theory]
    [InlineData("Onsale:TrustedProxies", "10.0.0.0/8", 404)]
    [InlineData("AllowedHosts", "127.0.0.1", 404)]
    [InlineData("AllowedHosts", "*", 200)]
    public async Task Metrics_of_a_public_site_are_closed_until_a_setting_opens_them(
        string setting, string value, int status)
    {
        await using var closed = await OnsaleNode.StartAsync(settings: [(setting, value)]);
        await using var opened = await OnsaleNode.StartAsync(
            settings: [(setting, value), ("Onsale:Metrics:AllowedNetworks", "127.0.0.0/8")]);

        ((int)(await closed.Client.GetAsync("/metrics")).StatusCode).ShouldBe(status);
        ((int)(await opened.Client.GetAsync("/metrics")).StatusCode).ShouldBe(200);
        using var head = new HttpRequestMessage(HttpMethod.Head, "/metrics");
        ((int)(await opened.Client.SendAsync(head)).StatusCode).ShouldBe(200);
    }

    /// <summary>
    /// Prometheus' own judgement of the text, where its tool is installed; every line is checked by form anyway.
    /// </summary>
    internal static async Task PromtoolShouldAcceptAsync(string text)
    {
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            line.ShouldMatch(LineOfText);
        text.ShouldEndWith("\n");
        var tool = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(directory => Path.Combine(directory, "promtool")).FirstOrDefault(File.Exists);
        if (tool is null)
            return;
        using var process = Process.Start(new ProcessStartInfo(tool, ["check", "metrics"])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        var complaints = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        // 3: only advice on naming, such as a unit's plural, which the framework's own names do not follow.
        process.ExitCode.ShouldBeOneOf(0, 3);
        complaints.ShouldNotContain("error while linting");
    }
}
