using Onsale.Bench.Hosts;
using Onsale.Inventory;
using Onsale.Inventory.Engine.Lanes;

namespace Onsale.Bench.Strategies;

/// <summary>The program's own: commands of an event are decided in memory and committed together.</summary>
internal sealed class BatchStrategy(EventLanes lanes) : Strategy
{
    public override string Name => "**batch (Onsale)**";

    /// <summary>Loads the events, as the first look at their pages does.</summary>
    public override async Task PrepareAsync(IReadOnlyList<BenchEvent> events)
    {
        foreach (var one in events)
            await lanes.ReadAsync(one.Id);
    }

    public override async Task<Attempt> HoldAsync(Wish wish)
    {
        PlaceRequest request = wish.Seats is { } seats
            ? new SeatsRequest([.. seats])
            : new QuantityRequest(0, Wish.Places);
        var reply = await lanes.SubmitAsync(wish.EventId, new HoldCommand(
            wish.BookingId, wish.BuyerId, [request], new IdempotencyKey(wish.Key, wish.Key)));
        return reply switch
        {
            { Status: LaneStatus.Decided, Result.Refusal: null } => new Attempt(Answer.Held),
            { Status: LaneStatus.Decided } => new Attempt(Answer.Taken),
            { Status: LaneStatus.Overloaded } => new Attempt(Answer.GaveUp),
            _ => throw new BenchException($"A lane answered {reply.Status}."),
        };
    }
}
