using Npgsql;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.SeatingPlans;
using Onsale.Server.Tests.Infrastructure;

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

    private readonly Dictionary<int, (Guid Id, SeatingPlan Plan)> _plans = [];
    private House? _house;

    /// <summary>Events with numbered seats, all of one tier.</summary>
    public async Task<IReadOnlyList<BenchEvent>> WithSeatsAsync(int count, int seats)
    {
        if (!_plans.TryGetValue(seats, out var plan))
            _plans[seats] = plan = await AddPlanAsync(seats);
        return await CreateAsync(count, House.AllSeats(), plan.Id, plan.Plan);
    }

    /// <summary>Events that sell places by quantity.</summary>
    public Task<IReadOnlyList<BenchEvent>> WithPoolAsync(int count, int capacity) =>
        CreateAsync(count, new NewTier(House.NewId(), "Floor", 4500, "#4f46e5", Capacity: capacity), null, null);

    /// <summary>A plan of rows of a hundred seats.</summary>
    public static PlanDocument Grid(int seats) => seats % SeatsInRow == 0
        ? House.Grid(seats / SeatsInRow, SeatsInRow)
        : throw new BenchException($"The bench makes rows of {SeatsInRow} seats; {seats} do not fit.");

    private async Task<(Guid, SeatingPlan)> AddPlanAsync(int seats)
    {
        var document = Grid(seats);
        await using var connection = await dataSource.OpenConnectionAsync();
        _house ??= await House.BuildAsync(connection);
        var id = await SeatingPlanStore.AddAsync(
            connection, House.NewId(), document, _house.VenueId, CancellationToken.None);
        return (id, SeatingPlanCompiler.Compile(document, $"bench-{seats}"));
    }

    private async Task<IReadOnlyList<BenchEvent>> CreateAsync(int count, NewTier tier, Guid? planId, SeatingPlan? plan)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        _house ??= await House.BuildAsync(connection);
        var events = new List<BenchEvent>();
        for (var i = 0; i < count; i++)
        {
            var sold = tier with { Id = House.NewId() };
            var made = _house.OnSale(planId, [sold]) with
            {
                HoldMinutes = EventLimits.MaxHoldMinutes,
                MaxTicketsPerBuyer = EventLimits.MaxTicketsPerBuyer,
            };
            var result = await EventCreation.CreateEventAsync(connection, made, plan);
            if (!result.IsCreated)
                throw new BenchException($"The event was refused: {string.Join("; ", result.Errors)}");
            events.Add(new BenchEvent(made.Id, sold.Id));
        }

        return events;
    }
}
