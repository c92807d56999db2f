using FsCheck;
using FsCheck.Fluent;
using Onsale.Inventory.Seating;
using static Onsale.Inventory.Tests.TestEvents;

namespace Onsale.Inventory.Tests;

/// <summary>The search against one that looks at everything, in small halls of all shapes.</summary>
public sealed class SeatingPropertyTests
{
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(3000);

    /// <summary>Halls up to six rows of eight, two tiers, aisles, and distances that tie often.</summary>
    private static Gen<SmallHall> Halls() =>
        from rows in Gen.Choose(1, 6).SelectMany(count => Gen.ArrayOf(Gen.Choose(1, 8), count))
        from sections in Gen.ArrayOf(Gen.Choose(0, 3), rows.Length)
        from tiers in Gen.ArrayOf(Gen.Frequency((5, Gen.Constant(Seated)), (1, Gen.Constant(3))), rows.Sum())
        from distances in Gen.ArrayOf(Gen.Choose(1, 6), rows.Sum())
        from scale in Gen.Elements(1f, 0.1f, 12345.678f)
        from aisles in Gen.ArrayOf(Gen.Choose(0, 9), rows.Sum())
        from sold in Gen.Choose(0, 10)
        from states in Gen.ArrayOf(Gen.Choose(0, 9), rows.Sum())
        from quantity in Gen.Choose(1, 6)
        select new SmallHall(
            rows, sections, tiers, [.. distances.Select(distance => distance * scale)],
            [.. aisles.Select(aisle => aisle == 0)],
            [.. states.Select(state => state >= sold ? SeatState.Available : (SeatState)(1 + (state % 3)))], quantity);

    [Fact]
    public void The_best_choice_is_the_one_a_search_through_everything_finds() =>
        Prop.ForAll(Halls().ToArbitrary(), hall =>
        {
            var inventory = hall.Build();
            var free = hall.FreeSeats().ToList();
            var choice = BestAvailable.Choose(inventory, Seated, hall.Quantity);
            if (free.Count < hall.Quantity)
            {
                choice.ShouldBeNull();
                return;
            }

            choice.ShouldNotBeNull();
            choice.Seats.Distinct().Count().ShouldBe(hall.Quantity);
            choice.Seats.ShouldBe(choice.Seats.Order());
            choice.Seats.ShouldAllBe(seat => free.Contains(seat));
            var (quality, seats) = hall.BestByBruteForce();
            choice.Quality.ShouldBe(quality);
            choice.Seats.ShouldBe(seats);
            BestAvailable.Choose(hall.Build(), Seated, hall.Quantity)!.Seats.ShouldBe(choice.Seats);
        }).Check(s_config);

    [Fact]
    public void A_choice_does_not_depend_on_how_the_state_came_about() =>
        Prop.ForAll(Halls().ToArbitrary(), hall =>
        {
            // Seats are marked and given back one by one, with a look in between: what is remembered a row must follow.
            var (inventory, fresh) = (hall.Build(), hall.Build());
            foreach (var seat in hall.FreeSeats())
            {
                inventory.Mark(new Place(Seated, seat, 0));
                BestAvailable.Choose(inventory, Seated, 1);
                for (var row = 0; row < hall.Rows.Length; row++)
                    inventory.LongestRunInRow(row).ShouldBe(LongestRun(inventory, row));
                inventory.Unmark(new Place(Seated, seat, 0));
            }

            BestAvailable.Choose(inventory, Seated, hall.Quantity)?.Seats
                .ShouldBe(BestAvailable.Choose(fresh, Seated, hall.Quantity)?.Seats);
        }).Check(s_config.WithMaxTest(300));

    [Fact]
    public void Orphans_are_the_seats_that_became_single() =>
        Prop.ForAll(Gen.Zip(Halls(), Gen.Choose(0, int.MaxValue)).ToArbitrary(), pair =>
        {
            var (hall, seed) = pair;
            var free = Enumerable.Range(0, hall.States.Length).Where(seat => hall.States[seat] == SeatState.Available)
                .ToArray();
            new Random(seed).Shuffle(free);
            var chosen = free.Take(hall.Quantity).ToList();
            var expected = Enumerable.Range(0, hall.States.Length)
                .Where(seat => hall.IsSingle(seat, chosen) && !hall.IsSingle(seat, []));
            OrphanRule.OrphansLeftBy(hall.Build(), chosen).ShouldBe(expected);
        }).Check(s_config);

