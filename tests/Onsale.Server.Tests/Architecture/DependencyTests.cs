using System.Text.RegularExpressions;

namespace Onsale.Server.Tests.Architecture;

/// <summary>Dependencies point one way; a failure names the file and line.</summary>
public sealed class DependencyTests
{
    /// <summary>Each may use those before it; inside one, modules form no circle.</summary>
    private static readonly string[] s_tiers = ["Access", "Catalog", "Selling", "Delivery", "Operate", "Web"];

    private static readonly Dictionary<string, string[]> s_projects = new(StringComparer.Ordinal)
    {
        ["Onsale.Inventory"] = [],
        ["Onsale.Inventory.Engine"] = ["Onsale.Inventory"],
        ["Onsale.Platform"] = [],
        ["Onsale.Server"] = ["Onsale.Inventory", "Onsale.Inventory.Engine", "Onsale.Platform"],
    };

    [Fact]
    public void Projects_reference_only_those_below_them()
    {
        foreach (var (project, allowed) in s_projects)
        {
            var referenced = Regex.Matches(
                SourceTree.Read($"src/{project}/{project}.csproj"),
                @"<ProjectReference Include=""[^""]*/(?<name>[^/""]+)\.csproj""",
                RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(match => match.Groups["name"].Value);

            referenced.ShouldBeSubsetOf(allowed, project);
            SourceTree.ProjectReferences(project)
                .Where(reference => reference.To != project && !allowed.Contains(reference.To))
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_engine_does_not_know_web_frameworks()
    {
        SourceTree.Read("src/Onsale.Inventory.Engine/Onsale.Inventory.Engine.csproj")
            .ShouldNotContain("Microsoft.AspNetCore");
        SourceTree.FilesBelow("src/Onsale.Inventory.Engine")
            .Where(file => SourceTree.Read(file).Contains("Microsoft.AspNetCore", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Modules_use_only_earlier_tiers_and_their_own()
    {
        SourceTree.ModuleReferences().Where(reference => !MayUse(reference.From, reference.To)).ShouldBeEmpty();
    }

    [Fact]
    public void Modules_of_one_tier_form_no_circle()
    {
        var uses = SourceTree.ModuleReferences()
            .Where(reference => TierOf(reference.From) == TierOf(reference.To))
            .ToLookup(reference => reference.From, reference => reference.To);
        foreach (var module in uses.Select(group => group.Key))
            FindCircle(module, [], uses).ShouldBeNull();
    }

    [Fact]
    public void Every_folder_belongs_to_a_tier()
    {
        Directory.EnumerateDirectories(Path.Combine(SourceTree.Directory, "src/Onsale.Server"))
            .Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj" or "Properties" or "Migrations" or "Cli"))
            .ShouldBeSubsetOf(s_tiers);
    }

    private static bool MayUse(string from, string to)
    {
        // The composition root and the command line put everything together.
        if (from is SourceTree.Root or "Cli")
            return true;
        if (to is SourceTree.Root or "Cli" or "Web" or "Operate/Demo")
            return false;
        return Array.IndexOf(s_tiers, TierOf(to)) <= Array.IndexOf(s_tiers, TierOf(from));
    }

    private static string TierOf(string module) => module.Split('/')[0];

    private static string? FindCircle(string module, List<string> path, ILookup<string, string> uses)
    {
        if (path.Contains(module))
            return string.Join(" uses ", path.SkipWhile(one => one != module).Append(module));
        return uses[module].Distinct()
            .Select(next => FindCircle(next, [.. path, module], uses))
            .FirstOrDefault(circle => circle is not null);
    }
}
