using System.Globalization;

namespace Onsale.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public required string Scenario { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    public int Rounds { get; init; } = 3;

    public IReadOnlyList<long> PastBookings { get; init; } = [0, 1_000_000, 10_000_000];

    /// <summary>Numbers of events on sale at once; null: those of the scenario.</summary>
    public IReadOnlyList<int>? Events { get; init; }

    /// <summary>Lines for PostgreSQL's settings file, to try them.</summary>
    public IReadOnlyList<string> PostgresSettings { get; init; } = [];

    /// <summary>Further settings of the server under test.</summary>
    public IReadOnlyList<string> ServerSettings { get; init; } = [];

    /// <summary>Settings of a second server that is measured in the same rounds; null: none is.</summary>
    public IReadOnlyList<string>? OtherServerSettings { get; init; }

    /// <summary>Whether PostgreSQL's time by statement is printed after each measurement.</summary>
    public bool CountsStatements { get; init; }

    public bool WritesReport { get; init; } = true;

    /// <summary>
    /// Measures only what has one of these (separated by semicolons) in its name, and reports nothing: for whoever
    /// works on one figure.
    /// </summary>
    public string? Only { get; init; }

    /// <summary>Whether something of this name is to be measured.</summary>
    public bool Measures(string name) => Only is null || Only
        .Split(';').Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>The command line that repeats this run.</summary>
    public string CommandLine { get; private init; } = "";

    /// <summary>Null: it cannot be understood.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        if (args is not [var scenario, .. var rest])
            return null;
        var options = new BenchOptions { Scenario = scenario, CommandLine = string.Join(' ', args) };
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == "--no-report")
                options = options with { WritesReport = false };
            else if (rest[i] == "--statements")
                options = options with { CountsStatements = true };
            else if (i + 1 == rest.Length || Read(options, rest[i], rest[++i]) is not { } read)
                return null;
            else
                options = read;
        }

        return options;
    }

    private static BenchOptions? Read(BenchOptions options, string name, string value)
    {
        switch (name)
        {
            case "--seconds" when Number(value) is > 0 and <= 600 and var seconds:
                return options with { Duration = TimeSpan.FromSeconds(seconds) };
            case "--rounds" when Number(value) is > 0 and <= 100 and var rounds:
                return options with { Rounds = (int)rounds };
            case "--only":
                return options with { Only = value };
            case "--postgres":
                return options with { PostgresSettings = [.. value.Split(';', StringSplitOptions.TrimEntries)] };
            case "--server":
                return options with { ServerSettings = Settings(value) };
            case "--compare":
                return options with { OtherServerSettings = Settings(value) };
            case "--events":
                var numbers = value.Split(',').Select(Number).ToList();
                return numbers.TrueForAll(number => number is > 0 and <= 20_000)
                    ? options with { Events = [.. numbers.Select(number => (int)number!.Value)] }
                    : null;
            case "--past":
                var counts = value.Split(',').Select(Number).ToList();
                return counts.Contains(null)
                    ? null
                    : options with { PastBookings = [.. counts.Select(count => count!.Value)] };
            default:
                return null;
        }
    }

    private static string[] Settings(string value) =>
        [.. value.Split(';', StringSplitOptions.TrimEntries).Select(setting => $"--{setting}")];

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
