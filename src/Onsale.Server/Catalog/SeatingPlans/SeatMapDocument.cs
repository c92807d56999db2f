using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Onsale.Inventory.Seating;
using Onsale.Platform.Http;

namespace Onsale.Server.Catalog.SeatingPlans;

/// <summary>A tier as a map needs it: which places it sells, and how they are drawn.</summary>
/// <param name="Id">The tier's id.</param>
/// <param name="Name">A standing area is this tier's where its caption is this name.</param>
/// <param name="Colour">"#7c3aed".</param>
/// <param name="PlanCategory">The plan's category whose seats it sells; null for places by quantity.</param>
internal sealed record SeatMapTierSource(Guid Id, string Name, string Colour, string? PlanCategory);

/// <summary>A written seat map with its encodings, made once.</summary>
/// <param name="Version">What it is made of; see <see cref="SeatMaps.VersionOf"/>.</param>
/// <param name="ETag">What it came to.</param>
internal sealed record SeatMapFile(string Version, string ETag, byte[] Json, byte[] Brotli, byte[] Gzip)
{
    public long TotalBytes => Json.Length + Brotli.Length + Gzip.Length;
}

/// <summary>Writes the static seat map of an event.</summary>
internal static class SeatMapDocument
{
    // 11 takes forty times as long for a tenth less.
    private const int BrotliQuality = 9;

    /// <param name="plan">The event's seating plan.</param>
    /// <param name="tiers">The event's tiers in the order of their numbers.</param>
    /// <param name="version">The file's.</param>
    public static SeatMapFile Write(SeatingPlan plan, IReadOnlyList<SeatMapTierSource> tiers, string version)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Build(plan, tiers), SeatMapJson.Default.SeatMap);
        var etag = $"\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 16))}\"";
        return new SeatMapFile(
            version, etag, json, ContentEncodings.CompressBrotli(json, BrotliQuality),
            ContentEncodings.CompressGzip(json, CompressionLevel.SmallestSize));
    }

    public static SeatMap Build(SeatingPlan plan, IReadOnlyList<SeatMapTierSource> tiers)
    {
        var tierOf = TierOfCategory(plan, tiers);
        var usualRadius = Enumerable.Range(0, plan.RowCount).Select(plan.RowRadius)
            .CountBy(radius => radius).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key)
            .Select(pair => pair.Key).FirstOrDefault(10);
        var layout = plan.ToLayout(category => tierOf[plan.IndexOfCategory(category)]);
        var bounds = plan.Bounds;
        return new SeatMap(
            plan.Name, plan.SeatCount, usualRadius,
            new SeatMapBounds(Round(bounds.Left), Round(bounds.Top), Round(bounds.Right), Round(bounds.Bottom)),
            Point(plan.FocalPoint),
            [.. tiers.Select(tier => new SeatMapTier(tier.Id, tier.Name, tier.Colour))],
            [.. plan.Sections.Select(section => new SeatMapSection(
                section.Name, SeatMapOutline.Around(plan, section),
                [.. Enumerable.Range(section.FirstRow, section.RowCount)
                    .Select(row => BuildRow(plan, layout, row, usualRadius))], section.Floor))],
            [.. plan.Shapes.Select(shape => BuildArea(shape, tiers))],
            plan.Notes is { Count: > 0 } notes
                ? [.. notes.Select(note => new SeatMapNote(note.Text, note.Seats))]
                : null);
    }

    // A tenth of a pixel: seats are 20 wide.
    internal static double Round(double pixels) => Math.Round(pixels, 1) + 0.0;

    private static int[] TierOfCategory(SeatingPlan plan, IReadOnlyList<SeatMapTierSource> tiers)
    {
        var tierOf = new int[plan.Categories.Count];
        Array.Fill(tierOf, -1);
        for (var tier = 0; tier < tiers.Count; tier++)
        {
            if (tiers[tier].PlanCategory is { } category)
                tierOf[plan.IndexOfCategory(category)] = tier;
        }

        return tierOf;
    }

    private static SeatMapRow BuildRow(SeatingPlan plan, SeatLayout layout, int row, int usualRadius)
    {
        var (first, count) = (plan.RowStart(row), plan.RowEnd(row) - plan.RowStart(row));
        var (x, y, numbers, tiers) = (new double[count], new double[count], new string[count], new int[count]);
        List<int> aisles = [];
        for (var index = 0; index < count; index++)
        {
            var position = plan.PositionOf(first + index);
            (x[index], y[index]) = (Round(position.X), Round(position.Y));
            numbers[index] = plan.NumberOf(first + index);
            tiers[index] = layout.TierOf(first + index);
            if (index + 1 < count && !layout.IsAdjacentToNext(first + index))
                aisles.Add(index);
        }

        var uniform = tiers.AsSpan().IndexOfAnyExcept(tiers[0]) < 0;
        var format = plan.SeatFormat(row);
        var radius = plan.RowRadius(row);
        return new SeatMapRow(
            first, plan.RowName(row), plan.RowLabel(row), format == SeatingPlan.DefaultSeatFormat ? null : format,
            radius == usualRadius ? null : radius, uniform ? tiers[0] : null, uniform ? null : tiers,
            aisles.Count == 0 ? null : [.. aisles], AttributesOf(plan, first, count), x, y, numbers);
    }

    private static int[]? AttributesOf(SeatingPlan plan, int first, int count)
    {
        var attributes = new int[count];
        for (var index = 0; index < count; index++)
            attributes[index] = (int)plan.AttributesOf(first + index);
        return attributes.AsSpan().ContainsAnyExcept(0) ? attributes : null;
    }

    private static SeatMapArea BuildArea(PlanShape shape, IReadOnlyList<SeatMapTierSource> tiers)
    {
        int? tier = null;
        for (var index = 0; index < tiers.Count && tier is null; index++)
        {
            if (tiers[index].PlanCategory is null
                && string.Equals(tiers[index].Name, shape.Caption, StringComparison.OrdinalIgnoreCase))
                tier = index;
        }

        var kind = tier is not null ? SeatMapAreaKind.Standing
            : PlanShapes.IsStage(shape) || PlanShapes.IsField(shape) ? SeatMapAreaKind.Stage
            : SeatMapAreaKind.Other;
        return new SeatMapArea(
            kind, shape.Caption, Point(shape.CaptionAt),
            [.. shape.Outline.SelectMany(p => new[] { Round(p.X), Round(p.Y) })],
            shape.Color, shape.BorderColor, tier);
    }

    private static SeatMapPoint Point(PlanPoint point) => new(Round(point.X), Round(point.Y));
}
