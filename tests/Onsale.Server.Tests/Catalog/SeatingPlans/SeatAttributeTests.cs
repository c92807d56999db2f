using System.Text;
using System.Text.Json;
using Onsale.Inventory.Seating;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class SeatAttributeTests
{
    private const string Own = """
        "onsale": {"seats": {"wheelchair": ["A1"], "companion": ["A2"], "aisle": ["A1", "B1"]}},
        """;

    private static readonly string Json = Plans.Small.Replace("\"name\": \"Studio\",", "\"name\": \"Studio\"," + Own);

    [Fact]
    public void Attributes_of_seats_come_through_reading_writing_and_the_map()
    {
        var document = Plans.Read(Json);
        var again = Plans.Read(PlanJsonWriter.Write(document));
        var plan = SeatingPlanCompiler.Compile(again);

        plan.AttributesOf(0).ShouldBe(SeatAttributes.Wheelchair | SeatAttributes.Aisle);
        plan.AttributesOf(1).ShouldBe(SeatAttributes.Companion);
        plan.AttributesOf(2).ShouldBe(SeatAttributes.None);
        plan.AttributesOf(3).ShouldBe(SeatAttributes.Aisle);
        PlanJsonWriter.Write(again).ShouldBe(PlanJsonWriter.Write(document));
        using var map = JsonDocument.Parse(SeatMapDocument.Write(
            plan, [new(Guid.Empty, "F", "#aa0000", "Front"), new(Guid.AllBitsSet, "B", "#00aa00", "Back")], "v").Json);
        var rows = map.RootElement.GetProperty("sections")[0].GetProperty("rows");
        rows[0].GetProperty("attributes").EnumerateArray().Select(bits => bits.GetInt32()).ShouldBe([9, 2, 0]);
    }

    [Fact]
    public void Plan_without_attributes_has_the_bytes_of_pretix_format_and_a_map_without_them()
    {
        var document = Plans.Read(Plans.Small);

        Encoding.UTF8.GetString(PlanJsonWriter.Write(document)).ShouldNotContain("onsale");
        using var map = JsonDocument.Parse(SeatMapDocument.Write(
            SeatingPlanCompiler.Compile(document),
            [new(Guid.Empty, "F", "#aa0000", "Front"), new(Guid.AllBitsSet, "B", "#00aa00", "Back")], "v").Json);
        map.RootElement.GetProperty("sections")[0].GetProperty("rows")[0].TryGetProperty("attributes", out _)
            .ShouldBeFalse();
    }

    [Theory]
    [InlineData("\"A1\"", "\"Z9\"", "/onsale/seats/wheelchair/0", "is not the id of a seat of this plan.")]
    [InlineData("\"A1\"", "7", "/onsale/seats/wheelchair/0", "is not the id of a seat of this plan.")]
    [InlineData("wheelchair", "throne", "/onsale/seats/throne", "is not a member of the seating-plan format.")]
    public void Wrong_attribute_is_refused_with_its_place(string from, string to, string place, string message)
    {
        var json = Plans.Small.Replace(
            "\"name\": \"Studio\",",
            "\"name\": \"Studio\"," + "\"onsale\": {\"seats\": {\"wheelchair\": [\"A1\"]}},".Replace(from, to));

        PlanJsonReader.Read(Encoding.UTF8.GetBytes(json)).Faults.ShouldBe([new PlanError(place, message)]);
    }
}
