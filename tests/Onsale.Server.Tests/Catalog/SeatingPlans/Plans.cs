using System.Text;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

/// <summary>Plans for tests: a small one by hand, random ones by seed.</summary>
internal static class Plans
{
    public const string Small = """
        {
          "name": "Studio",
          "size": {"width": 400, "height": 300},
          "categories": [{"name": "Front", "color": "#aa0000"}, {"name": "Back"}],
          "zones": [{
            "name": "Stalls", "zone_id": "st", "uuid": "z-1", "position": {"x": 100, "y": 50},
            "rows": [
              {"row_number": "A", "row_label": null, "uuid": "r-1", "row_number_position": "both",
               "position": {"x": 0, "y": 100}, "seats": [
                {"seat_guid": "A3", "seat_number": "3", "category": "Front", "position": {"x": 50.5, "y": 0}},
                {"seat_guid": "A1", "seat_number": "1", "category": "Front", "position": {"x": 0, "y": 0}},
                {"seat_guid": "A2", "seat_number": "2", "category": "Back", "position": {"x": 25, "y": 0},
                 "radius": 9, "start_direction": "<>", "uuid": "s-2"}]},
              {"row_number": "B", "row_label": "Table 7", "seat_label": "chair %s", "seats": [
                {"seat_guid": "B1", "seat_number": "1", "category": "Back", "position": {"x": 0, "y": 130}}]},
              {"row_number": "C", "seats": []}],
            "areas": [
              {"shape": "rectangle", "rectangle": {"width": 100, "height": 40}, "position": {"x": 0, "y": 0},
               "color": "#333", "border_color": "#000", "rotation": 0, "uuid": "a-1",
               "text": {"text": "Stage", "position": {"x": 50, "y": 20}, "color": "#fff", "size": 16}},
              {"shape": "circle", "circle": {"radius": 20}, "position": {"x": 200, "y": 200}},
              {"shape": "ellipse", "ellipse": {"radius": {"x": 30, "y": 10.5}}, "position": {"x": 9, "y": 9}},
              {"shape": "polygon", "polygon": {"points": [{"x": 0, "y": 0}, {"x": 5, "y": 0}, {"x": 5, "y": 5}]}}]
          }]
        }
        """;

    private static readonly string[] Shapes = ["polygon", "rectangle", "ellipse", "circle", "text"];

    public static PlanDocument Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static PlanDocument Read(byte[] json)
    {
        var reading = PlanJsonReader.Read(json);
        reading.Faults.ShouldBeEmpty();
        return reading.Document.ShouldNotBeNull();
    }

    /// <summary>Any plan the format allows, optional members coming and going; the seed repeats it.</summary>
    public static PlanDocument Random(int seed)
    {
        var random = new Random(seed);
        var seats = 0;
        PlanCategory[] categories = [.. Enumerable.Range(0, random.Next(1, 6))
            .Select(index => new PlanCategory($"Catégorie {index} \"é\" 🎟", Maybe("#0f0")))];
        return new PlanDocument(
            Name(), [.. Many(0, 4, Zone)], categories, new PlanSize(random.Next(2000), random.Next(2000)));

        PlanZone Zone() => new(
            Maybe(Name()), Maybe(Name()), Maybe(Name()), Point(), [.. Many(0, 5, Row)],
            random.Next(3) == 0 ? null : [.. Many(0, 4, Area)]);

        PlanRow Row() => new(
            Name(), Maybe(Name()), Maybe("place %s"), Maybe(Name()), random.Next(3) == 0 ? "both" : null,
            random.Next(3) == 0 ? null : Point(), [.. Many(0, 12, Seat)]);

        PlanSeat Seat() => new(
            $"{seats++}/{Name()}", $"{random.Next(40)}", Maybe(Name()), Maybe("<"), random.Next(2) == 0 ? null : 11,
            Point(), categories[random.Next(categories.Length)].Name);

        PlanArea Area() => new(
            Maybe("red"), Maybe("#000"), random.Next(2) == 0 ? null : random.NextDouble() * 360,
            random.Next(2) == 0 ? null : Point(), Maybe(Name()),
            random.Next(3) == 0 ? null : Shapes[random.Next(5)],
            random.Next(2) == 0 ? null : [.. Many(0, 6, Point)],
            random.Next(2) == 0 ? null : new PlanSize(random.Next(90), random.Next(90)),
            random.Next(2) == 0 ? null : Point(), random.Next(2) == 0 ? null : random.Next(90),
            random.Next(2) == 0 ? null : new PlanCaption("Bar\n& más", Maybe("#fff"), random.Next(30), Point()));

        PlanPoint Point() => random.Next(2) == 0
            ? new PlanPoint(random.Next(-500, 500), random.Next(500))
            : new PlanPoint((random.NextDouble() - 0.5) * 1000, random.NextDouble() * 1e-7);

        string Name() => $"n{random.Next(1000)} <&~/ü>";

        string? Maybe(string text) => random.Next(2) == 0 ? null : text;

        IEnumerable<T> Many<T>(int min, int max, Func<T> make) =>
            Enumerable.Range(0, random.Next(min, max + 1)).Select(_ => make()).ToList();
    }
}
