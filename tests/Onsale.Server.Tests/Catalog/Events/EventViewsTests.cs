using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Onsale.Platform.Http;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Catalog.Events.Editing;
using Onsale.Server.Tests.Infrastructure;

namespace Onsale.Server.Tests.Catalog.Events;

public sealed class EventViewsTests(SharedNode shared) : IClassFixture<SharedNode>
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    private readonly OnsaleNode _node = shared.Node;

    [Theory]
    [InlineData("page", 1)]
    [InlineData("page", 1, "Sec-Fetch-Site", "cross-site")]
    [InlineData("page", 0, "Sec-Fetch-Dest", "")]
    [InlineData("page", 0, "Sec-Fetch-Dest", "empty")]
    [InlineData("page", 0, "Sec-Purpose", "prefetch")]
    [InlineData("page", 0, "User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")]
    [InlineData("page/queue", 0)]
    [InlineData("api", 1)]
    [InlineData("api", 0, "Cache-Control", "max-age=0")]
    [InlineData("api", 0, "Sec-Fetch-Site", "")]
    [InlineData("api", 0, "Sec-Fetch-Site", "cross-site")]
    [InlineData("api", 0, "User-Agent", "HeadlessChrome/140.0")]
    [InlineData("api by id", 0)]
    public async Task A_view_is_a_page_that_a_browser_shows_or_the_first_question_of_the_app(
        string asked, int views, string? header = null, string value = "")
    {
        var made = await OwnEvent.PublishedAsync(_node, 5);
        var slug = (await made.GetAsync())["slug"].GetString();
        var headers = new Dictionary<string, string>
        {
            ["User-Agent"] = Browser,
            ["Accept"] = "text/html",
            ["Sec-Fetch-Site"] = asked.StartsWith("page", StringComparison.Ordinal) ? "none" : "same-origin",
            ["Sec-Fetch-Dest"] = asked.StartsWith("page", StringComparison.Ordinal) ? "document" : "empty",
        };
        if (header is not null)
            headers[header] = value;
        var request = new HttpRequestMessage(HttpMethod.Get, asked switch
        {
            "page" => $"/events/{slug}",
            "page/queue" => $"/events/{slug}/queue",
            "api" => $"/api/v1/events/{slug}",
            _ => $"/api/v1/events/{made.Id}",
        });
        foreach (var (name, text) in headers.Where(one => one.Value.Length > 0))
            request.Headers.TryAddWithoutValidation(name, text).ShouldBeTrue();

        (await _node.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);

        await _node.Services.GetRequiredService<EventViews>().WriteAsync(CancellationToken.None);
        (await ViewsAsync(made.Id)).ShouldBe(views);
    }

    [Fact]
    public async Task No_view_is_lost_while_others_are_written()
    {
        const int Viewers = 8;
        const int Each = 500;
        var id = House.NewId();
        var views = New();
        var counting = Enumerable.Range(0, Viewers).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
                views.CountFirstAnswer(Opened(), id);
        })).ToList();

        while (!counting.TrueForAll(task => task.IsCompleted))
            await views.WriteAsync(CancellationToken.None);
        await Task.WhenAll(counting);
        await views.WriteAsync(CancellationToken.None);

        (await ViewsAsync(id)).ShouldBe(Viewers * Each);
    }

    [Fact]
    public async Task What_could_not_be_written_is_written_later_and_a_stop_writes_the_rest()
    {
        var id = House.NewId();
        var mode = new ReadOnlyMode();
        var views = New(mode);
        views.CountFirstAnswer(Opened(), id);
        await Should.ThrowAsync<OperationCanceledException>(() => views.WriteAsync(new CancellationToken(true)));
        mode.State = new ReadOnlyState(TimeProvider.System.GetUtcNow(), null);
        views.CountFirstAnswer(Opened(), id);
        await views.WriteAsync(CancellationToken.None);
        (await ViewsAsync(id)).ShouldBe(0);

        mode.State = null;
        await views.StopAsync(CancellationToken.None);

        (await ViewsAsync(id)).ShouldBe(2);
    }

    private EventViews New(ReadOnlyMode? mode = null) =>
        new(_node.DataSource, mode ?? new ReadOnlyMode(), TimeProvider.System);

    private static HttpRequest Opened()
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["Sec-Fetch-Site"] = "same-origin";
        request.Headers["Sec-Fetch-Dest"] = "empty";
        request.Headers.UserAgent = Browser;
        return request;
    }

    private async Task<long> ViewsAsync(Guid id) => (await _node.DataSource.QueryAsync<long>(
        "select coalesce(sum(views), 0)::bigint from event_views where event_id = $1", id))[0];
}
