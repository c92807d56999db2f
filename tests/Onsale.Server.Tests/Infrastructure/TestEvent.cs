using Npgsql;
using Onsale.Inventory;
using Onsale.Server.Events;
using Onsale.Server.Tests.Venues;
using Onsale.Server.Venues;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>An event made for one test.</summary>
internal sealed record TestEvent(Guid Id, IReadOnlyList<NewTier> Tiers)
{
    /// <summary>An event that sells places by quantity: one tier for each capacity.</summary>
    public static Task<TestEvent> WithPoolsAsync(
        NpgsqlDataSource dataSource, int[] capacities, Func<NewEvent, NewEvent>? change = null) =>
        CreateAsync(dataSource, null, [.. capacities.Select((capacity, number) => new NewTier(
            NewId(), $"Tier {number}", 1000 * (number + 1), "#4f46e5", Capacity: capacity))], change);

    /// <summary>An event with numbered seats in one tier: <paramref name="rows"/> rows of equal length.</summary>
    public static Task<TestEvent> WithSeatsAsync(
        NpgsqlDataSource dataSource, int rows, int seatsInRow, Func<NewEvent, NewEvent>? change = null) =>
        CreateAsync(
            dataSource, Plans.Grid(rows, seatsInRow), [new NewTier(NewId(), "All", 4500, "#4f46e5", PlanCategory: "All")], change);

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private static async Task<TestEvent> CreateAsync(
        NpgsqlDataSource dataSource, PlanDocument? plan, IReadOnlyList<NewTier> tiers, Func<NewEvent, NewEvent>? change)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var (id, organisationId, venueId) = (NewId(), NewId(), NewId());
        await using (var command = new NpgsqlCommand("""
            with organisation as (insert into organisations (id, slug, name) values ($1, $1::text, 'House') returning id)
            insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
            select $2, id, $2::text, 'Hall', 'Berlin', 'DE', 'Street 1', 'Europe/Berlin' from organisation
            """, connection) { Parameters = { new() { Value = organisationId }, new() { Value = venueId } } })
        {
            await command.ExecuteNonQueryAsync();
        }

        var planId = plan is null ? (Guid?)null
            : await SeatingPlanStore.AddAsync(connection, NewId(), plan, venueId, CancellationToken.None);
        var now = TimeProvider.System.GetUtcNow();
        var made = new NewEvent
        {
            Id = id,
            OrganisationId = organisationId,
            VenueId = venueId,
            SeatingPlanId = planId,
            Slug = $"event-{id:N}",
            Title = "Evening",
            Category = "concert",
            StartsAt = now.AddDays(30),
            EndsAt = now.AddDays(30).AddHours(3),
            TimeZone = "Europe/Berlin",
            Currency = "USD",
            Status = EventStatus.Published,
            OnSaleAt = now.AddDays(-1),
            OffSaleAt = now.AddDays(29),
            Tiers = tiers,
        };
        made = change?.Invoke(made) ?? made;
        var result = await EventCreation.CreateEventAsync(
            connection, made, plan is null ? null : SeatingPlanCompiler.Compile(plan, "test"));
        result.Errors.ShouldBeEmpty();
        await transaction.CommitAsync();
        return new TestEvent(id, tiers);
    }
}
