using System.Text;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class PlanRepairerTests
{
    private static readonly HashSet<string> Everything = [.. PlanRepairs.All];

    [Fact]
    public void Valid_plan_is_not_changed()
    {
        var (reading, repairs) = PlanRepairer.Read(Encoding.UTF8.GetBytes(Plans.Small), Everything);

        repairs.ShouldBeEmpty();
        PlanJsonWriter.Write(reading.Document!).ShouldBe(PlanJsonWriter.Write(Plans.Read(Plans.Small)));
    }

    [Fact]
    public void Copied_row_gets_seat_ids_of_its_own()
    {
        var (plan, repairs) = Repaired(Plan("""
            {"row_number": "1", "seats": [
              {"seat_guid": "a", "seat_number": "1", "category": "A", "position": {"x": 0, "y": 0}},
              {"seat_guid": "a-2", "seat_number": "2", "category": "A", "position": {"x": 20, "y": 0}}]},
            {"row_number": "2", "seats": [
              {"seat_guid": "a", "seat_number": "1", "category": "A", "position": {"x": 0, "y": 20}},
              {"seat_guid": "", "seat_number": "2", "category": "A", "position": {"x": 20, "y": 20}}]}
            """));

        Seats(plan).Select(seat => seat.SeatGuid).ShouldBe(["a", "a-2", "a-3", "seat-2"]);
        repairs.Select(repair => repair.ToString()).ShouldBe(
        [
            "/zones/0/rows/1/seats/0/seat_guid: \"a\" is the id of an earlier seat; changed to \"a-3\". [seat-ids]",
            "/zones/0/rows/1/seats/1/seat_guid: missing; the seat's id is now \"seat-2\". [seat-ids]",
        ]);
    }

    [Fact]
    public void Missing_numbers_are_given_and_numbers_become_strings()
    {
        var (plan, repairs) = Repaired(Plan("""
            {"row_number": null, "seats": [
              {"seat_guid": "a", "seat_number": null, "category": "A", "position": {"x": 0, "y": 0}},
              {"seat_guid": "b", "seat_number": 1, "category": "A", "position": {"x": 20, "y": 0}},
              {"seat_guid": "c", "category": "A", "position": {"x": 40, "y": 0}}]}
            """));

        plan.Zones[0].Rows[0].RowNumber.ShouldBe("1");
        Seats(plan).Select(seat => seat.SeatNumber).Distinct().Count().ShouldBe(3);
        Seats(plan)[1].SeatNumber.ShouldBe("1");
        repairs.ShouldAllBe(repair => repair.Kind == PlanRepairs.Numbers);
        repairs.Count.ShouldBe(4);
    }

    [Fact]
    public void Seats_without_a_defined_category_get_one()
    {
        var (plan, repairs) = Repaired(Plan("""
            {"row_number": "1", "seats": [
              {"seat_guid": "a", "seat_number": "1", "category": "", "position": {"x": 0, "y": 0}},
              {"seat_guid": "b", "seat_number": "2", "category": "Box", "position": {"x": 20, "y": 0}},
              {"seat_guid": "c", "seat_number": "3", "position": {"x": 40, "y": 0}}]}
            """));

        Seats(plan).Select(seat => seat.Category).ShouldBe(["Uncategorised", "Box", "Uncategorised"]);
        plan.Categories.Select(category => category.Name).ShouldBe(["A", "Uncategorised", "Box"]);
        repairs.Count.ShouldBe(4);
    }

    [Fact]
    public void Segments_of_one_row_with_the_same_numbers_get_labels_that_tell_them_apart()
    {
        var (plan, repairs) = Repaired(Plan("""
            {"row_number": "C", "seats": [
              {"seat_guid": "a", "seat_number": "1", "category": "A", "position": {"x": 0, "y": 0}}]},
            {"row_number": "C", "seats": [
              {"seat_guid": "b", "seat_number": "1", "category": "A", "position": {"x": 90, "y": 0}}]},
            {"row_number": "C", "seats": [
              {"seat_guid": "c", "seat_number": "2", "category": "A", "position": {"x": 180, "y": 0}}]}
            """));

        var compiled = SeatingPlanCompiler.Compile(plan);
        Enumerable.Range(0, 3).Select(compiled.LabelOf).ShouldBe(
            ["Z, row C, seat 1", "Z, row C, part 2, seat 1", "Z, row C, seat 2"]);
        repairs.Single().Kind.ShouldBe(PlanRepairs.Labels);
    }

    [Fact]
    public void Only_the_kinds_that_are_asked_for_are_repaired()
    {
        var json = Plan("""
            {"row_number": "1", "seats": [
              {"seat_guid": "", "seat_number": "1", "category": "", "radius": 9.5, "position": {"x": 0, "y": 0}}]}
            """);

        var (reading, repairs) = PlanRepairer.Read(
            json, new HashSet<string>(StringComparer.Ordinal) { PlanRepairs.Sizes });

        repairs.Single().ToString().ShouldBe("/zones/0/rows/0/seats/0/radius: 9.5 rounded to 10. [sizes]");
        reading.Faults.Select(fault => fault.Place).ShouldBe(
            ["/zones/0/rows/0/seats/0/seat_guid", "/zones/0/rows/0/seats/0/category"]);
    }

    [Theory]
    [InlineData("[1,2,3]")]
    [InlineData("{\"zones\": 1}")]
    [InlineData("{")]
    [InlineData("{\"zones\": [{\"rows\": [{\"seats\": [1, null, {\"seat_guid\": 5, \"category\": []}]}]}]}")]
    public void What_cannot_be_repaired_is_refused_as_before(string json)
    {
        var (reading, _) = PlanRepairer.Read(Encoding.UTF8.GetBytes(json), Everything);

        reading.Document.ShouldBeNull();
        reading.Faults.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("\"name\": \"P\"", "\"name\": \" \"", "/name")]
    [InlineData("\"seat_guid\": \"a\"", "\"seat_guid\": \"\"", "/zones/0/rows/0/seats/0/seat_guid")]
    public void Strict_reading_refuses_an_empty_name_and_an_empty_seat_id(string from, string to, string place)
    {
        var json = Encoding.UTF8.GetString(Plan("""
            {"row_number": "1", "seats": [
              {"seat_guid": "a", "seat_number": "1", "category": "A", "position": {"x": 0, "y": 0}}]}
            """)).Replace(from, to);

        PlanJsonReader.Read(Encoding.UTF8.GetBytes(json)).Faults.ShouldBe([new PlanError(place, "must not be empty.")]);
    }

    private static byte[] Plan(string rows) => Encoding.UTF8.GetBytes($$"""
        {"name": "P", "size": {"width": 100, "height": 100}, "categories": [{"name": "A"}],
         "zones": [{"name": "Z", "position": {"x": 0, "y": 0}, "rows": [{{rows}}]}]}
        """);

    private static (PlanDocument Plan, IReadOnlyList<PlanRepair> Repairs) Repaired(byte[] json)
    {
        var (reading, repairs) = PlanRepairer.Read(json, Everything);
        reading.Faults.ShouldBeEmpty();
        return (reading.Document!, repairs);
    }

    private static List<PlanSeat> Seats(PlanDocument plan) =>
        [.. plan.Zones.SelectMany(zone => zone.Rows).SelectMany(row => row.Seats)];
}
