using Onsale.Server.Catalog.Events.Editing;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.Events.Editing;

public sealed class DuplicationTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private static readonly string[] s_german = ["de"];
    private static readonly string[] s_twoEvenings = ["2031-03-01T20:00", "2031-03-02T20:00"];

    private readonly OnsaleNode _node = shared.Node;

    [Fact]
    public async Task Each_column_of_events_and_tiers_is_copied_or_not_by_decision()
    {
        (await ColumnsAsync("events")).ShouldBe(
            [.. EventCopying.CopiedColumns, .. EventCopying.OwnColumns, .. EventCopying.NotCopiedColumns],
            ignoreOrder: true);
        (await ColumnsAsync("tiers")).ShouldBe(
            [.. EventCopying.CopiedTierColumns, .. EventCopying.OwnTierColumns], ignoreOrder: true);

        Task<IReadOnlyList<string>> ColumnsAsync(string table) => _node.DataSource.QueryAsync<string>(
            "select column_name::text from information_schema.columns where table_name = $1", table);
    }

    [Fact]
    public async Task Copies_are_drafts_of_one_series_with_the_same_tiers_and_nothing_sold()
    {
        var made = await OwnEvent.PublishedAsync(_node, 10, 20);
        var tier = (await made.GetAsync())["tiers"][0].GetProperty("id").GetGuid();
        await made.AskAsync(HttpMethod.Post, $"/tiers/{tier}/capacity", new { delta = 5 });
        await made.AskAsync(HttpMethod.Patch, "", new { holdMinutes = 7, languages = s_german, ageLimit = 18 });

        var answer = await made.AskAsync(
            HttpMethod.Post, "/duplicate", new { starts = s_twoEvenings });

        answer.Status.ShouldBe(200, answer.Body.ToString());
        var series = answer["seriesId"].GetGuid();
        (await made.GetAsync())["seriesId"].GetGuid().ShouldBe(series);
        answer["events"].GetArrayLength().ShouldBe(2);
        foreach (var summary in answer["events"].EnumerateArray())
        {
            var copy = await made.Organisation.AskAsync(
                HttpMethod.Get, $"/events/{summary.GetProperty("id").GetGuid()}");
            copy["status"].GetString().ShouldBe("draft");
            copy["seriesId"].GetGuid().ShouldBe(series);
            (copy["holdMinutes"].GetInt32(), copy["ageLimit"].GetInt32()).ShouldBe((7, 18));
            copy["tiers"].EnumerateArray().Select(one => one.GetProperty("total").GetInt32()).ShouldBe([15, 20]);
            copy["tiers"][0].GetProperty("id").GetGuid().ShouldNotBe(tier);
            (await made.Organisation.AskAsync(HttpMethod.Post, $"/events/{copy.Id}/publish")).Status.ShouldBe(200);
        }

        (await made.Organisation.AskAsync(HttpMethod.Get, $"/events?series={series}"))["meta"]
            .GetProperty("total").GetInt32().ShouldBe(3);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-10-24T23:00", "2026-10-25T23:00")] // the clocks go back in between
    [InlineData("Europe/Berlin", "2026-03-28T23:00", "2026-03-29T23:00")]
    [InlineData("America/New_York", "2026-10-31T20:00", "2026-11-01T20:00")]
    [InlineData("America/New_York", "2026-03-07T20:00", "2026-03-08T20:00")]
    [InlineData("Australia/Lord_Howe", "2026-04-04T20:00", "2026-04-05T20:00")] // by half an hour
    [InlineData("Australia/Lord_Howe", "2026-10-03T20:00", "2026-10-04T20:00")]
    public void A_series_keeps_its_wall_clock_times_over_clock_changes(string zone, string first, string second)
    {
        EventCopying.TryParseLocal(first, out var one).ShouldBeTrue();
        EventCopying.TryParseLocal(second, out var two).ShouldBeTrue();
        var start = Platform(one);
        // From evening to five in the morning, doors an hour before, on sale ten days before at ten.
        var row = new EditedEvent
        {
            Id = Guid.Empty,
            Slug = "s",
            Title = "t",
            Category = "c",
            StartsAt = start,
            EndsAt = Platform(one.Date.AddDays(1).AddHours(5)),
            DoorsAt = Platform(one.AddHours(-1)),
            TimeZone = zone,
            Currency = "EUR",
            OnSaleAt = Platform(one.Date.AddDays(-10).AddHours(10)),
            OffSaleAt = start,
        };

        var copy = EventCopying.At(row, two);

        LocalOf(copy.StartsAt).ShouldBe(two);
        LocalOf(copy.EndsAt).ShouldBe(two.Date.AddDays(1).AddHours(5));
        LocalOf(copy.DoorsAt!.Value).ShouldBe(two.AddHours(-1));
        LocalOf(copy.OnSaleAt).ShouldBe(two.Date.AddDays(-10).AddHours(10));
        // And back: the times of the first are those of the first.
        var back = EventCopying.At(copy, one);
        (back.StartsAt, back.EndsAt, back.DoorsAt, back.OnSaleAt, back.OffSaleAt)
            .ShouldBe((row.StartsAt, row.EndsAt, row.DoorsAt, row.OnSaleAt, row.OffSaleAt));

        DateTimeOffset Platform(DateTime local) => Onsale.Platform.Contract.TimeZones.FromLocal(
            DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local), zone).ToUniversalTime();

        DateTime LocalOf(DateTimeOffset instant) =>
            Onsale.Platform.Contract.TimeZones.ToLocal(instant, zone)!.Value.DateTime;
    }

    [Theory]
    [InlineData("""{"starts":[]}""")]
    [InlineData("""{"starts":["tomorrow"]}""")]
    [InlineData("""{"starts":["2031-03-01T20:00Z"]}""")]
    [InlineData("""{"starts":["2031-02-30T20:00"]}""")]
    [InlineData("""{"starts":["0001-01-01T00:00"]}""")]
    public async Task Starts_that_are_none_are_refused(string body)
    {
        var made = await OwnEvent.DraftAsync(_node);

        var answer = await made.AskAsync(
            HttpMethod.Post, "/duplicate", System.Text.Json.JsonDocument.Parse(body).RootElement);

        answer.ShouldRefuse(400, "validation");
        answer["errors"].TryGetProperty("starts", out _).ShouldBeTrue();
        (await made.Organisation.AskAsync(HttpMethod.Get, "/events"))["meta"].GetProperty("total").GetInt32()
            .ShouldBe(1);
    }
}
