namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>The polygon around a section's seats, for drawing sections before single seats can be told apart.</summary>
internal static class SeatMapOutline
{
    // How far the outline runs outside the seats' circles, in their radii.
    private const double Margin = 1.7;

    /// <summary>Convex hull (Andrew's monotone chain) of the seats' circles and a margin: x0, y0, x1, y1, …</summary>
    public static double[] Around(SeatingPlan plan, PlanSection section)
    {
        List<PlanPoint> corners = [];
        for (var row = section.FirstRow; row < section.FirstRow + section.RowCount; row++)
        {
            var reach = plan.RowRadius(row) * Margin;
            for (var seat = plan.RowStart(row); seat < plan.RowEnd(row); seat++)
            {
                var centre = plan.PositionOf(seat);
                corners.Add(centre + new PlanPoint(-reach, -reach));
                corners.Add(centre + new PlanPoint(reach, -reach));
                corners.Add(centre + new PlanPoint(reach, reach));
                corners.Add(centre + new PlanPoint(-reach, reach));
            }
        }

        return [.. HullOf(corners).SelectMany(point => (double[])[Math.Round(point.X), Math.Round(point.Y)])];
    }

    private static List<PlanPoint> HullOf(List<PlanPoint> points)
    {
        points.Sort((a, b) => a.X != b.X ? a.X.CompareTo(b.X) : a.Y.CompareTo(b.Y));
        List<PlanPoint> hull = [];
        AppendChain(hull, points, keep: 0);
        points.Reverse();
        AppendChain(hull, points, keep: hull.Count - 1);
        hull.RemoveAt(hull.Count - 1);
        return hull;
    }

    private static void AppendChain(List<PlanPoint> hull, List<PlanPoint> sorted, int keep)
    {
        foreach (var point in keep == 0 ? sorted : sorted.Skip(1))
        {
            while (hull.Count >= keep + 2 && Cross(hull[^2], hull[^1], point) <= 0)
                hull.RemoveAt(hull.Count - 1);
            hull.Add(point);
        }
    }

    private static double Cross(PlanPoint origin, PlanPoint a, PlanPoint b) =>
        ((a.X - origin.X) * (b.Y - origin.Y)) - ((a.Y - origin.Y) * (b.X - origin.X));
}
