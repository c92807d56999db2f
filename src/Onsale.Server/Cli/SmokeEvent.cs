using System.Text.Json.Serialization;
using Npgsql;
using Onsale.Inventory;
using Onsale.Platform.Startup;
using Onsale.Server.Access.Organisations;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.Venues;

namespace Onsale.Server.Cli;

/// <summary>
/// The event of smoke tests: one an installation, made by the first. It costs nothing, is on sale, and took place long
/// ago: no list, search or calendar shows it.
/// </summary>
internal sealed record SmokeEvent(Guid EventId, Guid TierId)
{
    private const int Places = 1_000;

    private static readonly Guid s_organisation = new("00000000-0000-7000-8000-0000534d4f01");
    private static readonly Guid s_venue = new("00000000-0000-7000-8000-0000534d4f02");
    private static readonly SmokeEvent s_event = new(
        new Guid("00000000-0000-7000-8000-0000534d4f03"), new Guid("00000000-0000-7000-8000-0000534d4f04"));

    /// <summary>Makes what is missing of it.</summary>
    public static async Task<SmokeEvent> EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select exists (select from events where id = $1)", connection)
        {
            Parameters = { new NpgsqlParameter<Guid> { TypedValue = s_event.EventId } },
        };
        if (await exists.ExecuteScalarAsync(cancellationToken) is true)
            return s_event;
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await OrganisationStore.AddAsync(connection, s_organisation, "onsale-smoke", "Smoke test", cancellationToken);
        await VenueStore.AddAsync(connection, Venue(), cancellationToken);
        var result = await EventCreation.CreateEventAsync(connection, Event(), plan: null, cancellationToken);
        if (!result.IsCreated)
            throw new StartupException($"The event of the smoke test cannot be made: {result.Errors[0].Message}");
        await transaction.CommitAsync(cancellationToken);
        return s_event;
    }

    private static NewVenue Venue() => new(
        s_venue, s_organisation, "onsale-smoke-test", "Smoke test", "Nowhere", "US", "None", "UTC");

    private static NewEvent Event()
    {
        var day = EventLimits.HiddenEventsStartAt;
        return new NewEvent
        {
            Id = s_event.EventId,
            OrganisationId = s_organisation,
            VenueId = s_venue,
            Slug = "onsale-smoke-test",
            Title = "Smoke test",
            Category = "smoke-test",
            StartsAt = day,
            EndsAt = day.AddHours(1),
            TimeZone = "UTC",
            Currency = "USD",
            Status = EventStatus.Published,
            OnSaleAt = day,
            OffSaleAt = day.AddYears(200),
            Tiers = [new NewTier(s_event.TierId, "All", 0, "#4f46e5", Capacity: Places)],
        };
    }
}

internal sealed record SmokeTickets(Guid TierId, int Quantity);

internal sealed record SmokeHold(IReadOnlyList<SmokeTickets> Tickets);

internal sealed record SmokeToken(string Token);

internal sealed record SmokePayment(SmokeToken Payment);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SmokeHold))]
[JsonSerializable(typeof(SmokePayment))]
internal sealed partial class SmokeJson : JsonSerializerContext;
