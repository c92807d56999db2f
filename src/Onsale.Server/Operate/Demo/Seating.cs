using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Operate.Demo;

/// <summary>Where seats stand: arcs of halls, straight rows, the pieces of a stadium's bowl. All in metres.</summary>
internal static class Seating
{
    /// <summary>From the middle of one seat to the middle of the next.</summary>
    public const double SeatMetres = 0.52;

    private const double AisleMetres = 1.2;

    // I and O look like 1 and 0 on a ticket.
    private const string RowLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ";

    /// <summary>A … Z without I and O, then AA, BB, …</summary>
    public static string RowLetter(int row) =>
        new(RowLetters[row % RowLetters.Length], 1 + (row / RowLetters.Length));

    /// <summary>Blocks of seats on an arc around a centre, an aisle between blocks, the middle straight down.</summary>
    /// <param name="centre">Centre of the circle.</param>
    /// <param name="radius">Radius of the circle.</param>
    /// <param name="blocks">Seats of each block, from left to right.</param>
    public static IEnumerable<PlanPoint> Arc(PlanPoint centre, double radius, params int[] blocks)
    {
        foreach (var along in Along(blocks))
        {
            var (sin, cos) = Math.SinCos(along / radius);
            yield return centre + new PlanPoint(radius * sin, radius * cos);
        }
    }

    /// <summary>Blocks of seats on a straight line, an aisle between blocks.</summary>
    /// <param name="centre">Middle of the row.</param>
    /// <param name="degrees">Direction of the row, clockwise from "to the right".</param>
    /// <param name="blocks">Seats of each block.</param>
    public static IEnumerable<PlanPoint> Line(PlanPoint centre, double degrees, params int[] blocks)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        foreach (var along in Along(blocks))
            yield return centre + new PlanPoint(along * cos, along * sin);
    }

    /// <summary>Chairs evenly around a table, beginning at its upper left.</summary>
    public static IEnumerable<PlanPoint> Around(PlanPoint table, double radius, int chairs)
    {
        for (var chair = 0; chair < chairs; chair++)
        {
            var (sin, cos) = Math.SinCos(Math.PI * (1.25 + (2.0 * chair / chairs)));
            yield return table + new PlanPoint(radius * cos, radius * sin);
        }
    }

    /// <summary>A piece of stand filled at one depth: equal blocks with aisles between and at both ends.</summary>
    public static IEnumerable<PlanPoint> Fill(StandPiece piece, double depth, int blocks)
    {
        var length = piece.LengthAt(depth);
        var share = length / blocks;
        var seats = (int)((share - AisleMetres + 1e-9) / SeatMetres);
        for (var block = 0; block < blocks; block++)
        {
            var start = (block * share) + ((share - ((seats - 1) * SeatMetres)) / 2);
            for (var seat = 0; seat < seats; seat++)
                yield return piece.At((start + (seat * SeatMetres)) / length, depth);
        }
    }

    // Signed distances from the row's middle.
    private static IEnumerable<double> Along(int[] blocks)
    {
        var along = -((((blocks.Sum() - blocks.Length) * SeatMetres)
                + ((blocks.Length - 1) * (AisleMetres + SeatMetres)))
            / 2);
        foreach (var seats in blocks)
        {
            for (var seat = 0; seat < seats; seat++)
                yield return along + (seat * SeatMetres);
            along += ((seats - 1) * SeatMetres) + AisleMetres + SeatMetres;
        }
    }
}

/// <summary>A piece of a stand: how long it is at a depth behind its front, and where a place along it lies.</summary>
/// <param name="LengthAt">Length in metres at a depth.</param>
/// <param name="At">Position of a fraction (0 … 1) of that length at a depth.</param>
internal sealed record StandPiece(Func<double, double> LengthAt, Func<double, double, PlanPoint> At)
{
    /// <summary>A straight stand; depth grows to the left of the direction from start to end.</summary>
    public static StandPiece Straight(PlanPoint start, PlanPoint end)
    {
        var length = start.DistanceTo(end);
        var direction = new PlanPoint((end.X - start.X) / length, (end.Y - start.Y) / length);
        return new StandPiece(
            _ => length,
            (fraction, depth) => new PlanPoint(
                start.X + (direction.X * fraction * length) + (direction.Y * depth),
                start.Y + (direction.Y * fraction * length) - (direction.X * depth)));
    }

    /// <summary>A wedge around a corner; angles in degrees, clockwise from "to the right".</summary>
    public static StandPiece Corner(PlanPoint centre, double frontRadius, double fromDegrees, double toDegrees)
    {
        var (from, sweep) = (fromDegrees * Math.PI / 180, (toDegrees - fromDegrees) * Math.PI / 180);
        return new StandPiece(
            depth => Math.Abs(sweep) * (frontRadius + depth),
            (fraction, depth) =>
            {
                var (sin, cos) = Math.SinCos(from + (sweep * fraction));
                return centre + new PlanPoint((frontRadius + depth) * cos, (frontRadius + depth) * sin);
            });
    }

    /// <summary>Equal straight pieces one after the other.</summary>
    public static IEnumerable<StandPiece> Straights(PlanPoint start, PlanPoint end, int count) =>
        Enumerable.Range(0, count).Select(index => Straight(
            Between(start, end, (double)index / count), Between(start, end, (index + 1.0) / count)));

    /// <summary>Equal wedges one after the other.</summary>
    public static IEnumerable<StandPiece> Corners(
        PlanPoint centre, double frontRadius, double fromDegrees, double toDegrees, int count) =>
        Enumerable.Range(0, count).Select(index => Corner(
            centre, frontRadius, fromDegrees + ((toDegrees - fromDegrees) * index / count),
            fromDegrees + ((toDegrees - fromDegrees) * (index + 1) / count)));

    private static PlanPoint Between(PlanPoint start, PlanPoint end, double fraction) =>
        new(start.X + ((end.X - start.X) * fraction), start.Y + ((end.Y - start.Y) * fraction));
}
