using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Npgsql;
using Onsale.Server.Tests.Infrastructure;
using Xunit.Abstractions;

namespace Onsale.Server.Tests.Catalog.Events;

/// <summary>
/// A crowd whose pages all wait for one instant, against one node of its own process with rate limits on. Each page
/// does what <c>use-sale-moments.ts</c> does: asks for the event within a second and a half after the instant, and
/// again, ever more seldom, until the answer shows the button.
/// </summary>
public sealed class OnSaleCrowdTests(ITestOutputHelper output)
{
    private const int Pages = 5_000;

    /// <summary>As the web app has them: sale-moments.ts.</summary>
    private const double SpreadMs = 1_500;
    private const double FirstRetryMs = 700;
    private const double LongestRetryMs = 15_000;

    /// <summary>An office whose pages share one address; the others are at home, a few behind each address.</summary>
    private const int OfficePages = 500;
    private const int HomePages = 4;

    [LongFact]
    public async Task Five_thousand_waiting_pages_have_the_button_within_three_seconds_and_stay_within_the_read_budget()
    {
        var database = await TestCluster.PrivateDatabaseAsync();
        await using var server = await ServerProcess.StartAsync(new ServerOptions(ServerProcess.CreateDataDirectory())
        {
            Settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["ConnectionStrings:Postgres"] = database,
                ["Onsale:TrustedProxies"] = "127.0.0.0/8",
                ["Onsale:RateLimits:Enabled"] = "true",
            },
        });
        await using var dataSource = NpgsqlDataSource.Create(database);
        var seed = new EventSeed(dataSource);
        var opens = TimeProvider.System.GetUtcNow().AddSeconds(5);
        var @event = await seed.EventAsync(await seed.VenueAsync(), onSaleAt: opens, capacity: 20_000);
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512 });
        client.BaseAddress = server.Client.BaseAddress;
        // Every page has seen the event before: it is loaded, and connections are open.
        await Task.WhenAll(Enumerable.Range(0, 512).Select(page => AskAsync(client, @event, page)));
        var answers = new ConcurrentBag<int>();
        var requests = new ConcurrentBag<string>();

        var waits = await Task.WhenAll(Enumerable.Range(0, Pages).Select(page => WaitAsync(page)));

        Array.Sort(waits);
        var perAddress = requests.CountBy(address => address).MaxBy(pair => pair.Value);
        output.WriteLine(
            $"{Pages:N0} pages; from the opening to the answer that shows the button: p50 {At(0.5):N0} ms, "
            + $"p99 {At(0.99):N0} ms, slowest {waits[^1]:N0} ms; {requests.Count:N0} requests, at most "
            + $"{perAddress.Value:N0} from one address");
        answers.CountBy(status => status).ShouldBe([new(200, requests.Count)]);
        At(0.99).ShouldBeLessThanOrEqualTo(3_000);

        double At(double share) => waits[(int)(share * (waits.Length - 1))];

        async Task<double> WaitAsync(int page)
        {
            var random = new Random(page);
            await UntilAsync(opens.AddMilliseconds(random.NextDouble() * SpreadMs));
            for (var failures = 1; ; failures++)
            {
                requests.Add(AddressOf(page));
                var (status, saleStatus) = await AskAsync(client, @event, page);
                answers.Add(status);
                if (saleStatus == "onSale")
                    return (TimeProvider.System.GetUtcNow() - opens).TotalMilliseconds;
                var pause = Math.Min(LongestRetryMs, FirstRetryMs * Math.Pow(2, failures - 1));
                await UntilAsync(TimeProvider.System.GetUtcNow().AddMilliseconds(pause * (0.5 + random.NextDouble())));
            }
        }
    }

    private static async Task<(int Status, string? SaleStatus)> AskAsync(
        HttpClient client, SeededEvent @event, int page)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events/{@event.Slug}");
        request.Headers.CacheControl = new() { NoCache = true };
        request.Headers.Add("X-Forwarded-For", AddressOf(page));
        using var response = await client.SendAsync(request);
        await using var body = await response.Content.ReadAsStreamAsync();
        using var json = await JsonDocument.ParseAsync(body);
        return ((int)response.StatusCode,
            json.RootElement.TryGetProperty("saleStatus", out var status) ? status.GetString() : null);
    }

    private static string AddressOf(int page)
    {
        var home = page < OfficePages ? 0 : 1 + ((page - OfficePages) / HomePages);
        return string.Create(CultureInfo.InvariantCulture, $"203.{home / 65_536}.{home / 256 % 256}.{home % 256}");
    }

    private static Task UntilAsync(DateTimeOffset instant) =>
        instant - TimeProvider.System.GetUtcNow() is { Ticks: > 0 } wait ? Task.Delay(wait) : Task.CompletedTask;
}
