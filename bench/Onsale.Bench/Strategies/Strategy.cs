using Onsale.Bench.Hosts;

namespace Onsale.Bench.Strategies;

/// <summary>What a buyer asks for.</summary>
/// <param name="Event">Of which event.</param>
/// <param name="Seats">Two seats by number, or null for any two places.</param>
/// <param name="BuyerId">Who asks.</param>
/// <param name="BookingId">Of the booking to make.</param>
/// <param name="Key">The idempotency key's hash.</param>
internal sealed record Wish(BenchEvent Event, int[]? Seats, Guid BuyerId, Guid BookingId, Guid Key)
{
    public const int Places = 2;

    public Guid EventId => Event.Id;
}

/// <summary>What came of it.</summary>
internal enum Answer
{
    /// <summary>Held.</summary>
    Held,

    /// <summary>Somebody else has the places.</summary>
    Taken,

    /// <summary>The strategy gave up after too many attempts, though the places may be free.</summary>
    GaveUp,
}

/// <param name="Answer">What came of it.</param>
/// <param name="Retries">Attempts after the first.</param>
internal readonly record struct Attempt(Answer Answer, int Retries = 0);

/// <summary>One way to keep two buyers from one place. Called by many at once.</summary>
internal abstract class Strategy
{
    /// <summary>More only burn the cores that the others need; a buyer would have been told to try again.</summary>
    protected const int MaxRetries = 50;

    public abstract string Name { get; }

    /// <summary>Whatever it does once an event before buyers come; not measured.</summary>
    public virtual Task PrepareAsync(IReadOnlyList<BenchEvent> events) => Task.CompletedTask;

    public abstract Task<Attempt> HoldAsync(Wish wish);

    /// <summary>Whether it can hold what the workload asks for.</summary>
    public virtual bool Takes(bool seats) => true;
}
