using System.Text;

namespace Onsale.Server.Tests.Architecture;

/// <summary>The graph in docs/architecture.md is drawn from the sources.</summary>
public sealed class DiagramTests
{
    private const string Page = "docs/architecture.md";
    private const string Begin = "<!-- generated: modules -->\n";
    private const string End = "<!-- end of generated -->\n";

    /// <summary>Set to 1, the test writes the graph instead of comparing it.</summary>
    private const string UpdateVariable = "ONSALE_UPDATE_FILES";

    [Fact]
    public void The_graph_shows_the_modules_as_they_are()
    {
        var text = SourceTree.Read(Page).ReplaceLineEndings("\n");
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, begin, StringComparison.Ordinal);
        var expected = Draw();
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
            File.WriteAllText(Path.Combine(SourceTree.Directory, Page), text[..begin] + expected + text[end..]);
        else
            text[begin..end].ShouldBe(expected, $"{Page} is old: run this test with {UpdateVariable}=1");
    }

    private static string Draw()
    {
        var references = SourceTree.ModuleReferences()
            .Where(reference => IsDrawn(reference.From))
            .Select(reference => (reference.From, reference.To)).Distinct().Order().ToList();
        var modules = SourceTree.Modules().Where(IsDrawn)
            .Order(StringComparer.Ordinal).ToLookup(module => module.Split('/')[0]);
        var graph = new StringBuilder("```mermaid\nflowchart TD\n");
        foreach (var tier in modules)
        {
            graph.Append($"  subgraph {tier.Key}\n");
            foreach (var module in tier)
                graph.Append($"    {Id(module)}[{module.Split('/')[^1]}]\n");
            graph.Append("  end\n");
        }

        foreach (var (from, to) in references)
            graph.Append($"  {Id(from)} --> {Id(to)}\n");
        return graph.Append("```\n").ToString();
    }

    private static bool IsDrawn(string module) => module is not (SourceTree.Root or "Cli");

    private static string Id(string module) => module.Replace("/", "", StringComparison.Ordinal);
}
