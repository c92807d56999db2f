using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Onsale.Server.Tests.Architecture;

/// <summary>Each table has one module that writes it; <c>table-writers.txt</c> says which.</summary>
public sealed partial class TableWritersTests
{
    [Fact]
    public void Each_table_is_written_by_the_module_that_the_list_names_and_by_no_other()
    {
        var allowed = ReadList();

        var wrong = FindWrites()
            .Where(write => !allowed.TryGetValue(write.Table, out var module) || !IsIn(write.File, module))
            .Select(write => $"{write.File}:{write.Line} writes {write.Table}, which "
                + (allowed.TryGetValue(write.Table, out var module) ? $"{module} writes" : "the list does not name"))
            .ToList();

        wrong.ShouldBeEmpty(string.Join('\n', wrong));
    }

    [Fact]
    public void Each_table_of_the_list_is_written()
    {
        var written = FindWrites().Select(write => write.Table).ToHashSet(StringComparer.Ordinal);

        ReadList().Keys.Except(written).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("insert into seats (event_id)", "seats")]
    [InlineData("with written as (\n    update pools p set held = 1", "pools")]
    [InlineData("\"delete from sessions where id = $1\"", "sessions")]
    [InlineData("on conflict (content_hash) do update set content_hash = excluded.content_hash", null)]
    [InlineData("order by expires_at limit $1 for update skip locked", null)]
    [InlineData("select 1 from seats for no key update", null)]
    [InlineData("// An update of seats goes to another page", null)]
    public void Write_is_recognised(string text, string? table) =>
        Statement().Matches(text).Select(match => match.Groups["table"].Value).SingleOrDefault().ShouldBe(table);

    private static IEnumerable<(string File, int Line, string Table)> FindWrites()
    {
        var root = Path.Combine(Root(), "src");
        foreach (var path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var file = Path.GetRelativePath(root, path).Replace('\\', '/');
            if (file.Contains("/obj/", StringComparison.Ordinal) || file.Contains("/bin/", StringComparison.Ordinal))
                continue;
            var text = File.ReadAllText(path);
            foreach (Match match in Statement().Matches(text))
            {
                var line = text.AsSpan(0, match.Index).Count('\n') + 1;
                yield return (file, line, match.Groups["table"].Value);
            }
        }
    }

    /// <summary>The module of each table.</summary>
    internal static Dictionary<string, string> ReadList() =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(Here())!, "table-writers.txt"))
            .Select(line => line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length == 2)
            .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);

    private static bool IsIn(string file, string module) => file.StartsWith(module + "/", StringComparison.Ordinal);

    private static string Root() => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", ".."));

    private static string Here([CallerFilePath] string path = "") => path;

    /// <summary>
    /// A write as this program's SQL spells it, in lower case: an update names its table and then <c>set</c>, which
    /// neither <c>for update</c> nor a comment does.
    /// </summary>
    [GeneratedRegex(
        @"\b(?:insert\s+into\s+(?<table>[a-z_]+)\s*(?:as\s+\w+\s*)?\(|"
            + @"(?<!do\s)update\s+(?<table>[a-z_]+)(?:\s+(?:as\s+)?[a-z]\w*)?\s+set\b|"
            + @"delete\s+from\s+(?<table>[a-z_]+)\b)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Statement();
}
