using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class SeatingPlanTests
{
    private readonly SeatingPlan _plan = SeatingPlanCompiler.Compile(Plans.Read(Plans.Small));

    [Fact]
    public void Seats_are_numbered_along_the_row_whatever_the_order_in_the_file()
    {
        Enumerable.Range(0, _plan.SeatCount).Select(_plan.LabelOf).ShouldBe(
        [
            "Stalls, row A, seat 1", "Stalls, row A, seat 2", "Stalls, row A, seat 3", "Stalls, Table 7, chair 1",
        ]);
        _plan.RowCount.ShouldBe(2);
        _plan.SectionOf(3).ShouldBe("Stalls");
        _plan.RowNameOf(3).ShouldBe("B");
        _plan.NumberOf(2).ShouldBe("3");
    }

    [Fact]
    public void Positions_add_up_those_of_zone_row_and_seat()
    {
        _plan.PositionOf(2).ShouldBe(new PlanPoint(150.5, 150));
        _plan.PositionOf(3).ShouldBe(new PlanPoint(100, 180));
        _plan.Shapes[0].Outline.ShouldBe(
            [new PlanPoint(100, 50), new PlanPoint(200, 50), new PlanPoint(200, 90), new PlanPoint(100, 90)]);
    }

    [Fact]
    public void The_focal_point_is_the_stage()
    {
        _plan.FocalPoint.ShouldBe(new PlanPoint(150, 70));

        var layout = _plan.ToLayout(_ => 0);
        layout.DistanceOf(0).ShouldBe(94.3f, 0.1f);
        layout.DistanceOf(1).ShouldBeLessThan(layout.DistanceOf(0));
    }

    [Fact]
    public void Without_a_stage_the_pitch_is_the_focal_point_and_without_both_the_top()
    {
        Compile("Pitch").FocalPoint.ShouldBe(new PlanPoint(150, 70));
        Compile("Pitch bar").FocalPoint.ShouldBe(new PlanPoint(200, 0));

        static SeatingPlan Compile(string caption) => SeatingPlanCompiler.Compile(
            Plans.Read(Plans.Small.Replace("\"text\": \"Stage\"", $"\"text\": \"{caption}\"")));
    }

    [Fact]
    public void The_layout_has_the_events_tiers_and_asks_only_for_categories_with_seats()
    {
        var layout = _plan.ToLayout(category => category == "Front" ? 4 : 2);

        Enumerable.Range(0, 4).Select(layout.TierOf).ShouldBe([4, 2, 4, 2]);
        Enumerable.Range(0, 4).Select(layout.RowOf).ShouldBe([0, 0, 0, 1]);
        layout.SectionOf(1).ShouldBe(0);
    }

    [Fact]
    public void Neighbours_end_at_the_rows_end_and_at_an_aisle()
    {
        double[] places = [0, 25, 51, 75, /* aisle */ 125, 150, 174];
        var plan = SeatingPlanCompiler.Compile(OneRow([.. places.Select(x => new PlanPoint(x, 0))]));

        var layout = plan.ToLayout(_ => 0);

        Enumerable.Range(0, 7).Select(layout.IsAdjacentToNext)
            .ShouldBe([true, true, true, false, true, true, false]);
    }

    [Fact]
    public void A_row_around_a_bend_keeps_its_neighbours()
    {
        // Three quarters of a circle: on any straight axis, seats of opposite sides would mix.
        var bend = Enumerable.Range(0, 31).Select(index =>
        {
            var (sin, cos) = Math.SinCos(Math.PI * ((index / 20.0) - 0.25));
            return new PlanPoint(200 * cos, 200 * sin);
        });

        var layout = SeatingPlanCompiler.Compile(OneRow([.. bend])).ToLayout(_ => 0);

        Enumerable.Range(0, 30).ShouldAllBe(seat => layout.IsAdjacentToNext(seat));
    }

    [Fact]
    public void A_straight_row_has_the_same_order_from_any_shuffling()
    {
        var points = Enumerable.Range(0, 40).Select(index => new PlanPoint(index * 20, index * 11)).ToArray();
        for (var seed = 0; seed < 50; seed++)
        {
            var shuffled = points.ToArray();
            new Random(seed).Shuffle(shuffled);

            var plan = SeatingPlanCompiler.Compile(OneRow(shuffled));

            Enumerable.Range(0, 40).Select(plan.PositionOf).ShouldBe(points, $"seed {seed}");
        }
    }

    private static PlanDocument OneRow(PlanPoint[] points)
    {
        var seats = points.Select((point, index) =>
            new PlanSeat($"{index}", $"{index + 1}", null, null, null, point, "All")).ToList();
        var row = new PlanRow("A", null, null, null, null, null, seats);
        return new PlanDocument(
            "Row", [new PlanZone("Z", null, null, default, [row], null)], [new PlanCategory("All", null)],
            new PlanSize(1, 1));
    }
}
