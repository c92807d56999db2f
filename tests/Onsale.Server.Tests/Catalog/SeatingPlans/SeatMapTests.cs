using System.IO.Compression;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Catalog.SeatingPlans;

public sealed class SeatMapTests
{
    private static readonly SeatingPlan Plan = SeatingPlanCompiler.Compile(Plans.Read(Plans.Small));

    private static readonly SeatMapTierSource[] Tiers =
    [
        new(Guid.AllBitsSet, "Front", "#aa0000", "Front"), new(Guid.Empty, "Cheap", "#00aa00", "Back"),
    ];

    [Fact]
    public void Every_seat_is_there_by_ordinal_with_its_place_label_and_tier()
    {
        using var json = JsonDocument.Parse(SeatMapDocument.Write(Plan, Tiers, "v1").Json);
        var map = json.RootElement;

        map.GetProperty("seatCount").GetInt32().ShouldBe(4);
        var rows = map.GetProperty("sections")[0].GetProperty("rows");
        var first = rows[0];
        first.GetProperty("first").GetInt32().ShouldBe(0);
        first.GetProperty("label").GetString().ShouldBe("Stalls, row A");
        first.GetProperty("x").EnumerateArray().Select(x => x.GetDouble()).ShouldBe([100, 125, 150.5]);
        first.GetProperty("y").EnumerateArray().Select(y => y.GetDouble()).ShouldBe([150, 150, 150]);
        first.GetProperty("tiers").EnumerateArray().Select(tier => tier.GetInt32()).ShouldBe([0, 1, 0]);
        first.TryGetProperty("tier", out _).ShouldBeFalse();
        first.TryGetProperty("seatFormat", out _).ShouldBeFalse();
        rows[1].GetProperty("tier").GetInt32().ShouldBe(1);
        rows[1].GetProperty("label").GetString().ShouldBe("Stalls, Table 7");
        rows[1].GetProperty("seatFormat").GetString().ShouldBe("chair %s");
        map.GetProperty("areas")[0].GetProperty("kind").GetString().ShouldBe("stage");
    }

    [Fact]
    public void An_outline_surrounds_every_seat_of_its_section()
    {
        var outline = SeatMapDocument.Build(Plan, Tiers).Sections[0].Outline;

        var corners = Enumerable.Range(0, outline.Length / 2)
            .Select(index => new PlanPoint(outline[2 * index], outline[(2 * index) + 1])).ToList();
        for (var seat = 0; seat < Plan.SeatCount; seat++)
        {
            var position = Plan.PositionOf(seat);
            for (var index = 0; index < corners.Count; index++)
            {
                var (a, b) = (corners[index], corners[(index + 1) % corners.Count]);
                var side = ((b.X - a.X) * (position.Y - a.Y)) - ((b.Y - a.Y) * (position.X - a.X));
                side.ShouldBeGreaterThan(0, $"{Plan.LabelOf(seat)} lies outside");
            }
        }
    }

    [Fact]
    public async Task A_file_is_made_once_and_again_only_when_a_tier_changes()
    {
        var maps = new SeatMaps();

        var file = await maps.GetAsync(Plan, Tiers, CancellationToken.None);
        var same = await maps.GetAsync(Plan, [.. Tiers], CancellationToken.None);
        var renamed = await maps.GetAsync(Plan, [Tiers[0] with { Name = "Best" }, Tiers[1]], CancellationToken.None);

        same.ShouldBeSameAs(file);
        (renamed.ETag == file.ETag).ShouldBeFalse();
    }

    [Theory]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip;q=1.0, br;q=0", "gzip")]
    [InlineData("identity", null)]
    public async Task The_client_gets_the_best_encoding_it_takes(string accepted, string? encoding)
    {
        var file = SeatMapDocument.Write(Plan, Tiers, "v1");
        var context = ContextWith("Accept-Encoding", accepted);

        await new SeatMapResult(file, null).ExecuteAsync(context);

        var header = context.Response.Headers.ContentEncoding.ToString();
        (header.Length == 0 ? null : header).ShouldBe(encoding);
        context.Response.Headers.ETag.ToString().ShouldBe(encoding is null ? file.ETag : $"W/{file.ETag}");
        context.Response.Body.Position = 0;
        await using Stream body = encoding switch
        {
            "br" => new BrotliStream(context.Response.Body, CompressionMode.Decompress),
            "gzip" => new GZipStream(context.Response.Body, CompressionMode.Decompress),
            _ => context.Response.Body,
        };
        using var copy = new MemoryStream();
        await body.CopyToAsync(copy);
        copy.ToArray().ShouldBe(file.Json);
    }

    [Theory]
    [InlineData("v1", "public, max-age=31536000, immutable")]
    [InlineData("v0", "public, max-age=60, stale-while-revalidate=600")]
    [InlineData(null, "public, max-age=60, stale-while-revalidate=600")]
    public async Task Only_the_address_of_this_very_map_may_be_kept_for_ever(string? version, string cacheControl)
    {
        var context = ContextWith("Accept-Encoding", "br");

        await new SeatMapResult(SeatMapDocument.Write(Plan, Tiers, "v1"), version).ExecuteAsync(context);

        context.Response.Headers.CacheControl.ToString().ShouldBe(cacheControl);
    }

    [Fact]
    public async Task Who_has_it_already_gets_304_without_a_body()
    {
        var file = SeatMapDocument.Write(Plan, Tiers, "v1");
        var context = ContextWith("If-None-Match", $"W/{file.ETag}");

        await new SeatMapResult(file, null).ExecuteAsync(context);

        context.Response.StatusCode.ShouldBe(304);
        context.Response.Body.Length.ShouldBe(0);
    }

    private static DefaultHttpContext ContextWith(string header, string value)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers[header] = value;
        context.Response.Body = new MemoryStream();
        return context;
    }
}
