using System.Diagnostics;
using System.Reflection;

namespace Onsale.Platform.Startup;

/// <summary>
/// What the program says once it is ready: where it is, and whatever modules want an operator to know (demo accounts,
/// what to try next), each under a heading of its own.
/// </summary>
internal sealed class StartupBanner(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<(string Heading, IReadOnlyList<string> Lines)> _sections = [];

    /// <summary>Adds a section; to be called while the program starts.</summary>
    public void Add(string heading, params IReadOnlyList<string> lines)
    {
        lock (_gate)
            _sections.Add((heading, lines));
    }

    public void Print(TextWriter output, IEnumerable<string> urls)
    {
        using var process = Process.GetCurrentProcess();
        var ready = time.GetUtcNow().UtcDateTime - process.StartTime.ToUniversalTime();
        var version = typeof(StartupBanner).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?
            .InformationalVersion.Split('+')[0];
        output.WriteLine();
        output.WriteLine($"  Onsale {version} is ready after {ready.TotalSeconds:0.0} s at");
        foreach (var url in urls)
            output.WriteLine($"    {Reachable(url)}");
        lock (_gate)
        {
            foreach (var (heading, lines) in _sections)
            {
                output.WriteLine();
                output.WriteLine($"  {heading}");
                foreach (var line in lines)
                    output.WriteLine($"    {line}");
            }
        }

        output.WriteLine();
        output.WriteLine("  Ctrl-C stops it.");
        output.WriteLine();
        output.Flush();
    }

    /// <summary>A server that listens on every address is opened by a name, not by <c>0.0.0.0</c>.</summary>
    private static string Reachable(string url) => url
        .Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal)
        .Replace("//[::]:", "//localhost:", StringComparison.Ordinal);
}
