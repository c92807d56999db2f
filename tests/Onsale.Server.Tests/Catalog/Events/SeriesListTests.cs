using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Platform;

namespace Onsale.Server.Tests.Catalog.Events;

public sealed class SeriesListTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private readonly EventSeed _seed = new(shared.Node.DataSource);

    private OnsaleNode Node => shared.Node;

    [Fact]
    public async Task Dates_of_one_show_are_one_line_of_a_grouped_list_with_their_number()
    {
        var (dates, single) = await ShowAsync();

        var grouped = await ListAsync($"search={_seed.Word}&group=series");

        grouped.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(2);
        var lines = grouped.GetProperty("data").EnumerateArray().ToList();
        lines.Select(Id).ShouldBe([dates[0].Id, single.Id]);
        lines[0].GetProperty("dates").GetInt32().ShouldBe(3);
        lines[0].TryGetProperty("seriesId", out _).ShouldBeTrue();
        lines[1].TryGetProperty("dates", out _).ShouldBeFalse();
        lines[1].TryGetProperty("seriesId", out _).ShouldBeFalse();
        // Ungrouped, as ever: every date is a line of its own.
        var all = await ListAsync($"search={_seed.Word}");
        all.GetProperty("meta").GetProperty("total").GetInt32().ShouldBe(4);
        all.GetProperty("data").EnumerateArray().ShouldAllBe(line => !HasDates(line));
    }

    [Theory]
    [InlineData("from=2031-05-02", 1, 2)]
    [InlineData("from=2031-05-03", 2, null)]
    [InlineData("to=2031-05-02", 0, 2)]
    [InlineData("minPrice=3000&currency=USD", 1, 2)]
    public async Task The_first_date_that_fits_stands_for_the_show_and_only_those_that_fit_count(
        string filter, int first, int? count)
    {
        var (dates, _) = await ShowAsync();

        var line = (await ListAsync($"search={_seed.Word}%20tour&group=series&{filter}"))
            .GetProperty("data").EnumerateArray().Single();

        Id(line).ShouldBe(dates[first].Id);
        (HasDates(line) ? line.GetProperty("dates").GetInt32() : (int?)null).ShouldBe(count);
    }

    [Theory]
    [InlineData("sort=title")]
    [InlineData("sort=price&order=desc")]
    [InlineData("sort=date&order=desc&limit=1&page=2")]
    public async Task However_it_is_sorted_and_paged_the_soonest_date_stands_for_the_show(string order)
    {
        var (dates, _) = await ShowAsync();

        var lines = (await ListAsync($"search={_seed.Word}&group=series&{order}")).GetProperty("data");

        lines.EnumerateArray().Select(Id).ShouldContain(dates[0].Id);
        lines.EnumerateArray().Select(Id).ShouldNotContain(dates[1].Id);
    }

    [Fact]
    public async Task The_other_dates_are_found_by_the_series()
    {
        var (dates, _) = await ShowAsync();
        var series = (await Node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events/{dates[1].Slug}"))
            .GetProperty("seriesId").GetGuid();

        var lines = (await ListAsync($"series={series}")).GetProperty("data").EnumerateArray();

        lines.Select(Id).ShouldBe(dates.Select(date => date.Id));
    }

    [Fact]
    public async Task A_date_that_visitors_do_not_see_counts_for_nothing()
    {
        var (dates, _) = await ShowAsync();
        await using (var connection = await Node.DataSource.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                "update events set status = @status where id = @Id", new { dates[0].Id, status = (short)2 });
        }

        var line = (await ListAsync($"search={_seed.Word}%20tour&group=series"))
            .GetProperty("data").EnumerateArray().Single();

        Id(line).ShouldBe(dates[1].Id);
        line.GetProperty("dates").GetInt32().ShouldBe(2);
    }

    [Theory]
    [InlineData("group=venue")]
    [InlineData("series=no-id")]
    public async Task What_is_no_group_and_no_series_is_refused(string query) =>
        await (await Node.Client.GetAsync($"/api/v1/events?{query}")).ShouldBeProblemAsync(400, "validation");

    /// <summary>Three dates of a tour, the later ones dearer, and a show that is on only once.</summary>
    private async Task<(List<SeededEvent> Dates, SeededEvent Single)> ShowAsync()
    {
        var venue = await _seed.VenueAsync();
        List<SeededEvent> dates = [];
        for (var day = 0; day < 3; day++)
        {
            dates.Add(await _seed.EventAsync(
                venue, "Tour", startsAt: EventSeed.Base.AddDays(day), prices: [2500 + (day * 1000)]));
        }

        var single = await _seed.EventAsync(venue, "Once", startsAt: EventSeed.Base.AddDays(1));
        await using var connection = await Node.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "update events set series_id = @series where id = any (@ids)",
            new { series = EventSeed.Id(), ids = dates.Select(date => date.Id).ToArray() });
        return (dates, single);
    }

    private Task<JsonElement> ListAsync(string query) =>
        Node.Client.GetFromJsonAsync<JsonElement>($"/api/v1/events?{query}");

    private static Guid Id(JsonElement line) => line.GetProperty("id").GetGuid();

    private static bool HasDates(JsonElement line) => line.TryGetProperty("dates", out _);
}
