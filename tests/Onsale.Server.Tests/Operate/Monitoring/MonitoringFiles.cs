using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Onsale.Server.Tests.Operate.Monitoring;

/// <summary>The files of <c>deploy/prometheus</c> and <c>deploy/grafana</c>, and the programs that read them.</summary>
internal static partial class MonitoringFiles
{
    public static string Root { get; } = FindRoot();

    public static string Rules => Path.Combine(Root, "deploy", "prometheus", "rules.yml");

    public static string RuleTests => Path.Combine(Root, "deploy", "prometheus", "rules.test.yml");

    public static string Configuration => Path.Combine(Root, "deploy", "prometheus", "prometheus.yml");

    /// <summary>The names of the alerts.</summary>
    public static IReadOnlyList<string> Alerts =>
        [.. AlertLine().Matches(File.ReadAllText(Rules)).Select(match => match.Groups["name"].Value)];

    /// <summary>The queries of the rules, and of all panels with Grafana's variables filled in.</summary>
    public static IReadOnlyList<string> Queries() =>
        [.. ExpressionLine().Matches(File.ReadAllText(Rules)).Select(match => match.Groups["query"].Value.Trim()),
            .. Dashboards().SelectMany(PanelQueries)];

    public static IEnumerable<JsonElement> Dashboards() => Directory
        .GetFiles(Path.Combine(Root, "deploy", "grafana", "dashboards"), "*.json")
        .Select(file => JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(file)));

    /// <summary>The metrics that a query names.</summary>
    public static IEnumerable<string> MetricsIn(string query) =>
        Metric().Matches(Labels().Replace(query, "")).Select(match => match.Value).Distinct(StringComparer.Ordinal);

    public static Process Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException(
                $"{program} was not found; these tests need a real one: apt-get install prometheus.", exception);
        }
    }

    private static IEnumerable<string> PanelQueries(JsonElement dashboard) =>
        dashboard.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.GetProperty("type").GetString() != "row")
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .Select(target => target.GetProperty("expr").GetString()!
                .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
                .Replace("$node", ".*", StringComparison.Ordinal));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory!.FullName, "Onsale.slnx")))
            directory = directory.Parent;
        return directory.FullName;
    }

    [GeneratedRegex("- alert: (?<name>\\w+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AlertLine();

    [GeneratedRegex("expr: >-\\n(?<query>.+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExpressionLine();

    /// <summary>Names in braces, and those that a sum is grouped by.</summary>
    [GeneratedRegex("by \\([^)]*\\)|\\{(\"[^\"]*\"|[^}\"])*\\}", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Labels();

    [GeneratedRegex("\\b(onsale|http|kestrel|dotnet|db)_[a-z0-9_]+", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Metric();
}
