using System.Runtime.CompilerServices;
using System.Text.Json;
using Onsale.Inventory.Seating;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>
/// What the rules of seating decide in halls of all shapes, as committed in <c>fixtures/seating</c>: the web app's copy
/// of the rules is tested against the same files. With <c>ONSALE_WRITE_FIXTURES=1</c> the files are written anew.
/// </summary>
public sealed class SeatingVectorTests
{
    private const int HallCount = 150;
    private const int Seed = 20260601;
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    [Fact]
    public void Best_available_vectors_are_what_the_rules_decide() => ShouldBeCommitted(
        "best-available.json", (hall, inventory) => Enumerable.Range(1, 6).Select(quantity => new
        {
            quantity,
            seats = BestAvailable.Together(inventory, Seated, quantity)?.Seats,
            canSeatWithoutOrphan = BestAvailable.CanSeatWithoutOrphan(inventory, Seated, quantity),
        }));

    [Fact]
    public void Orphan_vectors_are_what_the_rules_decide() => ShouldBeCommitted("orphan-rule.json", (hall, inventory) =>
    {
        var random = new Random(hall.States.Length);
        var free = Enumerable.Range(0, hall.States.Length)
            .Where(seat => hall.States[seat] == SeatState.Available).ToArray();
        return Enumerable.Range(1, 5).Select(count =>
        {
            random.Shuffle(free);
            var chosen = free.Take(count).Order().ToArray();
            return new { chosen, orphans = OrphanRule.OrphansLeftBy(inventory, chosen) };
        }).ToList();
    });

    private static void ShouldBeCommitted<T>(string name, Func<SmallHall, EventInventory, T> decide)
    {
        var lines = Halls().Select(hall => JsonSerializer.Serialize(
            new
            {
                rows = hall.Rows,
                tiers = hall.Tiers,
                distances = hall.Distances,
                aisles = hall.Aisles.Select(aisle => aisle ? 1 : 0),
                states = hall.States.Select(state => (int)state),
                cases = decide(hall, hall.Build()),
            },
            s_json));
        var text = $"[\n{string.Join(",\n", lines)}\n]\n";
        var path = Path.GetFullPath(Path.Combine(Here(), "..", "..", "fixtures", "seating", name));
        if (Environment.GetEnvironmentVariable("ONSALE_WRITE_FIXTURES") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(text, $"{name} is not what the rules decide now");
    }

    /// <summary>
    /// Up to six rows of eight, two tiers, aisles, and distances that tie often; the same every time.
    /// </summary>
    private static IEnumerable<SmallHall> Halls()
    {
        var random = new Random(Seed);
        float[] scales = [1f, 0.1f, 12345.678f];
        for (var number = 0; number < HallCount; number++)
        {
            int[] rows = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => random.Next(1, 9))];
            var (seats, scale, sold) = (rows.Sum(), scales[number % scales.Length], random.Next(0, 8));
            T[] EachSeat<T>(Func<T> make) => [.. Enumerable.Range(0, seats).Select(_ => make())];
            yield return new SmallHall(
                rows,
                [.. rows.Select(_ => random.Next(0, 4))],
                EachSeat(() => random.Next(6) == 0 ? Hall.Balcony : Seated),
                EachSeat(() => random.Next(1, 7) * scale),
                EachSeat(() => random.Next(10) == 0),
                EachSeat(() => random.Next(10) is var roll && roll >= sold
                    ? SeatState.Available : (SeatState)(1 + (roll % 3))),
                Quantity: 1);
        }
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
