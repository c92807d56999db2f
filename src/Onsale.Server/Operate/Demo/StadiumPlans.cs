using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Operate.Demo;

/// <summary>Stadiums: a bowl in concert dress, and a football ground of four stands.</summary>
internal static class StadiumPlans
{
    private const int BowlSeats = 50_000;
    private const double RowMetres = 0.8;
    private const double PitchHalfWidth = 34;
    private const double PitchHalfLength = 52.5;
    private const double TrackMetres = 8;
    private const int LowerRows = 34;
    private const int UpperRows = 44;
    private const int GangwayAfterRow = 20;
    private const double GangwayMetres = 1.2;
    private const double UpperDepthMetres = (LowerRows * RowMetres) + GangwayMetres + 4.5;

    /// <summary>
    /// 50,000 seats in two tiers around three sides of the pitch; the stage stands at the fourth, and the stands
    /// behind it stay closed. The pitch has room for standing.
    /// </summary>
    public static PlanDocument Bowl()
    {
        var sketch = new PlanSketch("Meridian Stadium, end stage")
            .Category("Lower Bowl Premium", "#d97706").Category("Lower Bowl", "#2563eb")
            .Category("Upper Bowl", "#0d9488").Category("Upper Bowl Value", "#64748b");
        sketch.Zone("Pitch")
            .Rectangle(
                null, -PitchHalfWidth, -PitchHalfLength, 2 * PitchHalfWidth, 2 * PitchHalfLength, "#dfe9dc", "#000")
            .Rectangle("Stage", -26, -PitchHalfLength + 2, 52, 18, "#1f2937", "#ffffff", 5)
            .Rectangle("Pitch Standing", -31, -30, 62, 80, "#f3d9e6", "#831843", 4)
            .Rectangle("Sound desk", -5, 26, 10, 6, "#9ca3af", "#111827", 1.6);

        var number = 101;
        foreach (var (piece, blocks, premium) in Ring(wedgesInCorner: 2))
            AddSector(sketch, number++, piece, blocks, 0, LowerRows, premium ? "Lower Bowl Premium" : "Lower Bowl");
        number = 201;
        List<ZoneSketch> upper = [];
        foreach (var (piece, blocks, _) in Ring(wedgesInCorner: 3))
        {
            // Behind and beside the far end, where the stage is a hundred metres away.
            var category = number is >= 205 and <= 215 ? "Upper Bowl Value" : "Upper Bowl";
            upper.Add(AddSector(sketch, number++, piece, blocks, UpperDepthMetres, UpperRows, category));
        }

        // The platform for cameras and follow spots, opposite the stage, takes what is over 50,000.
        upper[upper.Count / 2].RemoveFromBack(sketch.SeatCount - BowlSeats);
        return sketch.Build();
    }

    /// <summary>Four separate stands around a pitch, about 9,000 seats.</summary>
    public static PlanDocument FootballGround()
    {
        var sketch = new PlanSketch("Saltmarsh Lane")
            .Category("Main Stand", "#b91c1c").Category("East Stand", "#1d4ed8").Category("Ends", "#475569");
        sketch.Zone("Pitch").Rectangle("Pitch", -52.5, -34, 105, 68, "#86b97a", "#14532d", 5);
        AddStand("Main Stand", "Main Stand", new PlanPoint(-48, -38), new PlanPoint(48, -38), 6, 20);
        AddStand("East Stand", "East Stand", new PlanPoint(48, 38), new PlanPoint(-48, 38), 6, 16);
        AddStand("North End", "Ends", new PlanPoint(57, -30), new PlanPoint(57, 30), 4, 14);
        AddStand("South End", "Ends", new PlanPoint(-57, 30), new PlanPoint(-57, -30), 4, 14);
        return sketch.Build();

        void AddStand(string stand, string category, PlanPoint start, PlanPoint end, int sectors, int rows)
        {
            var sector = 1;
            foreach (var piece in StandPiece.Straights(start, end, sectors))
            {
                var zone = sketch.Zone($"{stand} {sector++}");
                for (var row = 0; row < rows; row++)
                    zone.Row($"{row + 1}", category, Seating.Fill(piece, row * RowMetres, blocks: 1));
            }
        }
    }

    // The sectors in order, from beside the stage on the right, around the far end, to beside the stage on the left.
    private static IEnumerable<(StandPiece Piece, int Blocks, bool Premium)> Ring(int wedgesInCorner)
    {
        const double x = PitchHalfWidth + TrackMetres;
        const double stageEnd = -38;
        var index = 0;
        foreach (var piece in StandPiece.Straights(new(x, stageEnd), new(x, PitchHalfLength), 5))
            yield return (piece, 2, index++ < 3);
        foreach (var piece in StandPiece.Corners(
            new(PitchHalfWidth, PitchHalfLength), TrackMetres, 0, 90, wedgesInCorner))
            yield return (piece, wedgesInCorner - 1, false);
        const double y = PitchHalfLength + TrackMetres;
        foreach (var piece in StandPiece.Straights(new(PitchHalfWidth, y), new(-PitchHalfWidth, y), 3))
            yield return (piece, 2, false);
        foreach (var piece in StandPiece.Corners(
            new(-PitchHalfWidth, PitchHalfLength), TrackMetres, 90, 180, wedgesInCorner))
            yield return (piece, wedgesInCorner - 1, false);
        index = 0;
        foreach (var piece in StandPiece.Straights(new(-x, PitchHalfLength), new(-x, stageEnd), 5))
            yield return (piece, 2, index++ >= 2);
    }

    private static ZoneSketch AddSector(
        PlanSketch sketch, int number, StandPiece piece, int blocks, double depth, int rows, string category)
    {
        var zone = sketch.Zone($"Section {number}");
        for (var row = 0; row < rows; row++)
        {
            var gangway = row < GangwayAfterRow ? 0 : GangwayMetres;
            zone.Row($"{row + 1}", category, Seating.Fill(piece, depth + (row * RowMetres) + gangway, blocks));
        }

        return zone;
    }
}
