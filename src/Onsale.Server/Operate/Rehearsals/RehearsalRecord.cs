using System.Collections.Concurrent;

namespace Onsale.Server.Operate.Rehearsals;

/// <summary>Kinds of requests, by the names that reports have.</summary>
internal static class RehearsalSteps
{
    public const string Guest = "guest";
    public const string Event = "event";
    public const string Queue = "queue";
    public const string Join = "join";
    public const string Admission = "admission";
    public const string Availability = "availability";
    public const string Hold = "hold";
    public const string Pay = "pay";
    public const string Release = "release";
}

/// <summary>A request and its answer.</summary>
/// <param name="Step">Of <see cref="RehearsalSteps"/>.</param>
/// <param name="Buyer">The simulated buyer's number; 0: all of them share it.</param>
/// <param name="At">When it was sent, in seconds from the beginning of the sale.</param>
/// <param name="Milliseconds">Until the answer was read.</param>
/// <param name="Status">0: no answer.</param>
/// <param name="Code">The problem's code; null: it was answered as asked for.</param>
internal readonly record struct RehearsalSample(
    string Step, int Buyer, double At, double Milliseconds, int Status, string? Code);

/// <summary>Somebody was let in by the waiting room.</summary>
internal readonly record struct RehearsalEntry(double At, double WaitedSeconds);

/// <summary>A booking was confirmed.</summary>
/// <param name="AfterSeconds">From the hold to the confirmation.</param>
internal readonly record struct RehearsalSale(double At, double AfterSeconds, int Places);

/// <summary>What happens in a rehearsal, noted by many at once.</summary>
internal sealed class RehearsalRecord
{
    private readonly ConcurrentDictionary<string, int> _outcomes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, bool> _budgetSeconds = new();
    private int _waiting;
    private int _bookings;
    private int _placesSold;
    private long _requests;
    private int _done;

    public ConcurrentQueue<RehearsalSample> Samples { get; } = new();

    public ConcurrentQueue<double> Arrivals { get; } = new();

    public ConcurrentQueue<RehearsalEntry> Entries { get; } = new();

    public ConcurrentQueue<RehearsalSale> Sales { get; } = new();

    /// <summary>Places of holds that were left to expire.</summary>
    public ConcurrentQueue<int> Unpaid { get; } = new();

    public IReadOnlyDictionary<string, int> Outcomes => _outcomes;

    public int BudgetSeconds => _budgetSeconds.Count;

    public int Waiting => Volatile.Read(ref _waiting);

    public int Bookings => Volatile.Read(ref _bookings);

    public int PlacesSold => Volatile.Read(ref _placesSold);

    public int Done => Volatile.Read(ref _done);

    public long Requests => Interlocked.Read(ref _requests);

    /// <summary>When no place was left for the first time.</summary>
    public double? SoldOutAt { get; set; }

    public void Add(in RehearsalSample sample)
    {
        Samples.Enqueue(sample);
        Interlocked.Increment(ref _requests);
    }

    public void Sold(in RehearsalSale sale)
    {
        Sales.Enqueue(sale);
        Interlocked.Increment(ref _bookings);
        Interlocked.Add(ref _placesSold, sale.Places);
    }

    public void Ended(string outcome)
    {
        _outcomes.AddOrUpdate(outcome, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _done);
    }

    public void BeginWaiting() => Interlocked.Increment(ref _waiting);

    public void EndWaiting() => Interlocked.Decrement(ref _waiting);

    /// <summary>A request of that second had to wait for the budget.</summary>
    public void BudgetUsedUp(double at) => _budgetSeconds.TryAdd((long)Math.Floor(at), true);
}
