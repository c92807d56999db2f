using System.Runtime.CompilerServices;
using System.Text.Json;
using Onsale.Server.Delivery.CheckIn;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Delivery.CheckIn;

/// <summary>
/// The rules of the door as committed in <c>fixtures/tickets/door-rules.json</c>, which the app for doors without a
/// network is tested against, too. With <c>ONSALE_WRITE_FIXTURES=1</c> it is written anew.
/// </summary>
public sealed class DoorRulesTests
{
    private static readonly bool[] s_both = [true, false];
    private static readonly DateTimeOffset s_start = new(2026, 11, 30, 19, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Vectors_are_what_the_rules_decide()
    {
        List<string> lines = [];
        foreach (var kind in Enum.GetValues<ScanKind>())
        {
            foreach (var refusal in new ScanOutcome?[] { null, ScanOutcome.Cancelled, ScanOutcome.Transferred })
            {
                lines.AddRange(s_both.Select(isInside => JsonSerializer.Serialize(new
                {
                    kind = Name(kind),
                    refusal = refusal is { } reason ? Name(reason) : null,
                    isInside,
                    outcome = Name(DoorRules.OutcomeOf(kind, refusal, isInside)),
                })));
            }
        }

        var text = $"[\n{string.Join(",\n", lines)}\n]\n";
        var path = Path.GetFullPath(
            Path.Combine(Here(), "..", "..", "..", "..", "fixtures", "tickets", "door-rules.json"));
        if (Environment.GetEnvironmentVariable("ONSALE_WRITE_FIXTURES") == "1")
            File.WriteAllText(path, text);

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, "the rules are not what they were");

        static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName($"{value}");
    }

    [Fact]
    public void Scans_add_up_in_the_order_of_their_times()
    {
        Replay(Entry(0), Entry(5), Exit(10), Entry(11)).ShouldBe(
            [ScanOutcome.Accepted, ScanOutcome.AlreadyCheckedIn, ScanOutcome.Accepted, ScanOutcome.Accepted]);
        // Nobody passed: whatever is known later, it stays what it was told as.
        Replay(Exit(0), Entry(1, ScanOutcome.RefusedAtDoor, admitted: false), Entry(2)).ShouldBe(
            [ScanOutcome.NotCheckedIn, ScanOutcome.RefusedAtDoor, ScanOutcome.Accepted]);
        // A code that admits nobody does so whoever is inside.
        Replay(Entry(0, ScanOutcome.Cancelled), Entry(1)).ShouldBe([ScanOutcome.Cancelled, ScanOutcome.Accepted]);
    }

    private static IReadOnlyList<ScanOutcome> Replay(params ScanFact[] facts) => DoorRules.Replay(facts).Outcomes;

    private static ScanFact Entry(int minute, ScanOutcome outcome = ScanOutcome.Accepted, bool admitted = true) =>
        new(House.NewId(), ScanKind.Entry, s_start.AddMinutes(minute), admitted, outcome, "", null, null);

    private static ScanFact Exit(int minute) => Entry(minute) with { Kind = ScanKind.Exit };

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
