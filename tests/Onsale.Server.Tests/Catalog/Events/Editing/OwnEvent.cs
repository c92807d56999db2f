using System.Text.Json;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Tests.Access.Accounts;
using Onsale.Server.Tests.Access.Organisations;
using Onsale.Server.Tests.Infrastructure;
using Onsale.Server.Tests.Selling.Bookings;

namespace Onsale.Server.Tests.Catalog.Events.Editing;

/// <summary>An event made over the organiser's API for one test.</summary>
internal sealed record OwnEvent(TestOrganisation Organisation, Guid Id, Guid VenueId)
{
    /// <summary>A draft at a venue in Berlin that starts in a month.</summary>
    public static async Task<OwnEvent> DraftAsync(
        OnsaleNode node, TestOrganisation? organisation = null, object? draft = null)
    {
        organisation ??= await TestOrganisation.FoundAsync(node);
        var venue = await organisation.AskAsync(HttpMethod.Post, "/venues", body: new
        {
            name = "Lido",
            city = "Berlin",
            country = "DE",
            timeZone = "Europe/Berlin",
        });
        venue.Status.ShouldBe(201, venue.Body.ToString());
        var made = await organisation.AskAsync(
            HttpMethod.Post, "/events", body: draft ?? new { title = "Evening", venueId = venue.Id });
        made.Status.ShouldBe(201, made.Body.ToString());
        return new OwnEvent(organisation, made.Id, venue.Id);
    }

    /// <summary>A published event that sells places by quantity, one tier a capacity.</summary>
    public static async Task<OwnEvent> PublishedAsync(OnsaleNode node, params int[] capacities)
    {
        var made = await DraftAsync(node);
        for (var number = 0; number < capacities.Length; number++)
        {
            await made.PutTierAsync(new
            {
                name = $"Tier {number}",
                price = 1000 * (number + 1),
                capacity = capacities[number],
            });
        }

        (await made.AskAsync(HttpMethod.Post, "/publish")).Status.ShouldBe(200);
        return made;
    }

    /// <summary>The same, and as who books it knows it.</summary>
    public static async Task<(OwnEvent Made, TestEvent Event)> OnSaleAsync(OnsaleNode node, params int[] capacities)
    {
        var made = await PublishedAsync(node, capacities);
        return (made, await made.ToTestEventAsync());
    }

    /// <summary>A published event with numbered seats and, if so many are given, places by quantity.</summary>
    public static async Task<OwnEvent> SeatedAsync(OnsaleNode node, int rows, int seatsInRow, int standing = 0)
    {
        var organisation = await TestOrganisation.FoundAsync(node);
        var plan = JsonDocument.Parse(PlanJsonWriter.Write(House.Grid(rows, seatsInRow))).RootElement;
        var stored = await organisation.AskAsync(HttpMethod.Post, "/plans", body: plan);
        stored.Status.ShouldBe(201, stored.Body.ToString());
        var made = await DraftAsync(node, organisation);
        (await made.AskAsync(HttpMethod.Patch, "", new { seatingPlanId = stored["plan"].GetProperty("id").GetGuid() }))
            .Status.ShouldBe(200);
        await made.PutTierAsync(new { name = "All", price = 4500, planCategory = "All" });
        if (standing > 0)
            await made.PutTierAsync(new { name = "Standing", price = 1000, capacity = standing });
        var published = await made.AskAsync(HttpMethod.Post, "/publish");
        published.Status.ShouldBe(200, published.Body.ToString());
        return made;
    }

    public Task<Answer> AskAsync(
        HttpMethod method, string path, object? body = null, Signed? caller = null, string? ifMatch = null) =>
        Organisation.Node.AskAsync(
            method, $"organisations/{Organisation.Slug}/events/{Id}{path}",
            (caller ?? Organisation.Owner).AccessToken, body, ifMatch is null ? null : ("If-Match", ifMatch));

    public Task<Answer> GetAsync() => AskAsync(HttpMethod.Get, "");

    public Task<Guid> PutTierAsync(object tier) => PutTierAsync(House.NewId(), tier);

    /// <summary>Makes or changes the tier of an id.</summary>
    public async Task<Guid> PutTierAsync(Guid id, object tier)
    {
        var answer = await AskAsync(HttpMethod.Put, $"/tiers/{id}", tier);
        answer.Status.ShouldBe(200, answer.Body.ToString());
        return id;
    }

    /// <summary>Places of the first tier, sold at the counter.</summary>
    public async Task<Answer> SellAsync(int quantity, string method = "cash")
    {
        var tierId = (await GetAsync())["tiers"][0].GetProperty("id").GetGuid();
        var sold = await AskAsync(
            HttpMethod.Post, "/bookings", new { method, tickets = new[] { new { tierId, quantity } } });
        sold.Status.ShouldBe(201, sold.Body.ToString());
        return sold;
    }

    /// <summary>For who books it: its id, and its tiers by number.</summary>
    public async Task<TestEvent> ToTestEventAsync()
    {
        var tiers = (await GetAsync())["tiers"].EnumerateArray().Select(tier => new Server.Catalog.Events.NewTier(
            tier.GetProperty("id").GetGuid(), tier.GetProperty("name").GetString()!,
            tier.GetProperty("price").GetProperty("amount").GetInt64(), "#000000"));
        return new TestEvent(Id, [.. tiers]);
    }
}