    private static int LongestRun(EventInventory inventory, int row)
    {
        var (layout, best) = (inventory.Settings.Layout, 0);
        for (var start = layout.RowStart(row); start < layout.RowEnd(row); start++)
        {
            var length = 0;
            for (var seat = start; seat < layout.RowEnd(row) && inventory.Seats[seat] == SeatState.Available; seat++)
            {
                length++;
                if (!layout.IsAdjacentToNext(seat))
                    break;
            }

            best = Math.Max(best, length);
        }

        return best;
    }
}

/// <summary>A hall as arrays, and the best seats in it found the long way.</summary>
internal sealed record SmallHall(
    int[] Rows, int[] Sections, int[] Tiers, float[] Distances, bool[] Aisles, SeatState[] States, int Quantity)
{
    private int[] Starts => [.. Rows.Select((_, row) => Rows.Take(row).Sum())];

    private int RowOf(int seat) => Array.FindLastIndex(Starts, start => start <= seat);

    public EventInventory Build()
    {
        var layout = new SeatLayout(
            [.. Tiers.Select(tier => (byte)tier)], Starts, [.. Sections.Order().Select(section => (short)section)],
            Distances, [.. Enumerable.Range(0, Tiers.Length).Select(AreTogether)]);
        var settings = Settings(layout);
        settings = settings with
        {
            Tiers = [.. settings.Tiers, new TierSettings(Id(13), "Balcony", TierKind.Seated, 1)],
        };
        return InventoryOf(settings, Hall.Pack(States));
    }

    public IEnumerable<int> FreeSeats() => Enumerable.Range(0, States.Length)
        .Where(seat => States[seat] == SeatState.Available && Tiers[seat] == Seated);

    /// <summary>Whether a seat is free with no free neighbour, once some are taken.</summary>
    public bool IsSingle(int seat, List<int> taken)
    {
        bool IsFree(int other) => States[other] == SeatState.Available && !taken.Contains(other);
        return IsFree(seat) && !(seat > 0 && AreTogether(seat - 1) && IsFree(seat - 1))
            && !(AreTogether(seat) && IsFree(seat + 1));
    }

    public (SeatingQuality Quality, int[] Seats) BestByBruteForce()
    {
        var windows = Windows(Quantity).ToList();
        if (Best(windows.Where(window => !LeavesOrphan(window))) is { } clean)
            return (SeatingQuality.Together, clean);
        if (Best(windows) is { } any)
            return (SeatingQuality.TogetherLeavingOrphan, any);
        var inRows = Enumerable.Range(0, Rows.Length).Select(Downwards).Where(seats => seats is not null);
        if (Best(inRows!) is { } rows)
            return (SeatingQuality.AdjacentRows, rows);
        return (SeatingQuality.Scattered,
            [.. FreeSeats().OrderBy(seat => Distances[seat]).ThenBy(seat => seat).Take(Quantity).Order()]);
    }

    private bool AreTogether(int seat) => seat + 1 < States.Length && RowOf(seat) == RowOf(seat + 1) && !Aisles[seat];

    private bool LeavesOrphan(int[] window) =>
        Enumerable.Range(0, States.Length).Any(seat => IsSingle(seat, [.. window]) && !IsSingle(seat, []));

    private IEnumerable<int[]> Windows(int length) => Enumerable.Range(
        0, States.Length - Math.Min(length, States.Length) + 1)
        .Select(start => Enumerable.Range(start, length).ToArray())
        .Where(window => window.All(seat => seat < States.Length)
            && window.All(FreeSeats().Contains) && window.SkipLast(1).All(AreTogether));

    /// <summary>From a row on, each row's longest run (the nearest of those), until the party sits.</summary>
    private int[]? Downwards(int first)
    {
        var sections = Sections.Order().ToArray();
        var seats = new List<int>();
        for (var row = first; row < Rows.Length && sections[row] == sections[first]; row++)
        {
            var run = Enumerable.Range(1, Quantity - seats.Count).Reverse()
                .Select(length => Best(Windows(length).Where(window => RowOf(window[0]) == row)))
                .FirstOrDefault(window => window is not null);
            if (run is null)
                return null;
            seats.AddRange(run);
            if (seats.Count == Quantity)
                return [.. seats];
        }

        return null;
    }

    private int[]? Best(IEnumerable<int[]> choices) =>
        choices.OrderBy(seats => seats.Sum(seat => (double)Distances[seat])).ThenBy(seats => seats[0]).FirstOrDefault();
}
