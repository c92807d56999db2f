using System.Globalization;
using System.Text;

namespace Onsale.Bench.Reports;

/// <summary>A report in Markdown: printed as it grows, written to <c>docs/benchmarks</c> at the end.</summary>
internal sealed class Report(BenchOptions options)
{
    private readonly StringBuilder _text = new();

    /// <summary>A paragraph, a heading, or a list.</summary>
    public void Say(string text)
    {
        Append(text.Trim());
        Append("");
    }

    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        Append($"| {string.Join(" | ", head)} |");
        Append($"|{string.Concat(head.Select((_, column) => column == 0 ? " --- |" : " ---: |"))}");
        foreach (var row in rows)
            Append($"| {string.Join(" | ", row)} |");
        Append("");
    }

    /// <summary>What the figures were taken on, and how to take them again.</summary>
    public async Task DescribeRunAsync(string postgresVersion)
    {
        Say($"""
            Written by the command itself,
            `dotnet run -c Release --project bench/Onsale.Bench -- {options.CommandLine}`,
            {TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC.

            - Machine: {await Machine.DescribeAsync()}; load average at the end {Machine.LoadAverage()}
            - .NET {Environment.Version}; PostgreSQL {postgresVersion}: the program's own embedded cluster with the
              settings of production (fsync, synchronous_commit and full_page_writes on), over its Unix socket
            """);
    }

    public async Task WriteAsync()
    {
        if (!options.WritesReport)
            return;
        var path = Path.Combine(RepositoryRoot(), "docs", "benchmarks", $"{options.Scenario}.md");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, _text.ToString().TrimEnd() + "\n");
    }

    private static string RepositoryRoot()
    {
        for (var directory = AppContext.BaseDirectory;
            directory is not null;
            directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Onsale.slnx")))
                return directory;
        }

        throw new BenchException("The report has no place: this does not run inside the repository. Add --no-report.");
    }

    private void Append(string line)
    {
        _text.Append(line).Append('\n');
        Console.WriteLine(line);
    }
}
