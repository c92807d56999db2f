using System.Runtime.CompilerServices;

namespace Onsale.Server.Tests.Delivery.Tickets;

/// <summary>
/// Codes as committed in <c>fixtures/tickets</c>, which the web app's tests read too. With
/// <c>ONSALE_WRITE_FIXTURES=1</c> they are written anew.
/// </summary>
internal static class TicketVectors
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A typed code, as tickets are issued with.</summary>
    public static string IssuedCode(Random random) =>
        string.Concat(Enumerable.Range(0, 16).Select(_ => Alphabet[random.Next(32)]));

    /// <summary>Fails if the file is not what these lines are, one JSON value each.</summary>
    public static void Compare(string name, IEnumerable<string> lines)
    {
        var text = $"[\n{string.Join(",\n", lines)}\n]\n";
        var path = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "..", "fixtures", "tickets", $"{name}.json"));
        if (Environment.GetEnvironmentVariable("ONSALE_WRITE_FIXTURES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, "the format is not what it was");
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
