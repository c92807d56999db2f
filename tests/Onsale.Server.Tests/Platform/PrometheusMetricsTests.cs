using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Onsale.Platform.Telemetry;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Platform;

public sealed class PrometheusMetricsTests : IDisposable
{
    /// <summary>A comment, or a series with its labels and a value.</summary>
    private const string LineOfText =
        "^("
        + "# (HELP|TYPE) [a-zA-Z_:][a-zA-Z0-9_:]* .*"
        + """|[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*",?)+\})? [-+0-9.eE]+"""
        + "|.* (NaN|[-+]Inf)"
        + ")$";

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly PrometheusMetrics _metrics;
    private readonly Meter _meter;

    public PrometheusMetricsTests()
    {
        var meters = _services.GetRequiredService<IMeterFactory>();
        _metrics = new PrometheusMetrics(meters, NullLogger<PrometheusMetrics>.Instance);
        _meter = meters.Create("Onsale.Tests");
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _services.Dispose();
    }

    [Fact]
    public void A_counter_is_a_total_by_labels()
    {
        var counter = _meter.CreateCounter<long>("onsale.test.holds", "{hold}", "Holds\nmade \\ kept.");
        counter.Add(2, new KeyValuePair<string, object?>("tier.name", "VIP \"A\"\\\n"));
        counter.Add(3, new KeyValuePair<string, object?>("tier.name", "VIP \"A\"\\\n"));

        Lines("onsale_test_holds").ShouldBe([
            """# HELP onsale_test_holds_total Holds\nmade \\ kept.""",
            "# TYPE onsale_test_holds_total counter",
            """onsale_test_holds_total{tier_name="VIP \"A\"\\\n"} 5""",
        ]);
    }

    [Fact]
    public void A_counter_of_this_program_is_there_before_it_counts()
    {
        _ = _meter.CreateCounter<long>("onsale.test.alarms");

        Lines("onsale_test_alarms").ShouldBe(["# TYPE onsale_test_alarms_total counter", "onsale_test_alarms_total 0"]);
    }

    [Fact]
    public void A_histogram_counts_in_the_buckets_it_was_advised()
    {
        var histogram = _meter.CreateHistogram("onsale.test.wait", "s", advice:
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        foreach (var value in (double[])[0.05, 0.1, 0.5, 3])
            histogram.Record(value);

        Lines("onsale_test_wait").ShouldBe([
            "# TYPE onsale_test_wait_seconds histogram",
            "onsale_test_wait_seconds_bucket{le=\"0.1\"} 2",
            "onsale_test_wait_seconds_bucket{le=\"1\"} 3",
            "onsale_test_wait_seconds_bucket{le=\"+Inf\"} 4",
            "onsale_test_wait_seconds_sum 3.65",
            "onsale_test_wait_seconds_count 4",
        ]);
    }

    [Fact]
    public void The_order_of_labels_does_not_matter()
    {
        var counter = _meter.CreateUpDownCounter<int>("onsale.test.open");
        counter.Add(4, new("a", 1), new("b", 2));
        counter.Add(-1, new("b", 2), new("a", 1));

        Text("onsale_test_open").ShouldContain("onsale_test_open{a=\"1\",b=\"2\"} 3");
    }

    [Fact]
    public void A_gauge_shows_what_it_reports_now_and_forgets_the_rest()
    {
        var rooms = new Dictionary<string, int>(StringComparer.Ordinal) { ["red"] = 1, ["blue"] = 2 };
        _meter.CreateObservableGauge("onsale.test.people", () => rooms.Select(room =>
            new Measurement<int>(room.Value, new KeyValuePair<string, object?>("room", room.Key))));
        Text("onsale_test_people").ShouldContain("onsale_test_people{room=\"red\"} 1");

        rooms.Remove("red");
        rooms["blue"] = 7;

        Lines("onsale_test_people")
            .ShouldBe(["# TYPE onsale_test_people gauge", "onsale_test_people{room=\"blue\"} 7"]);
    }

    [Fact]
    public void A_gauge_that_throws_hides_no_other()
    {
        _meter.CreateObservableGauge("onsale.test.broken", int () => throw new InvalidOperationException());
        _meter.CreateObservableGauge("onsale.test.fine", () => 5);

        Text("onsale_test_fine").ShouldContain("onsale_test_fine 5");
    }

    [Fact]
    public void Labels_without_end_are_counted_together()
    {
        var counter = _meter.CreateCounter<long>("onsale.test.flood");
        for (var i = 0; i < 5_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var lines = Lines("onsale_test_flood");
        lines.Count.ShouldBeLessThan(MetricFamily.MaxSeries + 10);
        Text("onsale_test_flood").ShouldContain("onsale_test_flood_total{otel_metric_overflow=\"true\"} 4000");
    }

    [Fact]
    public void Concurrent_additions_are_all_counted()
    {
        var counter = _meter.CreateCounter<long>("onsale.test.race");
        Parallel.For(0, 100_000, i => counter.Add(1, new KeyValuePair<string, object?>("lane", i % 3)));

        Lines("onsale_test_race").Skip(1).Sum(line => int.Parse(line.Split(' ')[1])).ShouldBe(100_000);
    }

    [Fact]
    public void Counting_allocates_nothing_once_the_series_is_there()
    {
        var counter = _meter.CreateCounter<long>("onsale.test.cheap");
        object lane = "hot";
        counter.Add(1, new KeyValuePair<string, object?>("lane", lane));
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 1_000; i++)
            counter.Add(1, new KeyValuePair<string, object?>("lane", lane));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public async Task A_node_shows_its_requests_runtime_and_inventory()
    {
        await using var node = await OnsaleNode.StartAsync();
        (await node.Client.GetAsync("/api/v1/events?limit=1")).EnsureSuccessStatusCode();

        using var response = await node.Client.GetAsync("/metrics");

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain("http_server_request_duration_seconds_bucket{");
        text.ShouldContain("http_route=\"/api/v1/events\"");
        text.ShouldContain("onsale_inventory_alarms_total 0");
        text.ShouldContain("dotnet_gc_collections_total");
        await PromtoolShouldAcceptAsync(text);
    }

    [Fact]
    public async Task Metrics_are_not_for_who_comes_through_a_proxy_or_from_elsewhere()
    {
        await using var node = await OnsaleNode.StartAsync(
            settings: [("Onsale:Metrics:AllowedNetworks:0", "10.9.8.0/24")]);
        await (await node.Client.GetAsync("/metrics")).ShouldBeProblemAsync(404, "not-found");

        await using var open = await OnsaleNode.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        await (await open.Client.SendAsync(request)).ShouldBeProblemAsync(404, "not-found");
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

    private string Text(string metric) => string.Join('\n', Lines(metric));

    private List<string> Lines(string metric) =>
        [.. _metrics.Write().Split('\n').Where(line => line.Contains(metric, StringComparison.Ordinal))];
}
