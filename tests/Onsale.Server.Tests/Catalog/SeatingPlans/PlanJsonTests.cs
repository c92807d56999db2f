using System.Text;
using System.Text.Json.Nodes;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class PlanJsonTests
{
    [Fact]
    public void A_document_comes_back_with_every_member_it_had()
    {
        var written = JsonNode.Parse(PlanJsonWriter.Write(Plans.Read(Plans.Small)))!;
        var given = JsonNode.Parse(Plans.Small)!;
        // Null is how the format says "absent".
        given["zones"]![0]!["rows"]![0]!.AsObject().Remove("row_label");

        JsonNode.DeepEquals(written, given).ShouldBeTrue(written.ToJsonString());
    }

    [Fact]
    public void Any_plan_survives_writing_and_reading()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var json = PlanJsonWriter.Write(Plans.Random(seed));

            PlanJsonWriter.Write(Plans.Read(json)).ShouldBe(json, $"seed {seed}");
        }
    }

    [Fact]
    public void The_hash_does_not_depend_on_blanks_or_the_order_of_members()
    {
        var document = Plans.Read(Plans.Small);
        var turned = new JsonObject();
        foreach (var (name, value) in JsonNode.Parse(Plans.Small)!.AsObject().Reverse())
            turned.Add(name, value?.DeepClone());

        var again = Plans.Read(turned.ToJsonString());

        Hash(again).ShouldBe(Hash(document));
        (Hash(again with { Name = "Studio 2" }) == Hash(document)).ShouldBeFalse();

        static string Hash(PlanDocument plan) => PlanJsonWriter.Hash(PlanJsonWriter.Write(plan));
    }

    [Theory]
    [InlineData("\"x\": 50.5", "\"x\": \"50\"", "/zones/0/rows/0/seats/0/position/x", "must be a number, not a string")]
    [InlineData("\"x\": 50.5", "\"x\": null", "/zones/0/rows/0/seats/0/position/x", "must be a number, not null")]
    [InlineData("\"x\": 50.5", "\"x\": 1e999", "/zones/0/rows/0/seats/0/position/x", "must lie between")]
    [InlineData("\"x\": 50.5", "\"x\": -1000001", "/zones/0/rows/0/seats/0/position/x", "must lie between")]
    [InlineData("\"x\": 50.5, ", "", "/zones/0/rows/0/seats/0/position", "lacks the member \"x\"")]
    [InlineData("\"x\": 50.5", "\"x\": 50.5, \"z\": 1", "/zones/0/rows/0/seats/0/position/z", "is not a member")]
    [InlineData("\"seat_guid\": \"B1\"", "\"seat_guid\": \"A1\"", "/zones/0/rows/1/seats/0/seat_guid",
        "already that of /zones/0/rows/0/seats/1")]
    [InlineData("\"category\": \"Back\", \"position\": {\"x\": 0", "\"category\": \"Gods\", \"position\": {\"x\": 0",
        "/zones/0/rows/1/seats/0/category", "\"Gods\" is not defined")]
    [InlineData("{\"name\": \"Back\"}", "{\"name\": \"Front\"}", "/categories/1/name", "more than once")]
    [InlineData("{\"name\": \"Back\"}", "\"Back\"", "/categories/1", "must be an object, not a string")]
    [InlineData("\"radius\": 9", "\"radius\": 9.5", "/zones/0/rows/0/seats/2/radius", "whole number")]
    [InlineData("\"radius\": 9", "\"radius\": -9", "/zones/0/rows/0/seats/2/radius", "whole number")]
    [InlineData("\"row_number\": \"A\"", "\"row_number\": 1", "/zones/0/rows/0/row_number", "must be a string")]
    [InlineData("\"row_number\": \"A\", ", "", "/zones/0/rows/0", "lacks the member \"row_number\"")]
    [InlineData("\"row_number\": \"A\"", "\"row_number\": \"A\\u0000\"", "/zones/0/rows/0/row_number", "U+0000")]
    [InlineData("\"row_number\": \"A\"", "\"row_number\": \"\\ud800\"", "/zones/0/rows/0/row_number", "surrogate")]
    [InlineData("\"row_number\": \"A\"", "\"row_number\": \"A\", \"\\ud800\": 1", "", "surrogate")]
    [InlineData("\"both\"", "\"above\"", "/zones/0/rows/0/row_number_position", "must be one of start, end, both")]
    [InlineData("\"circle\", \"circle\"", "\"square\", \"circle\"", "/zones/0/areas/1/shape", "must be one of")]
    [InlineData("\"radius\": 20", "\"radius\": true", "/zones/0/areas/1/circle/radius", "not a boolean")]
    [InlineData("\"points\": [{\"x\": 0", "\"points\": [{\"x\": \"0\"", "/zones/0/areas/3/polygon/points/0/x",
        "must be a number")]
    [InlineData("\"size\": {\"width\": 400", "\"size\": {\"width\": 4e2, \"depth\": 3", "/size/depth", "not a member")]
    [InlineData("\"name\": \"Studio\",", "\"name\": \"Studio\", \"a/b~c\": 1,", "/a~1b~0c", "is not a member")]
    [InlineData("\"name\": \"Studio\",", "", "", "lacks the member \"name\"")]
    [InlineData("\"name\": \"Studio\",", "\"name\": NaN,", "line 2, column 11", "'N' is an invalid start")]
    [InlineData("\"name\": \"Studio\",", "\"name\": \"Studio\"", "line 3, column 3", "invalid")]
    [InlineData("\"name\": \"Studio\",", "\"name\": \"Studio\", \"name\": \"2\",", "", "name")]
    public void A_malformed_file_is_refused_with_the_place_of_the_fault(
        string part, string replacement, string place, string reason)
    {
        Plans.Small.ShouldContain(part);
        var index = Plans.Small.IndexOf(part, StringComparison.Ordinal);
        var file = string.Concat(Plans.Small.AsSpan(0, index), replacement, Plans.Small.AsSpan(index + part.Length));

        var reading = PlanJsonReader.Read(Encoding.UTF8.GetBytes(file));

        reading.Document.ShouldBeNull();
        var fault = reading.Faults[0];
        fault.Place.ShouldBe(place);
        fault.Message.ShouldContain(reason, Case.Insensitive);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"x\",\"zones\":{},\"categories\":[],\"size\":{\"width\":1,\"height\":1}}")]
    public void What_is_no_plan_at_all_is_refused(string file) =>
        PlanJsonReader.Read(Encoding.UTF8.GetBytes(file)).Faults.ShouldNotBeEmpty();

    [Fact]
    public void Deep_nesting_is_refused_without_following_it()
    {
        var file = string.Concat(Enumerable.Repeat("[", 1_000_000));

        PlanJsonReader.Read(Encoding.UTF8.GetBytes(file)).Faults.ShouldHaveSingleItem().Message.ShouldContain("depth");
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused_with_their_line()
    {
        byte[] file = [.. "{\n\"name\": \""u8, 0xC3, 0x28, .. "\"}"u8];

        PlanJsonReader.Read(file).Faults.ShouldHaveSingleItem().ToString().ShouldBe("line 2: is not valid UTF-8.");
    }

    [Fact]
    public void Too_many_seats_are_refused_and_the_report_stays_short()
    {
        var tooMany = PlanJsonWriter.Write(House.Grid(251, 1000));
        PlanJsonReader.Read(tooMany).Faults[0].Message.ShouldBe("a plan has at most 250000 seats.");

        var nameless = Encoding.UTF8.GetString(PlanJsonWriter.Write(House.Grid(50, 10))).Replace("\"All\"", "7");
        PlanJsonReader.Read(Encoding.UTF8.GetBytes(nameless)).Faults.Count
            .ShouldBe(SeatingPlanLimits.MaxReportedFaults);
    }

    [Fact]
    public void As_many_different_seat_numbers_as_are_kept_are_read_and_one_more_is_refused_with_its_place()
    {
        PlanJsonReader.Read(PlanOf(SeatingPlanLimits.MaxPlanSeatNumbers)).Faults.ShouldBeEmpty();

        var fault = PlanJsonReader.Read(PlanOf(SeatingPlanLimits.MaxPlanSeatNumbers + 1)).Faults.ShouldHaveSingleItem();
        fault.Place.ShouldBe("/zones/0/rows/0/seats/65535/seat_number");
        fault.Message.ShouldBe("a plan has at most 65535 different seat numbers; rows may share theirs.");

        static byte[] PlanOf(int numbers)
        {
            var grid = House.Grid(1, 1);
            var (zone, row, seat) = (grid.Zones[0], grid.Zones[0].Rows[0], grid.Zones[0].Rows[0].Seats[0]);
            var seats = Enumerable.Range(0, numbers).Select(
                number => seat with { SeatGuid = $"{number}", SeatNumber = $"{number}" });
            return PlanJsonWriter.Write(grid with { Zones = [zone with { Rows = [row with { Seats = [.. seats] }] }] });
        }
    }
}
