using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Operate.Monitoring;

/// <summary>Alerts and dashboards, judged by Prometheus itself and by what a node really exports.</summary>
public sealed class MonitoringTests
{
    /// <summary>What Prometheus adds to a name: units, the kind of counter, the parts of a histogram.</summary>
    private static readonly string[] Suffixes = ["_total", "_bucket", "_count", "_sum", "_seconds", "_bytes"];

    [Theory]
    [InlineData("check", "rules", "rules.yml")]
    [InlineData("test", "rules", "rules.test.yml")]
    [InlineData("check", "config", "prometheus.yml")]
    public async Task Promtool_accepts(string verb, string what, string file)
    {
        using var promtool = MonitoringFiles.Start(
            "promtool", verb, what, Path.Combine(MonitoringFiles.Root, "deploy", "prometheus", file));
        var output = await promtool.StandardOutput.ReadToEndAsync() + await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();

        promtool.ExitCode.ShouldBe(0, output);
    }

    [Fact]
    public void Each_alert_has_a_test_and_a_page_in_the_runbook()
    {
        var (rules, tests) = (File.ReadAllText(MonitoringFiles.Rules), File.ReadAllText(MonitoringFiles.RuleTests));
        var runbook = Path.Combine(MonitoringFiles.Root, "docs", "runbook");
        var index = File.ReadAllText(Path.Combine(runbook, "README.md"));
        MonitoringFiles.Alerts.Count.ShouldBeGreaterThan(15);
        foreach (var alert in MonitoringFiles.Alerts)
        {
            File.Exists(Path.Combine(runbook, $"{alert}.md")).ShouldBeTrue(alert);
            rules.ShouldContain($"runbook_url: docs/runbook/{alert}.md");
            tests.ShouldContain($"alertname: {alert}\n");
            index.ShouldContain($"[{alert}]({alert}.md)");
        }

        Directory.GetFiles(runbook, "Onsale*.md").Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(MonitoringFiles.Alerts, ignoreOrder: true);
    }

    [Fact]
    public async Task Each_query_of_alerts_and_dashboards_is_answered_and_names_metrics_that_a_node_has()
    {
        var instruments = new ConcurrentDictionary<string, bool>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
            instruments[instrument.Name.Replace('.', '_')] = true;
        listener.Start();
        await using var redis = await RedisServer.StartAsync();
        await using var node = await OnsaleNode.StartAsync(
            settings: [("ConnectionStrings:Redis", redis.ConnectionString)]);
        await using var prometheus = await PrometheusServer.StartAsync(node.Address);
        var @event = await TestEvent.WithPoolsAsync(node.DataSource, [10]);
        var guest = await Booker.GuestAsync(node);
        await guest.ConfirmAsync(@event, (await guest.HoldTicketsAsync(@event, 1)).Id);

        // What has happened is there by its name; what has not yet, as an instrument that waits for it.
        await Eventually.ShouldPassAsync(async () =>
            (await prometheus.QueryAsync("onsale_payments_confirms_total")).ShouldBe(1));
        var scraped = await node.Client.GetStringAsync("/metrics");
        foreach (var query in MonitoringFiles.Queries())
        {
            var metrics = MonitoringFiles.MetricsIn(query).ToList();
            await prometheus.QueryAsync(query);
            foreach (var metric in metrics)
            {
                (scraped.Contains($"\n{metric}{{", StringComparison.Ordinal) || IsInstrument(metric, instruments))
                    .ShouldBeTrue($"{metric} of {query}");
            }
        }

        MonitoringFiles.Queries().Count.ShouldBeGreaterThan(50);
        (await prometheus.QueryAsync("onsale_redis_connected == 1")).ShouldBe(1);
        (await prometheus.QueryAsync("onsale_postgres_connections > 0")).ShouldBe(1);
        (await prometheus.QueryAsync("onsale_inventory_commit_duration_seconds_count > 0")).ShouldBe(1);
        (await prometheus.QueryAsync("ALERTS{alertstate=\"firing\",severity=\"critical\"}")).ShouldBe(0);
    }

    private static bool IsInstrument(string metric, ConcurrentDictionary<string, bool> instruments)
    {
        var name = metric;
        while (true)
        {
            if (instruments.ContainsKey(name))
                return true;
            if (Array.Find(Suffixes, suffix => name.EndsWith(suffix, StringComparison.Ordinal)) is not { } suffix)
                return false;
            name = name[..^suffix.Length];
        }
    }
}
