using System.Text;
using System.Text.Json;
using Onsale.Inventory.Seating;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class SeatsIoChartTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string s_chart = File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "Catalog/SeatingPlans/Cases/seatsio-theatre.json"));

    private static (byte[] Plan, IReadOnlyList<PlanRepair> Notes)? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return SeatsIoChart.Read(document.RootElement);
    }

    [Fact]
    public void Rows_tables_areas_sections_and_what_is_said_of_seats_become_a_plan_that_the_strict_reader_takes()
    {
        var document = Plans.Read(Read(s_chart)!.Value.Plan);
        var plan = SeatingPlanCompiler.Compile(document);

        plan.Name.ShouldBe("City Theatre");
        plan.SeatCount.ShouldBe(13);
        plan.Categories.Select(category => category.Name)
            .ShouldBe(["Stalls", "Circle", "Pit", "Wheelchairs", "Uncategorised"]);
        plan.FocalPoint.ShouldBe(new PlanPoint(540, 60));
        plan.Sections.Select(section => (section.Name, section.Floor)).ShouldBe([("", null), ("Circle", "Upstairs")]);
        plan.LabelOf(0).ShouldBe("row A, seat 1");
        plan.PositionOf(0).X.ShouldBe(400.12, 0.01);
        plan.AttributesOf(0).ShouldBe(SeatAttributes.Wheelchair);
        plan.AttributesOf(1).ShouldBe(SeatAttributes.Companion);
        plan.AttributesOf(2).ShouldBe(SeatAttributes.RestrictedView);
        plan.NoteOf(2).ShouldBe("Behind a pillar");
        plan.NoteOf(3).ShouldBe("For people who hear badly");
        plan.Categories[plan.CategoryOf(4)].Name.ShouldBe("Stalls", "the row's, as the seat has none");
        plan.LabelOf(7).ShouldBe("Table T1, chair 1");
        // Within a section positions count from its corner.
        plan.PositionOf(11).ShouldBe(new PlanPoint(310, 510));
        plan.Shapes.Select(shape => shape.Caption).ShouldBe(
            ["T1", "T2", "Pit", "Merchandise", "Stage", "Balcony above", "restroom", "parking"]);
        document.Icons.Select(icon => icon.Icon).ShouldBe(["toilet"]);
        document.Floors.Select(floor => (floor.Name, floor.Zones.Count))
            .ShouldBe([("0", 0), ("1", 0), ("Upstairs", 1)]);
    }

    [Fact]
    public void What_has_no_counterpart_is_named_with_its_place()
    {
        var notes = Read(s_chart)!.Value.Notes;

        notes.ShouldAllBe(note => note.Kind == "seats.io");
        notes.Select(note => note.Place).ShouldBe([
            "/categories/list/3/accessible", "/subChart/lasers", "/subChart/backgroundImage",
            "/subChart/rows/1/seats/2", "/subChart/tables/0", "/subChart/generalAdmissionAreas/0",
            "/subChart/booths/0", "/subChart/icons/1", "/subChart/sections/0/zone", "/subChart/sections/0/entrance",
            "/subChart/sections/1",
        ]);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"name\": \"x\", \"zones\": []}")]
    [InlineData("{\"subChart\": []}")]
    public void Anything_else_is_no_chart(string json) => Read(json).ShouldBeNull();

    [Theory]
    [InlineData("{\"subChart\": {}}")]
    [InlineData("{\"subChart\": {\"rows\": [7, null, {\"seats\": [\"x\", {}]}], \"sections\": {}, \"tables\": [{}]}}")]
    [InlineData(
        "{\"categories\": [{\"key\": 1, \"label\": \"A\"}, {\"label\": \"A\"}], \"subChart\": {\"width\": -1}}")]
    [InlineData("{\"subChart\": {\"focalPoint\": {\"x\": 1e300}, \"generalAdmissionAreas\": [{\"points\": [{}]}]}}")]
    public void A_chart_that_is_bent_is_read_as_far_as_it_goes_and_never_breaks_the_reader(string json) =>
        PlanJsonReader.Read(Read(json)!.Value.Plan).Faults
            .ShouldAllBe(fault => fault.Message.Length > 0);

    [Fact]
    public async Task A_chart_is_stored_by_its_format_and_refused_without_it()
    {
        var organisation = await TestOrganisation.FoundAsync(shared.Node);
        StringContent Body(string text) => new(text, Encoding.UTF8, "application/json");

        var stored = await organisation.AskAsync(HttpMethod.Post, "/plans?format=seatsio", body: Body(s_chart));
        var asPretix = await organisation.AskAsync(HttpMethod.Post, "/plans", body: Body(s_chart));
        var wrong = await organisation.AskAsync(
            HttpMethod.Post, "/plans?format=seatsio", body: Body("{\"zones\": []}"));
        var unknown = await organisation.AskAsync(HttpMethod.Post, "/plans?format=visio", body: Body(s_chart));

        stored.Status.ShouldBe(201, stored.Body.ToString());
        stored["plan"].GetProperty("seats").GetInt32().ShouldBe(13);
        stored["repairs"].GetArrayLength().ShouldBe(11);
        asPretix.ShouldRefuse(422, "plan-invalid");
        wrong.ShouldRefuse(422, "plan-invalid");
        unknown.ShouldRefuse(400, "validation");
        (await organisation.AskAsync(HttpMethod.Get, "/plans"))["data"].GetArrayLength().ShouldBe(1);
    }
}
