namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>The drawn areas of a plan as outlines in absolute positions, and the point everybody looks at.</summary>
internal static class PlanShapes
{
    private const int EllipseCorners = 48;

    // The format has no mark for a stage: captions are all there is. The languages are those pretix is used in most.
    private static readonly string[] StageWords =
        ["stage", "bühne", "podium", "scène", "scena", "escenario", "palco", "podio", "lava", "scene", "المسرح"];

    private static readonly string[] FieldWords =
        ["pitch", "field", "court", "ring", "rink", "arena", "spielfeld", "terrain", "campo", "screen", "altar"];

    public static List<PlanShape> Of(PlanDocument document)
    {
        List<PlanShape> shapes = [];
        foreach (var zone in document.Zones)
        {
            foreach (var area in zone.Areas ?? [])
            {
                var origin = zone.Position + (area.Position ?? default);
                var outline = OutlineOf(area, origin);
                var caption = area.Text?.Text.Trim() ?? "";
                if (outline.Count == 0 && caption.Length == 0)
                    continue;
                var captionAt = area.Text is { } text ? origin + text.Position : CentreOf(outline);
                shapes.Add(new PlanShape(caption, captionAt, outline, area.Color, area.BorderColor));
            }
        }

        return shapes;
    }

    /// <summary>
    /// The centre of the stage; else of the pitch, court or ring; else the middle of the plan's top edge.
    /// </summary>
    public static PlanPoint FocalPointOf(IReadOnlyList<PlanShape> shapes, PlanSize size)
    {
        var focus = shapes.FirstOrDefault(IsStage) ?? shapes.FirstOrDefault(IsField);
        return focus switch
        {
            null => new PlanPoint(size.Width / 2.0, 0),
            { Outline.Count: 0 } => focus.CaptionAt,
            _ => CentreOf(focus.Outline),
        };
    }

    public static bool IsStage(PlanShape shape) => Says(shape.Caption, StageWords);

    public static bool IsField(PlanShape shape) => Says(shape.Caption, FieldWords);

    // The caption must be the word, not contain it: "Pitch standing" and "Stage door bar" are other things.
    private static bool Says(string caption, string[] words) =>
        words.Contains(caption, StringComparer.OrdinalIgnoreCase);

    private static List<PlanPoint> OutlineOf(PlanArea area, PlanPoint origin)
    {
        var shape = area.Shape ?? ShapeGiven(area);
        List<PlanPoint> corners = shape switch
        {
            "polygon" => [.. area.Polygon ?? []],
            "rectangle" when area.Rectangle is { } size =>
                [default, new(size.Width, 0), new(size.Width, size.Height), new(0, size.Height)],
            "ellipse" when area.Ellipse is { } radii => Ellipse(radii),
            "circle" when area.CircleRadius is { } radius => Ellipse(new PlanPoint(radius, radius)),
            _ => [],
        };
        var (sin, cos) = Math.SinCos((area.Rotation ?? 0) * Math.PI / 180);
        return corners.ConvertAll(p => origin + new PlanPoint((p.X * cos) - (p.Y * sin), (p.X * sin) + (p.Y * cos)));
    }

    private static string? ShapeGiven(PlanArea area) => area switch
    {
        { Polygon: not null } => "polygon",
        { Rectangle: not null } => "rectangle",
        { Ellipse: not null } => "ellipse",
        { CircleRadius: not null } => "circle",
        _ => null,
    };

    private static List<PlanPoint> Ellipse(PlanPoint radii) =>
        [.. Enumerable.Range(0, EllipseCorners).Select(corner =>
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * corner / EllipseCorners);
            return new PlanPoint(radii.X * cos, radii.Y * sin);
        })];

    private static PlanPoint CentreOf(IReadOnlyList<PlanPoint> outline) => outline.Count == 0
        ? default
        : new PlanPoint(
            (outline.Min(p => p.X) + outline.Max(p => p.X)) / 2, (outline.Min(p => p.Y) + outline.Max(p => p.Y)) / 2);
}
