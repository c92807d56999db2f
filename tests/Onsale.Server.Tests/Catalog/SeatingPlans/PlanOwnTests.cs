using System.Text;
using System.Text.Json;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

/// <summary>The member <c>onsale</c>, beyond the attributes of seats.</summary>
public sealed class PlanOwnTests
{
    private const string Own = """
        "onsale": {
          "notes": [{"text": "Behind a pillar", "seats": ["A2", "B1"]}, {"text": "By the door", "seats": ["A1"]}],
          "focalPoint": {"x": 3, "y": -40},
          "floors": [{"name": "Ground floor", "zones": ["z-1"]}, {"name": "Upstairs", "zones": []}],
          "icons": {"a-1": "exit"}
        },
        """;

    private static string Plan(string own) =>
        Plans.Small.Replace("\"name\": \"Studio\",", "\"name\": \"Studio\"," + own);

    [Fact]
    public void Notes_focal_point_floors_and_icons_come_through_reading_writing_and_the_map()
    {
        var document = Plans.Read(Plan(Own));
        var again = Plans.Read(PlanJsonWriter.Write(document));
        var plan = SeatingPlanCompiler.Compile(again);

        PlanJsonWriter.Write(again).ShouldBe(PlanJsonWriter.Write(document));
        again.Icons.ShouldBe([new PlanIcon("a-1", "exit")]);
        plan.FocalPoint.ShouldBe(new PlanPoint(3, -40));
        plan.Sections[0].Floor.ShouldBe("Ground floor");
        plan.NoteOf(0).ShouldBe("By the door");
        plan.NoteOf(1).ShouldBe("Behind a pillar");
        plan.NoteOf(2).ShouldBeNull();
        using var map = JsonDocument.Parse(SeatMapDocument.Write(
            plan, [new(Guid.Empty, "F", "#aa0000", "Front"), new(Guid.AllBitsSet, "B", "#00aa00", "Back")], "v").Json);
        map.RootElement.GetProperty("notes")[1].GetProperty("text").GetString().ShouldBe("Behind a pillar");
        map.RootElement.GetProperty("notes")[1].GetProperty("seats").EnumerateArray().Select(seat => seat.GetInt32())
            .ShouldBe([1, 3]);
        map.RootElement.GetProperty("sections")[0].GetProperty("floor").GetString().ShouldBe("Ground floor");
        Encoding.UTF8.GetString(PlanJsonWriter.Write(document.WithoutOwn())).ShouldNotContain("onsale");
    }

    [Theory]
    [InlineData("\"notes\": [{\"text\": \" \", \"seats\": []}]", "/onsale/notes/0/text", "must not be empty.")]
    [InlineData("\"notes\": [{\"text\": \"x\", \"seats\": [\"Z\"]}]", "/onsale/notes/0/seats/0",
        "is not the id of a seat of this plan.")]
    [InlineData("\"notes\": [{\"text\": \"x\"}]", "/onsale/notes/0", "lacks the member \"seats\".")]
    [InlineData("\"focalPoint\": {\"x\": 1}", "/onsale/focalPoint", "lacks the member \"y\".")]
    [InlineData("\"floors\": [{\"name\": \"x\", \"zones\": [\"z-9\"]}]", "/onsale/floors/0/zones/0",
        "is not the uuid of a zone of this plan.")]
    [InlineData("\"icons\": {\"a-9\": \"exit\"}", "/onsale/icons/a-9", "is not the uuid of an area of this plan.")]
    [InlineData("\"icons\": {\"a-1\": \"dragon\"}", "/onsale/icons/a-1",
        "must be one of entrance, exit, bar, lift, toilet, firstAid, cloakroom; it is \"dragon\".")]
    [InlineData("\"later\": 1", "/onsale/later", "is not a member of the seating-plan format.")]
    public void Wrong_member_is_refused_with_its_place(string own, string place, string message) =>
        PlanJsonReader.Read(Encoding.UTF8.GetBytes(Plan($"\"onsale\": {{{own}}},")))
            .Faults.ShouldBe([new PlanError(place, message)]);
}
