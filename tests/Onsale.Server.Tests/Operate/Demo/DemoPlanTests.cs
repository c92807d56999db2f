using Onsale.Inventory.Seating;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Operate.Demo;
using Onsale.Server.Tests.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Operate.Demo;

public sealed class DemoPlanTests
{
    public static TheoryData<string> Venues { get; } =
        [.. DemoVenues.All().Where(venue => venue.Plan is not null).Select(venue => venue.Slug)];

    [Theory]
    [MemberData(nameof(Venues))]
    public void A_plan_survives_import_and_export(string venue)
    {
        var json = PlanJsonWriter.Write(PlanOf(venue));

        PlanJsonWriter.Write(Plans.Read(json)).ShouldBe(json);
    }

    [Fact]
    public void Seats_at_an_aisle_are_the_ends_of_rows_and_those_beside_a_gap()
    {
        var plan = SeatingPlanCompiler.Compile(PlanOf("the-tin-parlour"));
        // Rows of 5, 10 and 5 seats with aisles between them.
        int[] atAisles = [0, 4, 5, 14, 15, 19];

        Enumerable.Range(0, 20).Where(seat => plan.AttributesOf(seat).HasFlag(SeatAttributes.Aisle))
            .ShouldBe(atAisles);
        // A box or a table has no rows with ends.
        var tables = SeatingPlanCompiler.Compile(PlanOf("the-copper-lantern"));
        Enumerable.Range(0, tables.SeatCount).ShouldAllBe(seat => tables.AttributesOf(seat) == SeatAttributes.None);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void No_two_seats_have_one_label(string venue)
    {
        var plan = SeatingPlanCompiler.Compile(PlanOf(venue));

        Enumerable.Range(0, plan.SeatCount).Select(plan.LabelOf).Distinct(StringComparer.Ordinal).Count()
            .ShouldBe(plan.SeatCount);
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void No_two_seats_stand_closer_than_45_centimetres(string venue)
    {
        const double least = 0.45 * PlanSketch.PixelsPerMetre;
        var plan = SeatingPlanCompiler.Compile(PlanOf(venue));
        var cells = new Dictionary<(int, int), List<PlanPoint>>();

        for (var seat = 0; seat < plan.SeatCount; seat++)
        {
            var position = plan.PositionOf(seat);
            var (column, line) = ((int)(position.X / least), (int)(position.Y / least));
            for (var near = 0; near < 9; near++)
            {
                foreach (var other in cells.GetValueOrDefault((column + (near % 3) - 1, line + (near / 3) - 1)) ?? [])
                {
                    if (position.DistanceTo(other) < least)
                        Assert.Fail(
                            $"{plan.LabelOf(seat)} is {position.DistanceTo(other):0.0} pixels from another seat");
                }
            }

            if (!cells.TryGetValue((column, line), out var cell))
                cells[(column, line)] = cell = [];
            cell.Add(position);
        }
    }

    [Theory]
    [MemberData(nameof(Venues))]
    public void Seats_stand_side_by_side_in_the_order_of_their_numbers(string venue)
    {
        var plan = SeatingPlanCompiler.Compile(PlanOf(venue));
        var layout = plan.ToLayout(_ => 0);
        for (var row = 0; row < plan.RowCount; row++)
        {
            for (var seat = plan.RowStart(row); seat + 1 < plan.RowEnd(row); seat++)
            {
                var step = int.Parse(plan.NumberOf(seat + 1)) - int.Parse(plan.NumberOf(seat));
                Math.Abs(step).ShouldBe(1, plan.LabelOf(seat));
                var gap = plan.PositionOf(seat).DistanceTo(plan.PositionOf(seat + 1)) / PlanSketch.PixelsPerMetre;
                layout.IsAdjacentToNext(seat).ShouldBe(gap < 1.1, $"{plan.LabelOf(seat)}: {gap:0.00} m");
            }
        }
    }

    [Fact]
    public void The_concert_hall_has_1_000_seats_in_three_categories()
    {
        var plan = SeatingPlanCompiler.Compile(HallPlans.ConcertHall());

        plan.SeatCount.ShouldBe(1_000);
        plan.CountByCategory().ShouldBe([550, 288, 162]);
        plan.LabelOf(0).ShouldBe("Orchestra, row A, seat 1");
    }

    [Fact]
    public void The_bowl_has_50_000_seats_in_two_tiers_of_sections_around_a_pitch()
    {
        var plan = SeatingPlanCompiler.Compile(StadiumPlans.Bowl());

        plan.SeatCount.ShouldBe(50_000);
        plan.Sections.Count(section => section.Name.StartsWith("Section 1", StringComparison.Ordinal)).ShouldBe(17);
        plan.Sections.Count(section => section.Name.StartsWith("Section 2", StringComparison.Ordinal)).ShouldBe(19);
        plan.Shapes.ShouldContain(shape => shape.Caption == "Pitch Standing");
    }

    [Fact]
    public void A_map_of_50_000_seats_is_small_and_marks_the_standing_area()
    {
        var plan = SeatingPlanCompiler.Compile(StadiumPlans.Bowl());
        SeatMapTierSource[] tiers =
        [
            .. plan.Categories.Select(category => new SeatMapTierSource(
                DemoIds.Of("tier", category.Name), category.Name, category.Color!, category.Name)),
            new SeatMapTierSource(DemoIds.Of("tier", "pitch"), "Pitch Standing", "#be185d", null),
        ];

        var file = SeatMapDocument.Write(plan, tiers, "stadium");
        var map = SeatMapDocument.Build(plan, tiers);

        file.Brotli.Length.ShouldBeInRange(20_000, 120_000);
        map.Areas.Where(area => area.Kind == SeatMapAreaKind.Standing).ShouldHaveSingleItem().Tier.ShouldBe(4);
        map.Areas.Where(area => area.Kind == SeatMapAreaKind.Stage).ShouldHaveSingleItem().Caption.ShouldBe("Stage");
    }

    private static PlanDocument PlanOf(string venue) => DemoVenues.All().Single(known => known.Slug == venue).Plan!;
}
