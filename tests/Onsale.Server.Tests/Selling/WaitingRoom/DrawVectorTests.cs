using System.Runtime.CompilerServices;
using System.Text.Json;
using Onsale.Server.Selling.WaitingRoom;

namespace Onsale.Server.Tests.Selling.WaitingRoom;

/// <summary>
/// Lots and positions as committed in <c>fixtures/waiting-room</c>: the web app's copy of the rule is tested against
/// the same file. With <c>ONSALE_WRITE_FIXTURES=1</c> it is written anew.
/// </summary>
public sealed class DrawVectorTests
{
    private const int Count = 150;
    private const int Seed = 20261130;

    private static readonly string[] s_beacons = ["", "drand 4711", "Lösung №7 — مرحبا"];
    private static readonly long[] s_crowds = [1, 2, 999, 1_000_000, 9_007_199_254_740];

    [Fact]
    public void Vectors_are_what_the_rule_decides()
    {
        var random = new Random(Seed);
        var lines = Enumerable.Range(0, Count).Select(number =>
        {
            var (seed, ids) = (new byte[Draw.SeedBytes], new byte[32]);
            random.NextBytes(seed);
            random.NextBytes(ids);
            var (eventId, buyerId) = (new Guid(ids.AsSpan(0, 16)), new Guid(ids.AsSpan(16)));
            var (beacon, early) = (s_beacons[number % s_beacons.Length], s_crowds[number % s_crowds.Length]);
            var lot = Draw.LotOf(Draw.Mix(seed, beacon), eventId, buyerId);
            return JsonSerializer.Serialize(new
            {
                seed = Convert.ToHexStringLower(seed),
                commitment = Convert.ToHexStringLower(Draw.CommitmentOf(seed)),
                beacon,
                eventId,
                buyerId,
                early,
                lot = lot.ToString("x16"),
                position = Draw.PositionOf(lot, early),
            });
        });
        var text = $"[\n{string.Join(",\n", lines)}\n]\n";
        var path = Path.GetFullPath(Path.Combine(
            Here(), "..", "..", "..", "..", "fixtures", "waiting-room", "draw.json"));
        if (Environment.GetEnvironmentVariable("ONSALE_WRITE_FIXTURES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, "the draw is not what it was");
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
