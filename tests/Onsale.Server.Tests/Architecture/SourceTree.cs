using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Onsale.Server.Tests.Architecture;

/// <summary>One place where a source file names a namespace of this repository.</summary>
/// <param name="File">Path from the repository's root.</param>
/// <param name="Line">From 1.</param>
/// <param name="From">The module that the file belongs to, such as <c>Selling/Bookings</c>.</param>
/// <param name="To">The module that it names.</param>
internal sealed record Reference(string File, int Line, string From, string To)
{
    public override string ToString() => $"{File}:{Line}: {From} uses {To}";
}

/// <summary>The sources as text: what uses what, by the namespaces that files name.</summary>
internal static partial class SourceTree
{
    /// <summary>The module of files that lie beside <c>Program.cs</c>: the composition root.</summary>
    public const string Root = "Program";

    /// <summary>Path of the repository.</summary>
    public static string Directory { get; } = FindRoot();

    /// <summary>Text of a file of the repository.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Directory, path));

    /// <summary>C# files below a folder of the repository, generated ones left out.</summary>
    public static IEnumerable<string> FilesBelow(string folder) =>
        System.IO.Directory.EnumerateFiles(Path.Combine(Directory, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Directory, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal)
                && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>Modules of the program, those that use no other among them.</summary>
    public static IEnumerable<string> Modules() => FilesBelow("src/Onsale.Server").Select(ModuleOf).Distinct();

    /// <summary>References between modules of the program: folders below <c>src/Onsale.Server</c>.</summary>
    public static IReadOnlyList<Reference> ModuleReferences() =>
    [
        .. from file in FilesBelow("src/Onsale.Server")
        let module = ModuleOf(file)
        from reference in ReferencesIn(file, ServerNamespace(), match => ModuleOf(match))
        where reference.To != module
        select reference with { From = module },
    ];

    /// <summary>References of a project's files to namespaces of the repository's projects.</summary>
    public static IEnumerable<Reference> ProjectReferences(string project) =>
        FilesBelow($"src/{project}").SelectMany(file => ReferencesIn(
            file, AnyNamespace(), match => match.Value)).Select(reference => reference with { From = project });

    private static string ModuleOf(string file)
    {
        var parts = file["src/Onsale.Server/".Length..].Split('/');
        return parts.Length switch { 1 => Root, 2 => parts[0], _ => $"{parts[0]}/{parts[1]}" };
    }

    private static string ModuleOf(Match match) => match.Groups["module"].Success
        ? $"{match.Groups["tier"].Value}/{match.Groups["module"].Value}"
        : match.Groups["tier"].Value;

    private static IEnumerable<Reference> ReferencesIn(string file, Regex pattern, Func<Match, string> target) =>
        from line in File.ReadLines(Path.Combine(Directory, file)).Select((text, index) => (text, number: index + 1))
        where !line.text.StartsWith("namespace ", StringComparison.Ordinal)
        from match in pattern.Matches(line.text)
        select new Reference(file, line.number, "", target(match));

    private static string FindRoot([CallerFilePath] string path = "")
    {
        for (var directory = Path.GetDirectoryName(path); directory is not null;
            directory = Path.GetDirectoryName(directory))
        {
            if (File.Exists(Path.Combine(directory, "Onsale.slnx")))
                return directory;
        }

        throw new InvalidOperationException($"No Onsale.slnx above {path}: tests of the sources need the checkout.");
    }

    [GeneratedRegex(@"\bOnsale\.Server\.(?<tier>[A-Z]\w+)(\.(?<module>[A-Z]\w+))?")]
    private static partial Regex ServerNamespace();

    [GeneratedRegex(@"\bOnsale\.(Inventory\.Engine|Inventory|Platform|Server)\b")]
    private static partial Regex AnyNamespace();
}
