using Onsale.Inventory;
using Onsale.Inventory.Seating;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Catalog.Events;

/// <summary>Pages of seats are right, and cost no walk over a stadium: what they cost are looks at seats.</summary>
public sealed class SeatPagesTests
{
    private const int Sections = 25;
    private const int SeatsOfSection = 40;
    private const int PageSeats = 10;

    private static readonly SeatingPlan s_plan = SeatingPlanCompiler.Compile(Stadium());
    private static readonly SeatState[] s_states =
        [.. Enumerable.Range(0, Sections * SeatsOfSection).Select(seat => (SeatState)(seat * 7 % 11 % 4))];

    private readonly SeatPages _pages;
    private int _looks;

    public SeatPagesTests() =>
        _pages = new SeatPages(s_plan, seat =>
        {
            _looks++;
            return s_states[seat];
        });

    [Fact]
    public void Pages_of_every_filter_together_are_the_seats_that_it_describes()
    {
        var all = Enumerable.Range(0, s_plan.SeatCount).ToList();
        foreach (var section in (string?[])[null, "block 3", "nowhere"])
        {
            foreach (var state in (SeatState?[])[null, .. Enum.GetValues<SeatState>()])
            {
                foreach (var attribute in Enum.GetValues<SeatAttributes>())
                {
                    var expected = all.Where(seat => (state is null || s_states[seat] == state)
                        && s_plan.AttributesOf(seat).HasFlag(attribute)
                        && (section is null || (section == "block 3" && s_plan.SectionOf(seat) == "Block 3"))).ToList();
                    var found = new List<int>();
                    int total;
                    do
                    {
                        (var seats, total) = _pages.Find(section, state, attribute, found.Count, PageSeats);
                        found.AddRange(seats);
                    }
                    while (found.Count < total);

                    found.ShouldBe(expected, $"{section}, {state}, {attribute}");
                }
            }
        }
    }

    [Fact]
    public void Page_without_a_condition_looks_at_no_seat()
    {
        for (var offset = 0; offset < s_plan.SeatCount; offset += PageSeats)
            _pages.Find(null, null, SeatAttributes.None, offset, PageSeats).Seats.Count.ShouldBe(PageSeats);

        _looks.ShouldBe(0);
    }

    [Theory]
    [InlineData(SeatState.Held, SeatAttributes.None)]
    [InlineData(SeatState.Held, SeatAttributes.Aisle)]
    [InlineData(null, SeatAttributes.Aisle)]
    public void Page_of_some_seats_looks_at_all_once_a_version_and_then_at_those_of_its_sections(
        SeatState? state, SeatAttributes attribute)
    {
        var total = _pages.Find(null, state, attribute, 0, PageSeats).Total;
        total.ShouldBeGreaterThan(PageSeats * 2);
        _looks.ShouldBeLessThanOrEqualTo(s_plan.SeatCount + (SeatsOfSection * SectionsOf(PageSeats)));

        for (var offset = 0; offset < total; offset += PageSeats)
        {
            _looks = 0;
            _pages.Find(null, state, attribute, offset, PageSeats);
            _looks.ShouldBeLessThanOrEqualTo(SeatsOfSection * SectionsOf(PageSeats));
        }

        // The seats asked for are spread evenly; a page may begin and end within a section.
        int SectionsOf(int seats) => (seats * Sections / total) + 2;
    }

    /// <summary>Each tenth seat is at an aisle.</summary>
    private static PlanDocument Stadium()
    {
        var zones = Enumerable.Range(0, Sections).Select(zone =>
        {
            var seats = Enumerable.Range(0, SeatsOfSection).Select(seat => new PlanSeat(
                $"{zone}-{seat}", $"{seat + 1}", null, null, null, new PlanPoint(seat * 20, zone * 100), "All"));
            return new PlanZone(
                $"Block {zone}", null, null, default,
                [new PlanRow("A", null, null, null, null, null, [.. seats])], null);
        });
        return new PlanDocument(
            "Stadium", [.. zones], [new PlanCategory("All", null)], new PlanSize(1, 1))
        {
            SeatsByAttribute = new Dictionary<SeatAttributes, IReadOnlyList<string>>
            {
                [SeatAttributes.Aisle] =
                    [.. Enumerable.Range(0, Sections).SelectMany(zone =>
                        Enumerable.Range(0, SeatsOfSection / 10).Select(seat => $"{zone}-{seat * 10}"))],
            },
        };
    }
}
