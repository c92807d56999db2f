using Npgsql;
using Onsale.Inventory;
using Onsale.Server.Events;
using Onsale.Server.Venues;

namespace Onsale.Bench.Hosts;

/// <summary>An event made for a load.</summary>
/// <param name="Id">Its id.</param>
/// <param name="TierId">Its only tier.</param>
internal sealed record BenchEvent(Guid Id, Guid TierId);

/// <summary>
/// Makes events that sell for the length of a run: holds that outlive it, and as many tickets a buyer as there is room
/// for, since some thousand guests buy what a million would.
/// </summary>
internal sealed class BenchEvents(NpgsqlDataSource dataSource)
{
    private const int SeatsInRow = 100;
    private const int RowsInZone = 50;

    private readonly Dictionary<int, (Guid Id, SeatingPlan Plan)> _plans = [];
    private Guid? _venue;
    private Guid _organisation;

    /// <summary>Events with numbered seats, all of one tier.</summary>
    public async Task<IReadOnlyList<BenchEvent>> WithSeatsAsync(int count, int seats)
    {
        if (!_plans.TryGetValue(seats, out var plan))
            _plans[seats] = plan = await AddPlanAsync(seats);
        return await CreateAsync(
            count, new NewTier(NewId(), "All", 4500, "#4f46e5", PlanCategory: "All"), plan.Id, plan.Plan);
    }

    /// <summary>Events that sell places by quantity.</summary>
    public Task<IReadOnlyList<BenchEvent>> WithPoolAsync(int count, int capacity) =>
        CreateAsync(count, new NewTier(NewId(), "Floor", 4500, "#4f46e5", Capacity: capacity), null, null);

    /// <summary>A plan of equal rows in sections of fifty.</summary>
    public static PlanDocument Grid(int seats)
    {
        var rows = seats / SeatsInRow;
        if (seats % SeatsInRow != 0)
            throw new BenchException($"The bench makes rows of {SeatsInRow} seats; {seats} do not fit.");
        return new PlanDocument($"Grid of {seats}", [.. Enumerable.Range(0, rows).Chunk(RowsInZone).Select(Zone)],
            [new PlanCategory("All", null)], new PlanSize(5000, 5000));
    }

    private static PlanZone Zone(int[] rows) => new(
        $"Block {(rows[0] / RowsInZone) + 1}", null, null, new PlanPoint(0, rows[0] * 45),
        [.. rows.Select(row => new PlanRow($"{row + 1}", null, null, null, null, new PlanPoint(0, row % RowsInZone * 45), [..
            Enumerable.Range(0, SeatsInRow).Select(seat => new PlanSeat(
                $"{row}-{seat}", $"{seat + 1}", null, null, null, new PlanPoint(seat * 25, 0), "All"))]))], null);

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());

    private async Task<(Guid, SeatingPlan)> AddPlanAsync(int seats)
    {
        var document = Grid(seats);
        await using var connection = await dataSource.OpenConnectionAsync();
        var id = await SeatingPlanStore.AddAsync(
            connection, NewId(), document, await VenueAsync(connection), CancellationToken.None);
        return (id, SeatingPlanCompiler.Compile(document, $"bench-{seats}"));
    }

    private async Task<Guid> VenueAsync(NpgsqlConnection connection)
    {
        if (_venue is { } known)
            return known;
        (_organisation, var venue) = (NewId(), NewId());
        await using var command = new NpgsqlCommand("""
            with organisation as (insert into organisations (id, slug, name) values ($1, $1::text, 'House') returning id)
            insert into venues (id, organisation_id, slug, name, city, country, address, time_zone)
            select $2, id, $2::text, 'Hall', 'Berlin', 'DE', 'Street 1', 'Europe/Berlin' from organisation
            """, connection) { Parameters = { new() { Value = _organisation }, new() { Value = venue } } };
        await command.ExecuteNonQueryAsync();
        _venue = venue;
        return venue;
    }

    private async Task<IReadOnlyList<BenchEvent>> CreateAsync(int count, NewTier tier, Guid? planId, SeatingPlan? plan)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        var venue = await VenueAsync(connection);
        var now = TimeProvider.System.GetUtcNow();
        var events = new List<BenchEvent>();
        for (var i = 0; i < count; i++)
        {
            var made = new BenchEvent(NewId(), NewId());
            var result = await EventCreation.CreateEventAsync(connection, new NewEvent
            {
                Id = made.Id,
                OrganisationId = _organisation,
                VenueId = venue,
                SeatingPlanId = planId,
                Slug = $"bench-{made.Id:N}",
                Title = "On sale",
                Category = "concert",
                StartsAt = now.AddDays(30),
                EndsAt = now.AddDays(30).AddHours(3),
                TimeZone = "Europe/Berlin",
                Currency = "USD",
                Status = EventStatus.Published,
                OnSaleAt = now.AddDays(-1),
                OffSaleAt = now.AddDays(29),
                HoldMinutes = EventLimits.MaxHoldMinutes,
                MaxTicketsPerBuyer = EventLimits.MaxTicketsPerBuyer,
                Tiers = [tier with { Id = made.TierId }],
            }, plan);
            if (!result.IsCreated)
                throw new BenchException($"The event was refused: {string.Join("; ", result.Errors)}");
            events.Add(made);
        }

        return events;
    }
}
