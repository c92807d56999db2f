using Npgsql;
using Onsale.Server.Catalog.Events;
using Onsale.Server.Catalog.SeatingPlans;

namespace Onsale.Server.Tests.Infrastructure;

/// <summary>An event made for one test.</summary>
internal sealed record TestEvent(Guid Id, IReadOnlyList<NewTier> Tiers)
{
    /// <summary>An event that sells places by quantity: one tier for each capacity.</summary>
    public static Task<TestEvent> WithPoolsAsync(
        NpgsqlDataSource dataSource, int[] capacities, Func<NewEvent, NewEvent>? change = null) =>
        CreateAsync(dataSource, null, [.. capacities.Select((capacity, number) => new NewTier(
            House.NewId(), $"Tier {number}", 1000 * (number + 1), "#4f46e5", Capacity: capacity))], change);

    /// <summary>An event with numbered seats in one tier: <paramref name="rows"/> rows of equal length.</summary>
    public static Task<TestEvent> WithSeatsAsync(
        NpgsqlDataSource dataSource, int rows, int seatsInRow, Func<NewEvent, NewEvent>? change = null) =>
        CreateAsync(dataSource, House.Grid(rows, seatsInRow), [House.AllSeats()], change);

    /// <summary>An event with numbered seats in its first tier and a pool of standing places as its second.</summary>
    public static Task<TestEvent> WithSeatsAndStandingAsync(
        NpgsqlDataSource dataSource, int rows, int seatsInRow, int standing, Func<NewEvent, NewEvent>? change = null)
    {
        var pool = new NewTier(House.NewId(), "Standing", 2000, "#4f46e5", Capacity: standing);
        return CreateAsync(dataSource, House.Grid(rows, seatsInRow), [House.AllSeats(), pool], change);
    }

    /// <summary>An event with the numbered seats of a plan, all in one tier.</summary>
    public static Task<TestEvent> WithPlanAsync(
        NpgsqlDataSource dataSource, PlanDocument plan, Func<NewEvent, NewEvent>? change = null) =>
        CreateAsync(dataSource, plan, [House.AllSeats()], change);

    private static async Task<TestEvent> CreateAsync(
        NpgsqlDataSource dataSource, PlanDocument? plan, IReadOnlyList<NewTier> tiers, Func<NewEvent, NewEvent>? change)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var house = await House.BuildAsync(connection);
        var planId = plan is null ? (Guid?)null
            : await SeatingPlanStore.AddAsync(connection, House.NewId(), plan, house.VenueId, CancellationToken.None);
        var made = house.OnSale(planId, tiers);
        made = change?.Invoke(made) ?? made;
        var result = await EventCreation.CreateEventAsync(
            connection, made, plan is null ? null : SeatingPlanCompiler.Compile(plan, "test"));
        result.Errors.ShouldBeEmpty();
        await transaction.CommitAsync();
        return new TestEvent(made.Id, tiers);
    }
}
